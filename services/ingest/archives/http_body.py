"""The body of an archived HTTP response, its transfer and content encodings undone, in bounded memory.

fastwarc undoes them too, but where gzip stands in chunks it ends the whole archive with that record, in silence
(2.0.1). And archives hold bodies that their crawler unpacked while the head lines still say otherwise.
"""

import io
import zlib
from collections.abc import Callable

from fastwarc.stream_io import BrotliReader, ZstdReader

_GZIP = 31
"""Window bits of zlib for a gzip member."""
_RAW_DEFLATE = -15


def decoded_body(raw: bytes, *, transfer: str, content: str, most_bytes: int) -> bytes:
    """What the server sent, before it packed it.

    Args:
        raw: the body as archived.
        transfer: value of `Transfer-Encoding`.
        content: value of `Content-Encoding`.
        most_bytes: one byte more is enough: the rest is not unpacked.
    """
    body = _dechunked(raw) if "chunked" in transfer.lower() else raw
    for encoding in reversed([name.strip().lower() for name in content.split(",")]):
        unpack = _UNPACK.get(encoding)
        if unpack is not None:
            try:
                body = unpack(body, most_bytes + 1)
            except (zlib.error, OSError, ValueError):
                break  # unpacked by the crawler already
    return body


def _dechunked(raw: bytes) -> bytes:
    """The chunks of a body together; the body itself where it is not in chunks."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = raw.find(b"\r\n", at)
        size = _size(raw[at:end]) if end >= 0 else None
        if size is None:
            return b"".join(pieces) if pieces else raw
        if size == 0:
            return b"".join(pieces)
        pieces.append(raw[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def _size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    try:
        return int(digits, 16) if digits.isalnum() else None
    except ValueError:
        return None


def _gunzipped(packed: bytes, most_bytes: int) -> bytes:
    return zlib.decompressobj(_GZIP).decompress(packed, most_bytes)


def _inflated(packed: bytes, most_bytes: int) -> bytes:
    """`deflate` means zlib's form, but some servers send it bare."""
    try:
        return zlib.decompressobj().decompress(packed, most_bytes)
    except zlib.error:
        return zlib.decompressobj(_RAW_DEFLATE).decompress(packed, most_bytes)


def _unbrotlied(packed: bytes, most_bytes: int) -> bytes:
    return BrotliReader(io.BytesIO(packed)).read(most_bytes)


def _unzstd(packed: bytes, most_bytes: int) -> bytes:
    return ZstdReader(io.BytesIO(packed)).read(most_bytes)


_UNPACK: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
    "br": _unbrotlied,
    "zstd": _unzstd,
}
