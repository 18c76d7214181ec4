"""The vectors of an event, each kept once as long as anything uses it."""

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from services.dedupe.merging.vector_pool import NO_VECTOR, PooledVectors, VectorPool


def make_vectors(*numbers: int) -> NDArray[np.int16]:
    return np.array([[number, -number, 1] for number in numbers], np.int16)


def test_equal_vectors_have_one_row_until_nothing_uses_them() -> None:
    pool = VectorPool()
    first, second = pool.add(make_vectors(1, 2, 1)), pool.add(make_vectors(2))
    assert first[0] == first[2] != first[1] == second[0]
    assert len(pool) == 2
    pool.release(first)
    assert len(pool) == 1
    assert pool.get_vectors(second).tolist() == make_vectors(2).tolist()
    pool.release(second)
    assert len(pool) == 0


def test_the_row_of_no_vector_is_zeros_and_given_to_none() -> None:
    pool = VectorPool()
    rows = pool.add(make_vectors(*range(1, 100)))
    assert NO_VECTOR not in rows
    assert not pool.get_vector(NO_VECTOR).any()


def test_pooled_vectors_are_read_like_an_array() -> None:
    pool = VectorPool()
    pooled = PooledVectors(pool, make_vectors(5, 6))
    PooledVectors(pool, make_vectors(*range(50)))  # the pool has to grow
    assert len(pooled) == 2
    assert pooled[1].tolist() == [6, -6, 1]
    own = pooled.copy()
    pool.release(pooled.rows)
    pool.add(make_vectors(*range(100, 200)))
    assert own.tolist() == make_vectors(5, 6).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_whatever_comes_and_goes_the_others_stay(seed: int) -> None:
    chance, pool = random.Random(seed), VectorPool()
    held: list[tuple[list[int], PooledVectors]] = []
    for _ in range(200):
        numbers = [chance.randrange(40) for _ in range(chance.randrange(5))]
        held.append((numbers, PooledVectors(pool, make_vectors(*numbers) if numbers else np.zeros((0, 3), np.int16))))
        while chance.random() < 0.5 and held:
            pool.release(held.pop(chance.randrange(len(held)))[1].rows)
        for expected, pooled in held:
            assert pooled.copy().tolist() == [vector.tolist() for vector in make_vectors(*expected)]
    assert len(pool) == len({number for numbers, _ in held for number in numbers})
