"""Characters that are read otherwise than they are written: unseen ones, entities, accents apart. Pure.

| written | read |
|---|---|
| control characters, soft hyphens, zero-width characters, marks of direction | nothing |
| the bytes of a character in UTF-8, read as ISO-8859-1 one by one | the character |
| controls U+0080 to U+009F that are Windows-1252 read as ISO-8859-1 | the quote, dash or letter that was meant |
| `&amp;` `&#39;` `&ldquo;`, also escaped twice: `&amp;nbsp;` | the character |
| a letter and its marks, the parts of a Hangul syllable (NFD) | as one (NFC), where Unicode has it |
"""

import re
from collections.abc import Iterator
from html import unescape
from unicodedata import normalize

from services.ingest.text.characters import BREAKS, CONTROLS, UNSEEN, is_blank

_UNSEEN = re.compile(f"[{CONTROLS}{UNSEEN}]+")
_WINDOWS = {code: character for code in range(0x80, 0xA0) if (character := bytes([code]).decode("cp1252", "ignore"))}
_LETTER_MARKS = "\u0300-\u036f\u093c\u09bc\u0a3c\u0b3c\u0653-\u0655\u3099\u309a"
_WINDOWS_CONTROL = re.compile("[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]")
_BYTES = "(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
"""Bytes of a character in UTF-8 that were read as ISO-8859-1; or letters and marks that look so."""
_ONE_CHARACTER = re.compile(_BYTES)
_RUN_OF_BYTES = re.compile(f"{_BYTES}+")
_HIGH_CONTROL = re.compile("[\x80-\x9f]")
"""A run of such bytes that has one was read wrong: nobody writes so."""
_ODD = re.compile(
    f"(?P<bytes>{_RUN_OF_BYTES.pattern})"
    f"|(?P<windows>{_WINDOWS_CONTROL.pattern})"
    f"|(?P<unseen>[{CONTROLS}{UNSEEN}]+"
    # A joiner shapes emoji and the scripts of Asia; beside a Latin letter, a mark or a blank it shapes nothing.
    "|(?:(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])))"
    r"|(?P<entity>&(?:amp;){0,2}(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    f"|(?P<apart>[^\\W\\d_][{_LETTER_MARKS}]{{1,8}}|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)"
)
_MAY_BE_ODD = re.compile(f"[&\x80-\xbf{CONTROLS}{UNSEEN}\u200c\u200d{_LETTER_MARKS}\u1100-\u1112]")
"""Whatever `_ODD` finds has one of them. Most lines have none, which is seen in a tenth of the time."""
_CONTROL = re.compile(f"[{CONTROLS}]")
_BREAK = re.compile(f"[{BREAKS}]")
_ESCAPES = 3
"""How often an entity is read: feeds escape what was escaped before."""


def rewritings(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """What is read in place of `text[first:last]`, as (first, last, reading), in text order, where that is another.

    An empty reading: it shows nothing. A reading has no line break.
    """
    if _MAY_BE_ODD.search(text, start, end) is None:
        return
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


def read_windows_controls(text: str) -> str:
    """The text with the quotes, dashes and letters that were meant by controls U+0080 to U+009F."""
    whole = _RUN_OF_BYTES.sub(lambda match: _from_bytes(match[0]), text)
    return _from_windows(whole)


def _from_windows(text: str) -> str:
    return _WINDOWS_CONTROL.sub(lambda match: _WINDOWS[ord(match[0])], text)


def _from_bytes(text: str) -> str:
    """What a run of bytes stands for; the run itself if it has no control."""
    if _HIGH_CONTROL.search(text) is None:
        return text
    return _ONE_CHARACTER.sub(lambda match: _from_bytes_of_one(match[0]), text)


def _from_bytes_of_one(text: str) -> str:
    try:
        return text.encode("latin-1").decode()
    except UnicodeDecodeError:
        return _from_windows(text)


def read_line(text: str) -> str | None:
    """The text as it is read, on one line: white space runs are one space. None where nothing of it can be seen."""
    line = " ".join(_CONTROL.sub("", as_read(text)).split())
    return None if is_blank(line) else line


def _reading(match: re.Match[str]) -> str:
    if match["bytes"]:
        return _UNSEEN.sub("", _BREAK.sub(" ", _from_bytes(match[0])))
    if match["windows"]:
        return _from_windows(match[0])
    if match["unseen"]:
        return ""
    if match["apart"]:
        return normalize("NFC", match[0])
    reading = match[0]
    for _ in range(_ESCAPES):
        reading = unescape(reading)
    return _UNSEEN.sub("", _BREAK.sub(" ", reading))
