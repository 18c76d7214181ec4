"""Adapter of gzip and fastwarc: files by themselves, or packed with gzip or zstd, read piece by piece."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from fastwarc.stream_io import ZstdReader

PACKED = (".gz", ".zst")
MAX_LINE_BYTES = 64 * 1024 * 1024
"""Of a line once it is unpacked: well above any row that ingest takes, well below the memory of a machine."""
_BUFFER_BYTES = 1024 * 1024


class BrokenFile(Exception):  # noqa: N818 - a fact about the file
    """A file that cannot be read, from the start or further on. The text names it."""


class _Zstd(io.RawIOBase):
    """The unpacked bytes of a stream of zstd frames."""

    def __init__(self, packed: BinaryIO) -> None:
        self._reader = ZstdReader(packed)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        content = self._reader.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


def bare_name(path: Path) -> str:
    """The name in lower case, without the suffix that says how the file is packed."""
    name = path.name.lower()
    for suffix in PACKED:
        name = name.removesuffix(suffix)
    return name


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked by its suffix.

    Raises:
        BrokenFile: it cannot be read, now or within the block.
    """
    name = path.name.lower()
    with readable(path):
        if name.endswith(".gz"):
            with gzip.open(path, "rb") as unpacked:
                yield unpacked  # type: ignore[misc]
        elif name.endswith(".zst"):
            with path.open("rb") as packed, io.BufferedReader(_Zstd(packed), _BUFFER_BYTES) as unpacked:
                yield unpacked
        else:
            with path.open("rb") as plain:
                yield plain


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Failures to read a file as BrokenFile."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BrokenFile(f"{path}: not a whole gzip file ({error})") from error
    except OSError as error:
        raise BrokenFile(f"{path}: {error.strerror or error}") from error


def lines(stream: BinaryIO, path: str) -> Iterator[bytes]:
    """The lines of a stream.

    Raises:
        BrokenFile: a line is too long.
    """
    while line := stream.readline(MAX_LINE_BYTES + 1):
        if len(line) > MAX_LINE_BYTES:
            raise BrokenFile(f"{path}: a line is longer than {MAX_LINE_BYTES:,} bytes")
        yield line


def whole(stream: BinaryIO, path: Path, most_bytes: int) -> bytes:
    """All bytes of a stream.

    Raises:
        BrokenFile: there are more than `most_bytes`.
    """
    content = stream.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise BrokenFile(f"{path}: longer than {most_bytes:,} bytes")
    return content
