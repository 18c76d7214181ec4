"""Addresses in feeds, as they can be fetched. Pure."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from services.ingest.submission import MAX_URL_CHARS, check_url

_UNSAFE = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")
_ESCAPED = re.compile(r"&(?:amp|#0*38|#[xX]0*26);")
_PROXIES = ("feedproxy.google.com", "feeds.feedburner.com", "rss.feedsportal.com", "feedsportal.com")
"""Hosts that counted clicks for outlets, and have closed."""


def link_of(value: object, base: str | None = None) -> str | None:
    """The absolute http(s) address that a feed writes; None if it is not one.

    Args:
        value: as written, perhaps relative, with white space around it, or escaped twice.
        base: what a relative one is relative to.
    """
    text = "".join(line.strip() for line in value.splitlines()) if isinstance(value, str) else ""
    if not text or len(text) > MAX_URL_CHARS:
        return None
    if _ESCAPED.search(text):
        text = unescape(_ESCAPED.sub("&", text))
    if text.lower().startswith("www."):
        text = f"https://{text}"
    text = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", text.replace("\\", "/"))
    try:
        return check_url(urljoin(base, text) if base else text)
    except ValueError:
        return None


def is_proxy(url: str) -> bool:
    """Whether the address is one of a service that counted clicks, so that the original goes before it."""
    host = urlsplit(url).hostname or ""
    return host in _PROXIES or host.endswith(".feedsportal.com")
