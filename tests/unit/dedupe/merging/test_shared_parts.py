"""Equal parts that an event keeps once."""

from services.dedupe.merging.shared_parts import SharedParts


def test_a_part_is_kept_as_long_as_it_is_used() -> None:
    parts = SharedParts()
    first, second, third = ["one"], ["one"], ["one"]
    assert parts.share("one", first) is first
    assert parts.share("one", second) is first
    assert parts.share("one", third) is first
    for _ in range(2):
        parts.release("one")
    assert parts.share("one", second) is first
    for _ in range(2):
        parts.release("one")
    assert parts.share("one", second) is second
