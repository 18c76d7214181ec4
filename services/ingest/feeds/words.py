"""Titles, summaries and texts of feeds as people read them: without markup, entities decoded. Pure."""

import re

from lxml import etree, html

from services.ingest.submission import MAX_LINE_CHARS, MAX_TEXT_BYTES
from services.ingest.text.characters import is_blank
from services.ingest.text.rewriting import as_read

_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|li|mark|p|q|s|small|span|strong|sub|sup|tt|u|ul|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LOOKS_LIKE_MARKUP = re.compile(r"<[A-Za-z/!]|&[#A-Za-z]")
_SECTION = re.compile(r"\A<?!?\[CDATA\[(.*?)\]\]>?\Z", re.DOTALL)
"""A section that was escaped with what it was to protect."""
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table"),
        *("tbody", "td", "th", "tr", "ul"),
    }
)
_UNREAD = frozenset({"script", "style", "noscript", "iframe", "object", "embed", "template", "svg", "form"})
_OWN_FOOTER = re.compile(r"The post .{1,400} (?:appeared first|first appeared) on .{1,200}", re.DOTALL)
"""What WordPress puts at the end of every item."""
_ESCAPES = 2
"""How often a title is read: some feeds escape what was escaped before."""


def title_line(value: str | None) -> str | None:
    """A title as one line; None for one that shows nothing."""
    if not value:
        return None
    text = _SECTION.sub(r"\1", value.strip())
    for _ in range(_ESCAPES):
        text = as_read(_TAG.sub("", text))
    return _line(text)


def summary_line(markup: str | None) -> str | None:
    """A summary, given as HTML or plain, as one line; None for one that shows nothing."""
    if not markup:
        return None
    return _line(as_read(" ".join(_paragraphs(_SECTION.sub(r"\1", markup.strip())))))


def full_text(markup: str) -> str:
    """The paragraphs of an item's content, with a blank line between; empty for one that shows nothing."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in _paragraphs(markup)]
    kept = [paragraph for paragraph in paragraphs if paragraph]
    if kept and _OWN_FOOTER.fullmatch(kept[-1]):
        kept.pop()
    return "\n\n".join(kept)


def _line(text: str) -> str | None:
    line = " ".join(text.split())
    return None if is_blank(line) else line[: MAX_LINE_CHARS * 10]


def _paragraphs(markup: str) -> list[str]:
    """The text of each block, in order. A text without any markup is one, or as many as blank lines part it into."""
    if not _LOOKS_LIKE_MARKUP.search(markup):
        return re.split(r"\n\s*\n", markup)
    try:
        tree = html.fragment_fromstring(markup[:MAX_TEXT_BYTES], create_parent="div")
    except (etree.ParserError, ValueError):
        return [_TAG.sub("", markup)]
    parts: list[str] = [""]
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            _add(parts, element.tail, block=False)
            continue
        name = str(element.tag).lower()
        if event == "start":
            _add(parts, None if _is_unread(element) else element.text, block=name in _BLOCKS)
        elif element is not tree:
            _add(parts, None if _is_unread(element.getparent()) else element.tail, block=name in _BLOCKS)
    return parts


def _is_unread(element: etree._Element | None) -> bool:
    while element is not None:
        if element.tag in _UNREAD:
            return True
        element = element.getparent()
    return False


def _add(parts: list[str], text: str | None, *, block: bool) -> None:
    if block and parts[-1]:
        parts.append("")
    if text:
        parts[-1] += text
