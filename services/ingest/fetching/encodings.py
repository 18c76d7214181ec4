"""Bodies unpacked piece by piece, so that a small body never becomes a large one in memory."""

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli

PIECE_BYTES = 64 * 1024
"""Most bytes that one piece has: whoever takes pieces can stop after each."""
OFFERED = "gzip, deflate, br"
"""For the header `Accept-Encoding`: what `unpacker` reads."""
MAX_MEMBERS = 1_000
"""Most gzip files in one body: each costs a copy of what is left of it."""
_GZIP = 16 + zlib.MAX_WBITS
_ZLIB = zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS


class BadEncoding(Exception):  # noqa: N818 - a fact about the body
    """The body is not in the encoding that it names, or that is not one we read."""


class Unpacker(Protocol):
    """Unpacks one body."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What comes out for the next bytes as sent; none of more than `PIECE_BYTES`, unless they came so.

        Raises:
            BadEncoding: the bytes cannot be unpacked.
        """
        ...

    def finish(self) -> None:
        """Say that no more bytes come.

        Raises:
            BadEncoding: some are missing.
        """
        ...


def unpacker(encoding: str) -> Unpacker:
    """The unpacker for a value of `Content-Encoding`.

    Raises:
        BadEncoding: we do not read it. Several encodings at once are none that an honest server sends.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _AsSent()
    if name in ("gzip", "x-gzip"):
        return _Inflater(_GZIP)
    if name == "deflate":
        return _Inflater(_ZLIB)
    if name == "br":
        return _Brotli()
    raise BadEncoding(f"the encoding {encoding[:40]!r} was not asked for")


class _AsSent:
    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield data

    def finish(self) -> None:
        """Nothing can be missing."""


class _Inflater:
    """gzip and deflate. `zlib` holds a window of 32 KiB and gives out no more than it is asked for."""

    def __init__(self, form: int) -> None:
        self._form = form
        self._inflate = zlib.decompressobj(form)
        self._has_begun = False
        self._members = 1

    def pieces(self, data: bytes) -> Iterator[bytes]:
        self._begin(data)
        while data:
            if self._inflate.eof and not self._begin_member(data):
                return
            piece = self._step(data)
            if piece:
                yield piece
            data = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        # What was held back while a piece was full comes out without further input.
        while not self._inflate.eof and (piece := self._step(b"")):
            yield piece

    def finish(self) -> None:
        if self._has_begun and not self._inflate.eof:
            raise BadEncoding("the packed body ends too early")

    def _step(self, data: bytes) -> bytes:
        try:
            return self._inflate.decompress(data, PIECE_BYTES)
        except zlib.error as error:
            raise BadEncoding(f"the body is not what its encoding says: {error}") from error

    def _begin(self, data: bytes) -> None:
        """Some servers send deflate without the head that the standard asks for: see by the first byte."""
        if data and not self._has_begun:
            self._has_begun = True
            if self._form == _ZLIB and data[0] & 0x0F != zlib.DEFLATED:
                self._inflate = zlib.decompressobj(_RAW)

    def _begin_member(self, data: bytes) -> bool:
        """A gzip body may be several, one after the other. What follows the last is ignored."""
        if self._form != _GZIP or not data.startswith(b"\x1f"):
            return False
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise BadEncoding(f"more than {MAX_MEMBERS:,} gzip files in one body")
        self._inflate = zlib.decompressobj(_GZIP)
        return True


class _Brotli:
    """Brotli. The library holds a window of at most 16 MiB, and stops soon after what it is asked for."""

    def __init__(self) -> None:
        self._unpack = brotli.Decompressor()
        self._has_begun = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        self._has_begun = self._has_begun or bool(data)
        while not self._unpack.is_finished():  # what follows the end is ignored
            try:
                piece = self._unpack.process(data, output_buffer_limit=PIECE_BYTES)
            except brotli.error as error:
                raise BadEncoding(f"the body is not what its encoding says: {error}") from error
            if piece:
                yield piece
            elif self._unpack.can_accept_more_data():  # it says so, too, while there is more to come out
                return
            data = b""

    def finish(self) -> None:
        if self._has_begun and not self._unpack.is_finished():
            raise BadEncoding("the packed body ends too early")
