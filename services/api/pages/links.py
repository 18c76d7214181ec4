"""Addresses that pages may link to. Pure."""

from urllib.parse import quote, urldefrag, urlsplit

_DIRECTIVE = ":~:"
_SHORT_TEXT = 60
"""Characters up to which a text is named whole; a longer one by its first and last words."""
_END_WORDS = 4
_LONGEST_DIRECTIVE = 400
_QUOTE_MARKS = "\"'“”‘’«»„"


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


def link_to_words(url: str | None, words: str) -> str | None:
    """The outlet's page, with a text fragment: a browser scrolls to these words and marks them.

    Long texts are named by their first and last words, since a match of the whole would have to be exact over every
    paragraph and picture between. Source: https://wicg.github.io/scroll-to-text-fragment/

    Returns:
        The address alone where the words cannot be named; None where it leads to no web page.
    """
    link = outside_link(url)
    if link is None:
        return None
    directive = _text_directive(words)
    if not directive or len(directive) > _LONGEST_DIRECTIVE:
        return link
    page, fragment = urldefrag(link)
    return f"{page}#{fragment.partition(_DIRECTIVE)[0]}{_DIRECTIVE}text={directive}"


def _text_directive(words: str) -> str:
    lines = [line.split() for line in words.split("\n") if line.strip()]
    if not lines:
        return ""
    first, last = lines[0], lines[-1]
    if len(lines) == 1 and (len(words) <= _SHORT_TEXT or len(first) <= 2 * _END_WORDS):
        return _encoded(first)
    return f"{_encoded(first[:_END_WORDS])},{_encoded(last[-_END_WORDS:])}"


def _encoded(words: list[str]) -> str:
    """Percent-encoded. A hyphen, comma or ampersand would be read as syntax; `quote` leaves the hyphen.

    Quote marks at the ends are left out: pages write them in several ways.
    """
    return quote(" ".join(words).strip(_QUOTE_MARKS), safe="").replace("-", "%2D")


def article_page(article_id: str, claim_id: str | None = None) -> str:
    """Path of an article's page, at one of its claims if one is given."""
    path = f"/articles/{quote(article_id, safe='')}"
    return f"{path}#{quote(claim_id, safe='')}" if claim_id else path


def claim_in_event(event_id: str, claim_id: str) -> str:
    """Path of a claim on the page of its event."""
    return f"/events/{quote(event_id, safe='')}#{quote(claim_id, safe='')}"


def article_at_words(article_id: str, words: str) -> str:
    """Path of an article's page, with a text fragment for words of it that are no claim."""
    directive = _text_directive(words)
    path = article_page(article_id)
    return f"{path}#{_DIRECTIVE}text={directive}" if directive and len(directive) <= _LONGEST_DIRECTIVE else path


def article_url(article_id: str) -> str:
    """Path of an article as JSON."""
    return f"/v1/articles/{quote(article_id, safe='')}"


def outlet_url(key: str) -> str:
    """Path of an outlet as JSON."""
    return f"/v1/outlets/{quote(key, safe='')}"
