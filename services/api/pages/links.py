"""Addresses that pages may link to. Pure."""

from urllib.parse import quote, urlsplit


def outside_link(url: str | None) -> str | None:
    """The address if it leads to a web page; null for anything else, such as `javascript:` or `data:`.

    Addresses come from feeds and from whoever submits articles: they are shown as text unless they pass here.
    """
    if not url or any(character.isspace() or not character.isprintable() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def article_page(article_id: str, claim_id: str | None = None) -> str:
    """Path of an article's page, at one of its claims if one is given."""
    path = f"/articles/{quote(article_id, safe='')}"
    return f"{path}#{quote(claim_id, safe='')}" if claim_id else path


def article_url(article_id: str) -> str:
    """Path of an article as JSON."""
    return f"/v1/articles/{quote(article_id, safe='')}"
