"""From the bytes of a feed to its characters: unpacked, in the encoding that they really are in. Pure."""

import codecs
import re
import zlib

from services.ingest.feeds.feed import UnsafeFeed

GZIP = b"\x1f\x8b"
MAX_BYTES = 20 * 1024 * 1024
"""Of a feed, unpacked. The largest sitemap that the protocol allows has 50 MiB; news sitemaps have under one."""
_CHUNK = 64 * 1024
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The longer first where one begins as another does."""
_WITHOUT_MARK = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"), (b"{\x00", "utf-16-le"), (b"\x00{", "utf-16-be"))
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_DECLARED_WITHIN = 1024
_ESCAPE = b"\x1b"
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
"""What is written by those who name the key, as browsers read it (https://encoding.spec.whatwg.org)."""
_REFUSED = frozenset({"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode"})


def unpack(content: bytes) -> bytes:
    """The content, unpacked if it is gzip. What comes after a broken end is left out.

    Raises:
        UnsafeFeed: it unpacks to more than `MAX_BYTES`.
    """
    if not content.startswith(GZIP):
        if len(content) > MAX_BYTES:
            raise UnsafeFeed(f"has more than {MAX_BYTES:,} bytes")
        return content
    stream, parts, size = zlib.decompressobj(wbits=31), [], 0
    try:
        pending = content
        while pending and not stream.eof:
            part = stream.decompress(pending, _CHUNK)
            pending = stream.unconsumed_tail
            size += len(part)
            parts.append(part)
            if size > MAX_BYTES:
                raise UnsafeFeed(f"unpacks to more than {MAX_BYTES:,} bytes")
    except zlib.error:
        pass  # what came before the damage may be whole items
    return b"".join(parts)


def decode(content: bytes, charset: str | None = None) -> tuple[str, bool]:
    """The characters, and whether the feed named another encoding than it is in.

    Args:
        content: the feed, unpacked.
        charset: what the server says. What the feed says goes before it, and what the bytes show before both.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace"), False
    for start, name in _WITHOUT_MARK:
        if content.startswith(start):
            return content.decode(name, "replace"), False
    declaration = _DECLARED.search(content[:_DECLARED_WITHIN])
    declared = _codec(declaration[1].decode()) if declaration else None
    named = [name for name in (declared, _codec(charset)) if name]
    if not (_ESCAPE in content and named and named[0].startswith("iso2022")):
        named.insert(0, "utf-8")  # no other encoding looks like it by chance
    for name in named:
        text = _strictly(content, name)
        if text is not None:
            return text, declaration is not None and name != declared and not content.isascii()
    return _mixed(content), True


def _codec(name: str | None) -> str | None:
    """Python's name of an encoding, in the wider form that is meant by it; None if it does not name a text encoding."""
    try:
        codec = codecs.lookup(name) if name else None
    except LookupError:
        return None
    if codec is None or codec.name in _REFUSED or not getattr(codec, "_is_text_encoding", False):
        return None
    return _WIDER.get(codec.name, codec.name)


def _strictly(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeDecodeError, ValueError):
        return None


def _mixed(content: bytes) -> str:
    """Neither one nor the other: UTF-8 with bytes of Windows-1252 between, which is what comes of careless pasting."""
    codecs.register_error("newsweave-cp1252", _as_windows)
    return content.decode("utf-8", "newsweave-cp1252")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end
