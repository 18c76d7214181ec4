"""How much a zstd body can unpack to, from the headers of its frames and blocks alone. Pure.

Source: RFC 8878, section 3.1, https://www.rfc-editor.org/rfc/rfc8878#section-3.1
"""

from dataclasses import dataclass

MAGIC = 0xFD2FB528
SKIPPABLE = range(0x184D2A50, 0x184D2A60)
MAX_BLOCK_BYTES = 128 * 1024
"""What one block can unpack to."""
_RAW, _RLE, _COMPRESSED = 0, 1, 2
_BLOCK_HEADER_BYTES = 3
_CHECKSUM_BYTES = 4
_DICTIONARY_ID_BYTES = (0, 1, 2, 4)
_CONTENT_SIZE_BYTES = (0, 2, 4, 8)


class NotZstd(Exception):  # noqa: N818 - a fact about the bytes
    """The bytes are not whole zstd frames. The text says why."""


@dataclass(frozen=True)
class UnpackedSize:
    """What a body unpacks to at most. `declared`: each of its frames says so itself."""

    at_most: int
    declared: bool


def unpacked_size(body: bytes) -> UnpackedSize:
    """The sizes that frames declare; of those that declare none, what their blocks can come to.

    Raises:
        NotZstd: something else stands there, or the last frame ends early.
    """
    reader = _Reader(body)
    if not reader.left:
        raise NotZstd("it is empty")
    at_most, declared = 0, True
    while reader.left:
        magic = reader.number(4)
        if magic in SKIPPABLE:
            reader.skip(reader.number(4))
        elif magic == MAGIC:
            size, in_blocks = _frame(reader)
            at_most += in_blocks if size is None else min(size, in_blocks)  # a frame that declares more is not valid
            declared = declared and size is not None
        else:
            raise NotZstd("no frame begins there")
    return UnpackedSize(at_most, declared)


class _Reader:
    """Walks through the bytes."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._body) - self._at

    def skip(self, size: int) -> None:
        if size > self.left:
            raise NotZstd("it ends early")
        self._at += size

    def number(self, size: int) -> int:
        """A little-endian number of `size` bytes."""
        start = self._at
        self.skip(size)
        return int.from_bytes(self._body[start : self._at], "little")


def _frame(reader: _Reader) -> tuple[int | None, int]:
    """The size that a frame declares, if it does, and what its blocks can come to. Reads what follows its magic."""
    descriptor = reader.number(1)
    single_segment = bool(descriptor & 0b10_0000)
    if not single_segment:
        reader.skip(1)  # the window
    reader.skip(_DICTIONARY_ID_BYTES[descriptor & 0b11])
    size_bytes = _CONTENT_SIZE_BYTES[descriptor >> 6] or int(single_segment)
    declared = reader.number(size_bytes) + (256 if size_bytes == 2 else 0) if size_bytes else None  # noqa: PLR2004
    in_blocks, last = 0, False
    while not last:
        header = reader.number(_BLOCK_HEADER_BYTES)
        last, kind, size = bool(header & 1), header >> 1 & 0b11, header >> 3
        in_blocks += size if kind in (_RAW, _RLE) else MAX_BLOCK_BYTES
        reader.skip(1 if kind == _RLE else size)
    if descriptor & 0b100:
        reader.skip(_CHECKSUM_BYTES)
    return declared, in_blocks
