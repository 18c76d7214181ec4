"""Versions and changes of events as few bytes. Pure; the one place that packs with zstd.

A snapshot differs little from the next one: packed against it (zstd with the next version as its dictionary, as its
command does with `--patch-from`) it takes a hundredth of what it takes alone. To read it one needs the next one, so
every so often a version is packed alone. See docs/decisions/0051-history.md.
"""

from collections.abc import Iterable

import zstandard

from services.contracts.changed import EventChange

LEVEL = 6
WHOLE = b"w"
"""First byte of a version that is packed alone."""
DELTA = b"d"
"""First byte of a version that is packed against the next one."""
_SMALLEST_WINDOW, _LARGEST_WINDOW = 10, 27
"""Powers of two: what zstd takes, and what its readers must take (RFC 8878, section 3.1.1.1.2)."""
_LARGEST_TABLE = 20
"""Power of two: places of the next version that are remembered while packing. With fewer, zstd takes only the end of a
large one as its dictionary."""
_VECTORS = {"lead_vector", "vector_model"}


class DamagedPack(ValueError):  # noqa: N818 - a fact about the bytes
    """The bytes are no pack of ours, or not one against that next version."""


def pack_whole(document: bytes) -> bytes:
    """A version that can be read alone."""
    return WHOLE + zstandard.ZstdCompressor(level=LEVEL).compress(document)


def pack_delta(document: bytes, following: bytes) -> bytes:
    """A version that can be read where the next one is known."""
    size = len(document) + len(following)
    window = min(max(size.bit_length(), _SMALLEST_WINDOW), _LARGEST_WINDOW)
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, source_size=size, window_log=window, hash_log=min(window - 1, _LARGEST_TABLE)
    )
    packing = zstandard.ZstdCompressor(compression_params=parameters, dict_data=_as_dictionary(following))
    return DELTA + packing.compress(document)


def is_whole(pack: bytes) -> bool:
    """Whether a packed version can be read alone."""
    return pack[:1] == WHOLE


def unpack_version(pack: bytes, following: bytes | None) -> bytes:
    """The document of a packed version. `following`: of the next one; None only where it is whole.

    Raises:
        DamagedPack: it is none of a version, or was packed against another one.
    """
    try:
        if is_whole(pack):
            return zstandard.ZstdDecompressor().decompress(pack[1:])
        if following is None or pack[:1] != DELTA:
            raise DamagedPack("the pack says neither that it is whole nor what it was packed against")
        unpacking = zstandard.ZstdDecompressor(dict_data=_as_dictionary(following), max_window_size=2**_LARGEST_WINDOW)
        return unpacking.decompress(pack[1:])
    except zstandard.ZstdError as error:
        raise DamagedPack(str(error)) from error


def _as_dictionary(document: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(document, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def pack_changes(changes: Iterable[EventChange]) -> bytes:
    """The changes that lead to one version, in order; without vectors, which tell readers nothing and hardly pack."""
    lines = b"\n".join(change.model_dump_json(exclude_defaults=True, exclude=_VECTORS).encode() for change in changes)
    return zstandard.ZstdCompressor(level=LEVEL).compress(lines)


def unpack_changes(pack: bytes) -> tuple[EventChange, ...]:
    """The changes that were packed.

    Raises:
        DamagedPack: the bytes are no such pack.
    """
    return tuple(EventChange.model_validate_json(line) for line in unpack_lines(pack))


def unpack_lines(pack: bytes) -> list[bytes]:
    """JSON of the changes that were packed, without what has its default. Raises DamagedPack."""
    try:
        return zstandard.ZstdDecompressor().decompress(pack).split(b"\n")
    except zstandard.ZstdError as error:
        raise DamagedPack(str(error)) from error
