"""Adapter of courlan: one form for the many addresses of one page."""

from urllib.parse import urlsplit, urlunsplit

from courlan import extract_domain, normalize_url


def canonical_url(url: str) -> str | None:
    """The address that identifies a page; None when `url` is not a web address.

    Tracking parameters, fragment, default port, `www.` and a trailing slash go, parameters are sorted, and the
    scheme is https: the result identifies the page and may not be fetchable where a site insists on `www.`.
    """
    try:
        parts = urlsplit(normalize_url(url, trailing_slash=False))
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    path = parts.path.rstrip("/")
    return urlunsplit(("https", _without_www(parts.netloc), path, parts.query, ""))


def publisher_domain(url: str) -> str | None:
    """The registered domain of `url` (`edition.news.example.com` -> `example.com`), by the public suffix list.

    Hosts outside that list (`.example`, an internal name) stand whole, without `www.`; None without a host.
    """
    registered = extract_domain(url)
    if registered:
        return str(registered).lower()
    host = urlsplit(url).hostname
    return _without_www(host.lower()) if host else None


def _without_www(host: str) -> str:
    bare = host.removeprefix("www.")
    return bare if "." in bare else host
