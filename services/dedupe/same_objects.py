"""Whether something is made of the very same objects as before: what follows from it need not be found anew then."""

from collections.abc import Sequence


def are_same_objects(previous_objects: Sequence[object], objects: Sequence[object]) -> bool:
    """Whether two sequences are one, or hold the very same objects."""
    return previous_objects is objects or (
        len(previous_objects) == len(objects)
        and all(one is other for one, other in zip(previous_objects, objects, strict=True))
    )
