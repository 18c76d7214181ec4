"""Which of two sequences' objects are the very same."""

import random

import pytest

from services.dedupe.same_objects import are_same_objects, begins_with_same_objects, list_different_objects


def test_equal_objects_are_not_the_same() -> None:
    one, equal = [1], [1]
    assert are_same_objects((one,), [one])
    assert not are_same_objects((one,), (equal,))
    assert not are_same_objects((one,), (one, one))
    assert are_same_objects((), [])


def test_a_sequence_begins_with_another_if_its_first_objects_are_those() -> None:
    one, equal = [1], [1]
    assert begins_with_same_objects((one, equal), [one])
    assert begins_with_same_objects((one,), ())
    assert not begins_with_same_objects((one,), (equal,))
    assert not begins_with_same_objects((one,), (one, equal))


@pytest.mark.parametrize("seed", range(20))
def test_objects_that_are_gone_and_new_are_listed_in_their_order(seed: int) -> None:
    chance = random.Random(seed)
    objects = [[number % 3] for number in range(30)]
    before, now = (chance.sample(objects, chance.randrange(30)) for _ in range(2))
    if chance.random() < 0.5:  # as an event grows
        now = [*before[: chance.randrange(40)], *(one for one in now if not any(one is other for other in before))]
    gone, new = list_different_objects(before, now)
    assert are_same_objects(gone, [one for one in before if not any(one is other for other in now)])
    assert are_same_objects(new, [one for one in now if not any(one is other for other in before)])
