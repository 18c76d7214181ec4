"""Whether something is made of the very same objects as before."""

from services.dedupe.same_objects import are_same_objects


def test_equal_objects_are_not_the_same() -> None:
    one, equal = [1], [1]
    assert are_same_objects((one,), [one])
    assert not are_same_objects((one,), (equal,))
    assert not are_same_objects((one,), (one, one))
    assert are_same_objects((), [])
