"""What is made of the very same objects as before: what follows from those need not be found anew.

Objects are compared by identity alone, without a look into them: in a large event most lie cold in memory.
"""

from collections.abc import Sequence
from itertools import compress
from operator import is_, is_not
from typing import TypeVar

T = TypeVar("T")


def are_same_objects(previous_objects: Sequence[object], objects: Sequence[object]) -> bool:
    """Whether two sequences are one, or hold the very same objects."""
    return previous_objects is objects or (
        len(previous_objects) == len(objects) and all(map(is_, previous_objects, objects))
    )


def begins_with_same_objects(objects: Sequence[object], previous_objects: Sequence[object]) -> bool:
    """Whether a sequence is the previous one, with nothing or something behind it."""
    return len(previous_objects) <= len(objects) and all(map(is_, previous_objects, objects))


def list_different_objects(previous_objects: Sequence[T], objects: Sequence[T]) -> tuple[list[T], list[T]]:
    """List the objects that are gone and those that are new, each in their order. No object is in a sequence twice."""
    if begins_with_same_objects(objects, previous_objects):
        return [], list(objects[len(previous_objects) :])
    differs = list(map(is_not, previous_objects, objects))
    gone = [*compress(previous_objects, differs), *previous_objects[len(differs) :]]
    new = [*compress(objects, differs), *objects[len(differs) :]]
    if not (gone and new):
        return gone, new
    were, are = set(map(id, gone)), set(map(id, new))
    return [one for one in gone if id(one) not in are], [one for one in new if id(one) not in were]
