"""Which hub tells of changes of a feed, as its server or the feed itself says. Pure."""

import re
from dataclasses import dataclass

from services.ingest.feeds.feed import Feed
from services.ingest.feeds.links import link_of

MAX_HEADER_CHARS = 8_192
"""Read of the `Link` headers of one answer."""
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_RELATION = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))", re.IGNORECASE)


@dataclass(frozen=True)
class HubLinks:
    """Where to subscribe to a feed."""

    hub: str
    topic: str
    """The address that the hub knows the feed by: its `self` link, which may be another than we ask for."""


def advertised(feed: Feed, link_header: str, base: str) -> HubLinks | None:
    """The hub and topic of a feed; None where one of them is missing.

    Args:
        feed: as it was read.
        link_header: all `Link` headers of its answer, joined. They go before what the feed says.
        base: the address that answered.
    """
    links = _header_links(link_header, base)
    hub, topic = links.get("hub", feed.hub_url), links.get("self", feed.self_url)
    return HubLinks(hub, topic) if hub and topic else None


def _header_links(header: str, base: str) -> dict[str, str]:
    """By relation, the first address."""
    links: dict[str, str] = {}
    for target, parameters in _LINK.findall(header[:MAX_HEADER_CHARS]):
        relation = _RELATION.search(parameters)  # of several `rel` the first counts (RFC 8288)
        address = link_of(target, base)
        if relation and address:
            for name in (relation[1] or relation[2] or "").lower().split():
                links.setdefault(name, address)
    return links
