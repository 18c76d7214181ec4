"""Characters that are read otherwise than they are written: unseen ones, entities, accents apart. Pure.

| written | read |
|---|---|
| control characters, soft hyphens, zero-width characters, marks of direction | nothing |
| `&amp;` `&#39;` `&ldquo;`, also escaped twice: `&amp;nbsp;` | the character |
| a letter and its combining accents (NFD) | the letter with its accents (NFC), where Unicode has it |
"""

import re
from collections.abc import Iterator
from html import unescape
from unicodedata import normalize

from services.ingest.text.characters import BREAKS, CONTROLS, UNSEEN

_UNSEEN = re.compile(f"[{CONTROLS}{UNSEEN}]+")
_ODD = re.compile(
    f"(?P<unseen>[{CONTROLS}{UNSEEN}]+"
    # A joiner shapes emoji and the scripts of Asia; beside a Latin letter, a mark or a blank it shapes nothing.
    "|(?:(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])))"
    r"|(?P<entity>&(?:amp;){0,2}(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    "|(?P<apart>[^\\W\\d_][\u0300-\u036f]{1,8})"
)
_BREAK = re.compile(f"[{BREAKS}]")
_ESCAPES = 3
"""How often an entity is read: feeds escape what was escaped before."""


def rewritings(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """What is read in place of `text[first:last]`, as (first, last, reading), in text order, where that is another.

    An empty reading: it shows nothing. A reading has no line break.
    """
    for match in _ODD.finditer(text, start, end):
        reading = _reading(match)
        if reading != match[0]:
            yield match.start(), match.end(), reading


def as_read(text: str) -> str:
    """The whole text as it is read."""
    parts: list[str] = []
    at = 0
    for start, end, reading in rewritings(text, 0, len(text)):
        parts += (text[at:start], reading)
        at = end
    return "".join((*parts, text[at:]))


def _reading(match: re.Match[str]) -> str:
    if match["unseen"]:
        return ""
    if match["apart"]:
        return normalize("NFC", match[0])
    reading = match[0]
    for _ in range(_ESCAPES):
        reading = unescape(reading)
    return _UNSEEN.sub("", _BREAK.sub(" ", reading))
