"""Dataclasses of arrays and plain values as bytes and back, bit for bit: what a shard is restored from in seconds.

    4 bytes length of the header, little-endian | JSON [layout, values, [[dtype, length], ...]] | the arrays' bytes

JSON alone would take ten times as long to read, and more room.
"""

import dataclasses
import struct
from functools import cache
from typing import Any, TypeVar, get_origin, get_type_hints

import numpy as np
import orjson
from numpy.typing import NDArray

T = TypeVar("T")

REVISION = 1
"""Raise it when the same fields come to mean something else, so that what was packed before is computed anew."""
_LENGTH = struct.Struct("<I")
_ALIGNED = 8


class OtherLayoutError(ValueError):
    """The bytes were packed from other fields than the code has now."""


def pack(value: Any) -> bytes:
    """Bytes of a dataclass whose fields are one-dimensional arrays, JSON values, or such dataclasses."""
    values: list[Any] = []
    arrays: list[NDArray[Any]] = []
    _take_apart(value, values, arrays)
    shapes = [[array.dtype.str, len(array)] for array in arrays]
    kind: Any = type(value)
    header = orjson.dumps([_layout(kind), values, shapes])
    header += b" " * (-(len(header) + _LENGTH.size) % _ALIGNED)
    return b"".join([_LENGTH.pack(len(header)), header, *(array.tobytes() for array in arrays)])


def unpack(kind: type[T], content: bytes) -> T:
    """The dataclass again. Its arrays are read-only views of `content`.

    Raises:
        OtherLayoutError: It was packed by code with other fields; compute it anew.
    """
    start = _LENGTH.size + _LENGTH.unpack_from(content)[0]
    layout, values, shapes = orjson.loads(content[_LENGTH.size : start])
    ours: Any = kind
    if layout != _layout(ours):
        raise OtherLayoutError(f"packed as {layout}, the code has {_layout(ours)}")
    arrays: list[NDArray[Any]] = []
    for name, length in shapes:
        array = np.frombuffer(content, name, length, start)
        arrays.append(array)
        start += array.nbytes
    value: T = _put_together(kind, iter(values), iter(arrays))
    return value


def _take_apart(value: Any, values: list[Any], arrays: list[NDArray[Any]]) -> None:
    kind: Any = type(value)
    for name, inner in _fields(kind):
        part = getattr(value, name)
        if inner is None:
            values.append(part)
        elif inner is np.ndarray:
            arrays.append(part)
        else:
            _take_apart(part, values, arrays)


def _put_together(kind: Any, values: Any, arrays: Any) -> Any:
    return kind(
        *(
            next(values)
            if inner is None
            else next(arrays)
            if inner is np.ndarray
            else _put_together(inner, values, arrays)
            for _, inner in _fields(kind)
        )
    )


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Name of each field, and its dataclass, `ndarray` for arrays, or None for a JSON value."""
    hints = get_type_hints(kind)
    found = ((field.name, hints[field.name]) for field in dataclasses.fields(kind))
    return tuple((name, _kind_of(hint)) for name, hint in found)


def _kind_of(hint: Any) -> Any:
    if get_origin(hint) is np.ndarray:
        return np.ndarray
    return hint if dataclasses.is_dataclass(hint) else None


@cache
def _layout(kind: Any) -> str:
    return f"{REVISION}:" + ",".join(
        f"{name}({_layout(inner)})" if dataclasses.is_dataclass(inner) and isinstance(inner, type) else name
        for name, inner in _fields(kind)
    )
