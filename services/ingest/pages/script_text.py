"""The text of a page that browsers build from data in its scripts, as in applications of one page.

Frameworks put the article into a script as a string of JSON, which holds HTML; which key it has is theirs.
"""

import re
from collections.abc import Iterator

from lxml.etree import ParserError
from lxml.html import HtmlElement, fragment_fromstring

from services.ingest.pages.block_lines import block_lines
from services.ingest.pages.pruning import prune
from services.ingest.text.lenient_json import read_lenient_json

LEAST_CHARACTERS = 250
"""Of a string that may hold an article, and of the text in it."""
MAX_STRINGS = 60
"""Strings of such a size that are looked at."""
DEPTH = 2
"""JSON in JSON, and no deeper."""
_STRING = re.compile(r'"((?:[^"\\\n]|\\.){250,}+)"')
_JSON = re.compile(r'"\s*:\s*["{\[]')
_PARAGRAPH = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_CAPTION = re.compile(r"<(figure|figcaption|script|style)\b.{0,5000}?</\1>", re.IGNORECASE | re.DOTALL)


def find_script_text(tree: HtmlElement) -> str | None:
    """The longest text with paragraphs in a script, paragraphs one a line; None where there is none."""
    texts: list[str] = []
    for script in tree.iter("script"):
        if script.text and "ld+json" not in (script.get("type") or ""):
            texts += _texts(script.text, DEPTH, MAX_STRINGS - len(texts))
        if len(texts) >= MAX_STRINGS:
            break
    return max(texts, key=len, default=None)


def _texts(source: str, depth: int, most: int) -> list[str]:
    texts: list[str] = []
    for string in _strings(source):
        if len(texts) >= most:
            break
        if depth > 1 and _JSON.search(string):
            texts += _texts(string, depth - 1, most - len(texts))
        elif _PARAGRAPH.search(string) and len(text := _lines(string)) >= LEAST_CHARACTERS:
            texts.append(text)
    return texts


def _strings(source: str) -> Iterator[str]:
    for match in _STRING.finditer(source):
        try:
            yield str(read_lenient_json(match[0]))
        except ValueError:
            continue


def _lines(markup: str) -> str:
    """The paragraphs of HTML without what is no article in it, one a line."""
    try:
        tree = fragment_fromstring(_CAPTION.sub("", markup), create_parent="div")
    except (ValueError, ParserError):  # an encoding declared in it, or nothing that is HTML
        return ""
    prune(tree)
    return "\n".join(block_lines(tree))
