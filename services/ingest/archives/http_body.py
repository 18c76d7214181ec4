"""The body of an archived HTTP response, its transfer and content encodings undone, in bounded memory.

fastwarc undoes them too, but where gzip stands in chunks it ends the whole archive with that record, in silence
(2.0.1). And archives hold bodies that their crawler unpacked while the head lines still say otherwise.
"""

import io

from fastwarc.stream_io import ZstdReader

from services.ingest.fetching.encodings import BadEncoding, unpacker


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
        try:
            body = _unpacked(body, encoding, most_bytes + 1)
        except (BadEncoding, OSError, ValueError):
            continue  # one that nobody reads, or unpacked by the crawler already
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


def _unpacked(packed: bytes, encoding: str, most_bytes: int) -> bytes:
    """The first `most_bytes` of what `packed` unpacks to. What is cut off at its end is taken as far as it goes."""
    if encoding == "zstd":  # servers are not offered it, but archives hold it
        return ZstdReader(io.BytesIO(packed)).read(most_bytes)
    unpacked, unpacking = bytearray(), unpacker(encoding)
    for piece in unpacking.pieces(packed):
        unpacked += piece
        if len(unpacked) >= most_bytes:
            break
    if not unpacked:  # brotli takes many a text for the beginning of a packed one
        unpacking.finish()
    return bytes(unpacked[:most_bytes])
