"""The characters of a page's bytes. Pure."""

import codecs
import re
from collections.abc import Iterator

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

HEAD_BYTES = 4_096
"""In which a page declares its encoding."""
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_WRONG = "\ufffd"
_SEVEN_BITS = "iso2022_jp"
"""Its bytes are ASCII, so that UTF-8 would read them, too."""


def decode_html(content: bytes, content_type: str | None = None) -> str:
    """The characters of a page; bytes that are none become U+FFFD.

    A byte order mark decides, then UTF-8 if all bytes are, since other encodings hardly ever look like it; then what
    the response or the page declares, read as browsers read it (ISO-8859-1 is Windows-1252), then a guess.

    Args:
        content: the page, not compressed.
        content_type: of the response, such as "text/html; charset=koi8-r".
    """
    for encoding in _encodings(content, content_type):
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    broken = content.decode(errors="replace")
    if _is_mostly_utf_8(broken):
        return broken
    guess = detect_encoding(content)
    return content.decode(guess or "utf-8", errors="replace")


def _encodings(content: bytes, content_type: str | None) -> Iterator[str]:
    yield from (encoding for mark, encoding in _MARKS if content.startswith(mark))
    declared = list(_declared(content, content_type))
    if _SEVEN_BITS in declared and b"\x1b" in content:
        yield _SEVEN_BITS
    yield "utf-8"
    yield from (encoding for encoding in declared if encoding != "utf-8")


def _is_mostly_utf_8(decoded: str) -> bool:
    """Whether more characters beyond ASCII came out right than not: text of another encoding gives next to none."""
    beyond = _BEYOND_ASCII.findall(decoded)
    return 2 * beyond.count(_WRONG) < len(beyond)


def _declared(content: bytes, content_type: str | None) -> Iterator[str]:
    in_header = _CHARSET.search(content_type or "")
    in_page = _META.search(content, 0, HEAD_BYTES)
    for name in (in_header[1] if in_header else None, in_page[1].decode("ascii", "replace") if in_page else None):
        encoding = map_encoding_to_html5(name, fallback_utf8=False) if name else None
        if encoding:
            yield str(encoding)
