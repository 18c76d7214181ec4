"""One form for the many addresses of one page. Pure; what it goes by stands in `rules.json`."""

import re
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit, urlunsplit

from services.ingest.addresses.escapes import normal_path
from services.ingest.addresses.hosts import canonical_host, publisher_domain, same_host
from services.ingest.addresses.paths import canonical_path
from services.ingest.addresses.queries import canonical_query
from services.ingest.addresses.rules import AddressRules, Wrapper, shipped_rules

__all__ = ["canonical_url", "outlet_domain", "publisher_domain", "unwrapped"]

_DEFAULT_PORTS = {None, 80, 443}
_ESCAPED_AMPERSAND = re.compile("&(?:amp|#38|#x26);", re.IGNORECASE)
_MOST_WRAPPERS = 3
_MISTYPED = (
    (re.compile("https?:/{1,2}(https?):?/{1,2}(?=[^/])", re.IGNORECASE), r"\1://"),
    (re.compile("(https?):/(?=[^/])", re.IGNORECASE), r"\1://"),
    (re.compile("//(?=[^/])"), "https://"),
)
"""Beginnings that browsers and people put right: `http://http://`, `http:/`, and `//` of a link in a page."""


def canonical_url(url: str) -> str | None:
    """The address that identifies a page; None when `url` is not a web address.

    What an address adds to say how it was found, read or shown goes: parameters of campaigns, shares and sessions, AMP,
    print and mobile forms, `www.`, index files, `.html`, a trailing slash, the default port, the fragment (not a
    route such as `#!/news/4`). Characters are written one way, parameters are sorted, and the scheme is https: the
    result identifies the page and may not be fetchable.
    """
    rules = shipped_rules()
    try:
        parts = urlsplit(_ESCAPED_AMPERSAND.sub("&", unwrapped(_put_right(url))))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    name = canonical_host(host, rules)
    if name is None:
        return None
    netloc = name if port in _DEFAULT_PORTS else f"{name}:{port}"
    path = canonical_path(parts.path, name, rules)
    return urlunsplit(("https", netloc, path, canonical_query(parts.query, path, rules), _route(parts.fragment)))


def outlet_domain(url: str) -> str | None:
    """The registered domain of `url`, of the first where an outlet has several; a cache is not the outlet it holds.

    Raises:
        ValueError: `url` is no address.
    """
    domain = publisher_domain(url)
    return publisher_domain(f"https://{same_host(domain, shipped_rules())}/") if domain else None


def unwrapped(url: str) -> str:
    """The address that an AMP cache or a redirect of a search engine has within; else `url` itself.

    Raises:
        ValueError: `url` is no address.
    """
    rules = shipped_rules()
    for _ in range(_MOST_WRAPPERS):
        inner = _inner(urlsplit(url.strip()), rules)
        if inner is None:
            break
        url = inner
    return url.strip()


def _put_right(url: str) -> str:
    stripped = url.strip()
    for mistyped, right in _MISTYPED:
        match = mistyped.match(stripped)
        if match is not None:
            return match.expand(right) + stripped[match.end() :]
    return stripped


def _inner(parts: SplitResult, rules: AddressRules) -> str | None:
    host = (parts.hostname or "").lower()
    for wrapper in rules.wrappers:
        match = wrapper.path.fullmatch(parts.path) if wrapper.host.fullmatch(host) else None
        if match is not None:
            inner = _parameter(parts, wrapper) if wrapper.parameters else _in_path(match["address"], parts.query)
            if inner is not None:
                return inner
    return None


def _in_path(address: str, query: str) -> str | None:
    host, slash, path = address.partition("/")
    if "." not in host:
        return None
    # The query of the page is escaped there; the cache's own follows.
    return f"https://{host}{slash}{unquote(path)}" + (
        f"{'&' if '%3f' in path.lower() else '?'}{query}" if query else ""
    )


def _parameter(parts: SplitResult, wrapper: Wrapper) -> str | None:
    given = parse_qs(parts.query)
    for name in wrapper.parameters:
        for value in given.get(name, ()):
            if value.startswith(("http://", "https://")):
                return value
    return None


def _route(fragment: str) -> str:
    """The fragment where a script shows a page by it."""
    return normal_path(fragment) if fragment.startswith(("!", "/")) else ""
