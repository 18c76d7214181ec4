from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from services.dedupe.store.packed import OtherLayoutError, pack_dataclass, unpack_dataclass


@dataclass(frozen=True)
class Inner:
    ids: NDArray[np.uint32]
    label: str | None


@dataclass(frozen=True)
class Outer:
    name: str
    moment: float | None
    inner: Inner
    vector: NDArray[np.float32]


@dataclass(frozen=True)
class Later:
    name: str
    moment: float | None
    inner: Inner
    vector: NDArray[np.float32]
    added: int


def outer() -> Outer:
    return Outer("Zoë", 0.1 + 0.2, Inner(np.array([3, 2**32 - 1], np.uint32), None), np.array([0.1, -0.0], np.float32))


def test_what_was_packed_comes_back_bit_for_bit() -> None:
    back = unpack_dataclass(Outer, pack_dataclass(outer()))
    assert (back.name, back.moment, back.inner.label) == ("Zoë", 0.1 + 0.2, None)
    assert back.inner.ids.tobytes() == outer().inner.ids.tobytes()
    assert back.vector.tobytes() == outer().vector.tobytes()
    assert pack_dataclass(back) == pack_dataclass(outer())


def test_an_empty_array_comes_back_empty() -> None:
    empty = Inner(np.empty(0, np.uint32), "none")
    assert len(unpack_dataclass(Inner, pack_dataclass(empty)).ids) == 0


def test_bytes_packed_from_other_fields_are_refused() -> None:
    with pytest.raises(OtherLayoutError, match="added"):
        unpack_dataclass(Later, pack_dataclass(outer()))
