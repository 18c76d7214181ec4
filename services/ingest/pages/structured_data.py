"""What a page says of its article in JSON-LD (schema.org). Pure.

Publishers write it by templates that break: a fault in one block leaves the others readable.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from services.ingest.text.lenient_json import read_lenient_json

MAX_NODES = 2_000
"""Objects looked at: honest pages have some hundreds."""
MAX_LINE_CHARACTERS = 2_000
"""Of a headline or name."""
MAX_NAMES = 100
"""Of authors, and of sites."""
_ARTICLE = re.compile(r"(?:^|/)(?:\w*Article|BlogPosting|LiveBlogPosting|Report|NewsItem)$")
_FACT_CHECK = "ClaimReview"
"""Some fact checks have this alone; beside an article it is about another's claim."""
_LIVE_BLOG = "LiveBlogPosting"
_OWN = ("datePublished", "author", "publisher", "articleBody")
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "subjectOf", "hasPart")
_COMMENTED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$", re.DOTALL
)


@dataclass(frozen=True)
class StructuredData:
    """The page's article in its own words. What is missing is None or empty."""

    headline: str | None = None
    body: str | None = None
    published: tuple[str, ...] = ()
    """Times of publication as written, best first."""
    modified: tuple[str, ...] = ()
    """Times of the last change as written."""
    authors: tuple[str, ...] = ()
    """Names as written, of people and organisations."""
    site_names: tuple[str, ...] = ()
    """Names of the publisher, the site and other organisations that the page is said to be of."""
    is_live_blog: bool = False
    is_free: bool | None = None
    """`isAccessibleForFree`."""
    correction: str | None = None


def read_structured_data(tree: HtmlElement) -> StructuredData:
    """What the JSON-LD of a page says of its article; empty where it says nothing."""
    nodes = list(islice(_nodes(tree), MAX_NODES))
    names = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _types(node))]
    articles = articles or [node for node in nodes if _FACT_CHECK in _types(node)]
    sites = _some(name for node in nodes if _is_organisation(node) and (name := _line(node.get("name"))) is not None)
    if not articles:
        return StructuredData(site_names=tuple(sites))
    # The page's own article has what a teaser of another lacks.
    main = max(articles, key=lambda node: sum(key in node for key in _OWN))
    publishers = _some(_names(main.get("publisher"), names))
    authors = _some(_names(main.get("author") or main.get("creator"), names))
    return StructuredData(
        headline=_line(main.get("headline")) or _line(main.get("name")),
        body=_body(main.get("articleBody")),
        published=tuple(_texts(main, ("datePublished", "dateCreated", "uploadDate"))),
        modified=tuple(_texts(main, ("dateModified",))),
        authors=tuple(authors),
        # An agency that is named as author is no name of the site.
        site_names=(*publishers, *(name for name in sites if name not in authors)),
        is_live_blog=_LIVE_BLOG in _types(main) or "liveBlogUpdate" in main,
        is_free=_truth(main.get("isAccessibleForFree")),
        correction=_correction(main.get("correction")),
    )


def _some(names: Iterable[str]) -> list[str]:
    return list(islice(names, MAX_NAMES))


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                yield from _walk(read_lenient_json(_COMMENTED.sub("", script.text)))
            except (ValueError, RecursionError):
                continue


def _walk(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a value, outer ones first."""
    waiting = [value]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting = [*node[:MAX_NODES], *waiting]
        elif isinstance(node, dict):
            yield node
            waiting = [*waiting, *(node[key] for key in (*_HOLDERS, "author", "publisher") if key in node)]
        if len(waiting) > MAX_NODES:
            return


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _is_organisation(node: Mapping[str, Any]) -> bool:
    kinds = _types(node)
    return "Person" not in kinds and any(kind.endswith(("Organization", "WebSite", "Brand")) for kind in kinds)


def _texts(node: Mapping[str, Any], keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        value = node.get(key)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and text.strip():
                yield text.strip()


def _names(value: object, names: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name_or_node in value if isinstance(value, list) else [value]:
        if isinstance(name_or_node, dict):
            name = name_or_node.get("name") or names.get(str(name_or_node.get("@id")), {}).get("name")
            yield from _names(name, names) if not isinstance(name, dict) else ()
        elif (line := _line(name_or_node)) is not None:
            yield line


def _line(value: object) -> str | None:
    return (" ".join(unescape(value[:MAX_LINE_CHARACTERS]).split()) or None) if isinstance(value, str) else None


def _body(value: object) -> str | None:
    """Paragraphs one a line; None where it is no text, or holds a page's markup."""
    if not isinstance(value, str):
        return None
    text = unescape(value)
    if re.search(r"</?(?:p|br|div)\b", text, re.IGNORECASE):
        text = re.sub(r"<[^<>]{1,500}>", "", re.sub(r"(?i)</?(?:p|br|div)\b[^<>]{0,500}>", "\n", text))
    return "\n".join(line for part in text.splitlines() if (line := " ".join(part.split()))) or None


def _truth(value: object) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower())
    return value if isinstance(value, bool) else None


def _correction(value: object) -> str | None:
    for note in value if isinstance(value, list) else [value]:
        text = note.get("text") or note.get("description") or note.get("name") if isinstance(note, dict) else note
        if (line := _line(text)) is not None:
            return line
    return None
