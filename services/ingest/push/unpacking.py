"""Compressed request bodies, unpacked without ever holding more than a limit. Pure.

gzip is unpacked piece by piece as it comes in. zstd is unpacked at its end, for the library that we have does not do it
piece by piece; but what it can come to at most stands in its headers, which are read first, and the library writes into
a buffer of that size or of the limit, never beyond it.
"""

import zlib
from collections.abc import Iterator, Sequence
from enum import Enum

import cramjam

from services.ingest.push.zstd_frames import NotZstd, UnpackedSize, unpacked_size

PIECE_BYTES = 256 * 1024
"""Most that is unpacked before it is looked at whether there may be more."""
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Coding(Enum):
    """How a body is compressed, as `Content-Encoding` names it."""

    NONE = "identity"
    GZIP = "gzip"
    ZSTD = "zstd"


class UnknownCoding(Exception):  # noqa: N818 - a fact about the request
    """Another content coding than ours, or several."""


class BadCoding(Exception):  # noqa: N818 - a fact about the request
    """The body is not of the coding that it came as, or ends early. The text says which."""


class UnpacksToTooMuch(Exception):  # noqa: N818 - a fact about the request
    """The body unpacks to more than the limit."""


def coding_of(content_encodings: Sequence[str]) -> Coding:
    """The coding that all `Content-Encoding` headers together name. Raises UnknownCoding."""
    named = [coding.strip().lower() for value in content_encodings for coding in value.split(",")]
    packed = [coding.removeprefix("x-") for coding in named if coding not in {"", Coding.NONE.value}]
    if not packed:
        return Coding.NONE
    try:
        (only,) = packed
        return Coding(only)
    except ValueError as error:  # several, or none of ours
        raise UnknownCoding(", ".join(named)) from error


class Gunzip:
    """Unpacks one body: a gzip member, or several behind each other (RFC 1952)."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP_WINDOW)

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """What the next chunk unpacks to, in pieces of at most `PIECE_BYTES`. Raises BadCoding."""
        while chunk:
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP_WINDOW)
            yield self._unpack(chunk)
            chunk = self._member.unused_data if self._member.eof else self._member.unconsumed_tail

    def finish(self) -> Iterator[bytes]:
        """What is left at the end of the body. Raises BadCoding."""
        while not self._member.eof and (piece := self._unpack(b"")):
            yield piece
        if not self._member.eof:
            raise BadCoding("The body is not gzip, or ends early.")

    def _unpack(self, packed: bytes) -> bytes:
        try:
            return self._member.decompress(packed, PIECE_BYTES)
        except zlib.error as error:
            raise BadCoding("The body is not valid gzip.") from error


def zstd_size(packed: bytes, most_bytes: int) -> UnpackedSize:
    """What a zstd body can unpack to, found without unpacking it.

    Raises:
        BadCoding: it is not zstd.
        UnpacksToTooMuch: it says itself that it comes to more than `most_bytes`.
    """
    try:
        size = unpacked_size(packed)
    except NotZstd as error:
        raise BadCoding(f"The body is not valid zstd: {error}.") from error
    if size.declared and size.at_most > most_bytes:
        raise UnpacksToTooMuch
    return size


def unpack_zstd(packed: bytes, size: UnpackedSize, most_bytes: int) -> bytes:
    """A zstd body unpacked, in a buffer of `size` or `most_bytes`, whichever is less.

    Raises:
        BadCoding: it is damaged.
        UnpacksToTooMuch: it comes to more than `most_bytes`.
    """
    room = bytearray(min(size.at_most, most_bytes))
    try:
        used = cramjam.zstd.decompress_into(packed, room)
    except cramjam.DecompressionError as error:
        if size.at_most > most_bytes:  # there was no room, or it is damaged: the first is what happens
            raise UnpacksToTooMuch from error
        raise BadCoding("The body is not valid zstd.") from error
    return bytes(memoryview(room)[:used])
