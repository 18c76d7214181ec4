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


def pack_dataclass(value: Any) -> bytes:
    """Bytes of a dataclass whose fields are one-dimensional arrays, JSON values, or such dataclasses."""
    values: list[Any] = []
    arrays: list[NDArray[Any]] = []
    _collect_values_and_arrays(value, values, arrays)
    shapes = [[array.dtype.str, len(array)] for array in arrays]
    kind: Any = type(value)
    header = orjson.dumps([_describe_layout(kind), values, shapes])
    header += b" " * (-(len(header) + _LENGTH.size) % _ALIGNED)
    return b"".join([_LENGTH.pack(len(header)), header, *(array.tobytes() for array in arrays)])


def unpack_dataclass(dataclass_type: type[T], content: bytes) -> T:
    """The dataclass again. Its arrays are read-only views of `content`.

    Raises:
        OtherLayoutError: It was packed by code with other fields; compute it anew.
    """
    start = _LENGTH.size + _LENGTH.unpack_from(content)[0]
    layout, values, shapes = orjson.loads(content[_LENGTH.size : start])
    ours: Any = dataclass_type
    if layout != _describe_layout(ours):
        raise OtherLayoutError(f"packed as {layout}, the code has {_describe_layout(ours)}")
    arrays: list[NDArray[Any]] = []
    for name, length in shapes:
        array = np.frombuffer(content, name, length, start)
        arrays.append(array)
        start += array.nbytes
    value: T = _rebuild_dataclass(dataclass_type, iter(values), iter(arrays))
    return value


def _collect_values_and_arrays(value: Any, values: list[Any], arrays: list[NDArray[Any]]) -> None:
    kind: Any = type(value)
    for name, inner in _list_fields_with_kinds(kind):
        part = getattr(value, name)
        if inner is None:
            values.append(part)
        elif inner is np.ndarray:
            arrays.append(part)
        else:
            _collect_values_and_arrays(part, values, arrays)


def _rebuild_dataclass(dataclass_type: Any, values: Any, arrays: Any) -> Any:
    return dataclass_type(
        *(
            next(values)
            if inner is None
            else next(arrays)
            if inner is np.ndarray
            else _rebuild_dataclass(inner, values, arrays)
            for _, inner in _list_fields_with_kinds(dataclass_type)
        )
    )


@cache
def _list_fields_with_kinds(dataclass_type: Any) -> tuple[tuple[str, Any], ...]:
    """Name of each field, and its dataclass, `ndarray` for arrays, or None for a JSON value."""
    hints = get_type_hints(dataclass_type)
    found = ((field.name, hints[field.name]) for field in dataclasses.fields(dataclass_type))
    return tuple((name, _kind_of_field(hint)) for name, hint in found)


def _kind_of_field(type_hint: Any) -> Any:
    if get_origin(type_hint) is np.ndarray:
        return np.ndarray
    return type_hint if dataclasses.is_dataclass(type_hint) else None


@cache
def _describe_layout(dataclass_type: Any) -> str:
    return f"{REVISION}:" + ",".join(
        f"{name}({_describe_layout(inner)})" if dataclasses.is_dataclass(inner) and isinstance(inner, type) else name
        for name, inner in _list_fields_with_kinds(dataclass_type)
    )
