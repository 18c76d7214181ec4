"""The host that identifies: without `www.` and what names a form of the site (`m.`, `amp.`). Pure.

Adapter of courlan's list of public suffixes.
"""

import re
import unicodedata
from urllib.parse import urlsplit

from courlan import extract_domain

from services.ingest.addresses.rules import AddressRules

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_NUMBERS = re.compile(r"\d+(?:\.\d+){3}|[0-9a-f:.]*:[0-9a-f:.]*")
_OUTLET_LABELS = 2
"""`coast.example`: an outlet and a suffix."""


def publisher_domain(url: str) -> str | None:
    """The registered domain of `url` (`edition.news.example.com` -> `example.com`), by the public suffix list.

    Hosts outside that list (`.example`, an internal name) stand whole, without `www.`; None without a host.
    """
    registered = extract_domain(url)
    if registered:
        return str(registered).lower()
    host = urlsplit(url).hostname
    return _without_www(host.lower()) if host else None


def canonical_host(host: str, rules: AddressRules) -> str | None:
    """The host that stands for `host` among those of one outlet; None for what is no host.

    Left of the registered domain, labels that name a form of the site go. What is registered itself stays: `m.co.uk`,
    `mobile.de` and `amp.dev` are outlets.
    """
    name = _readable(host.removesuffix("."))
    if _NUMBERS.fullmatch(name):
        return f"[{name}]" if ":" in name else name
    if not _HOST.fullmatch(name):
        return None
    labels = name.split(".")
    registered = _registered_labels(name, len(labels))
    site, outlet = labels[:-registered], labels[-registered:]
    site = [_whole(label, rules) for label in site if label not in rules.labels and not rules.www.fullmatch(label)]
    return same_host(".".join([*site, *outlet]), rules)


def same_host(host: str, rules: AddressRules) -> str:
    """The first of an outlet's hosts that have the same articles: `bbc.co.uk` is `bbc.com`."""
    return rules.same_hosts.get(host, host)


def _whole(label: str, rules: AddressRules) -> str:
    """`amp-madame` is `madame`."""
    for beginning in rules.beginnings:
        if label.startswith(beginning):
            return label.removeprefix(beginning)
    return label


def _registered_labels(host: str, labels: int) -> int:
    registered = extract_domain(f"https://{host}/")
    if registered:
        return min(labels, str(registered).count(".") + 1)
    return min(labels, _OUTLET_LABELS)


def _readable(host: str) -> str:
    """In lower case, with the letters that `xn--` stands for."""
    return ".".join(_decoded(label) for label in unicodedata.normalize("NFC", host.lower()).split("."))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def _without_www(host: str) -> str:
    bare = host.removeprefix("www.")
    return bare if "." in bare else host
