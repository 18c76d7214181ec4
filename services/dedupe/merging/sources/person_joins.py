"""Which names of an event stand for one person each: short names, initials and other spellings of a full name.

Names are joined from the fullest on, so that a short one meets all people whom it could fit; it is joined if it fits
one only. Whether two names can be of one person follows from their words alone and is found out once. When names
change, only those are looked at again whose own type changed, or for whom somebody they could fit came or went.
"""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

from services.contracts.claim import NameLink
from services.dedupe.merging.sources.event_names import PERSON, UNKNOWN
from services.dedupe.signals.name_matching import is_part_of_name, is_spelling_variant
from services.language.spelling import AFTER_NAMES

_Order = tuple[int, int, str]
_Words = tuple[str, ...]
_OF_PEOPLE = (PERSON, UNKNOWN)


class PersonJoins:
    """The names of one event that stand for one person each.

    Attributes:
        joined: The key of the person and how the name is known to be of that person, by the name's key.
        names_of: The keys of the names joined to a person, by the person's key.
    """

    def __init__(self) -> None:
        self.joined: dict[str, tuple[str, NameLink]] = {}
        self.names_of: dict[str, set[str]] = {}
        self._types: dict[str, str] = {}
        """Type of each name that can be of a person, by its key."""
        self._people: set[str] = set()
        """Keys of names that stand for a person themselves."""
        self._pairs = _NamePairs()

    def update_names(self, type_by_key: Mapping[str, str | None]) -> set[str]:
        """Join names again, and return the keys of those that stand for somebody else than before.

        Args:
            type_by_key: The names that changed, each with its type; None: it is gone, or stands for another already.
        """
        for key, kind in type_by_key.items():
            if kind in _OF_PEOPLE and key.strip():
                self._types[key] = kind
                self._pairs.add_name(key)
            else:
                self._types.pop(key, None)
        changed = self._join_in_order(type_by_key)
        for key in type_by_key:
            if key not in self._types:
                self._pairs.remove_name(key)
        return changed

    def _join_in_order(self, keys: Iterable[str]) -> set[str]:
        """Join names from the fullest on, and with each person who came or went the shorter names that could fit."""
        changed: set[str] = set()
        waiting = [name_sort_key(key) for key in keys]
        heapify(waiting)
        previous = ""
        while waiting:
            key = heappop(waiting)[-1]
            if key == previous:
                continue
            previous = key
            fitting = [
                (person, link) for person, link in self._pairs.list_fuller(key).items() if person in self._people
            ]
            kind = self._types.get(key)
            if self._set_person(key, fitting[0] if kind is not None and len(fitting) == 1 else None):
                changed.add(key)
            is_person = kind == PERSON and key not in self.joined
            if is_person != (key in self._people):
                self._people ^= {key}
                for shorter in self._pairs.list_shorter(key):
                    heappush(waiting, name_sort_key(shorter))
        return changed

    def _set_person(self, key: str, person: tuple[str, NameLink] | None) -> bool:
        before = self.joined.get(key)
        if person == before:
            return False
        if before is not None:
            del self.joined[key]
            self.names_of[before[0]].discard(key)
            if not self.names_of[before[0]]:
                del self.names_of[before[0]]
        if person is not None:
            self.joined[key] = person
            self.names_of.setdefault(person[0], set()).add(key)
        return True


class _NamePairs:
    """Pairs of names of which the shorter can be of the same person as the fuller, by their words alone."""

    def __init__(self) -> None:
        self._words: dict[str, _Words] = {}
        self._near: dict[object, set[str]] = {}
        """Names by what those that can be of one person have in common."""
        self._fuller: dict[str, dict[str, NameLink]] = {}
        self._shorter: dict[str, set[str]] = {}

    def list_fuller(self, key: str) -> Mapping[str, NameLink]:
        """Names for whose person a name could stand, and how it would."""
        return self._fuller.get(key, {})

    def list_shorter(self, key: str) -> Iterable[str]:
        """Names that could stand for the person of a name."""
        return self._shorter.get(key, ())

    def add_name(self, key: str) -> None:
        """Add a name, if it is not there."""
        if key in self._words:
            return
        words = tuple(key.split())
        for other in set().union(*(self._near.get(common, ()) for common in _lookup_keys_of_name(words))):
            one, two = sorted((key, other), key=name_sort_key)
            link = find_name_link(self._words.get(two, words), self._words.get(one, words))
            if link is not None:
                self._fuller.setdefault(two, {})[one] = link
                self._shorter.setdefault(one, set()).add(two)
        self._words[key] = words
        for common in _index_keys_of_name(words):
            self._near.setdefault(common, set()).add(key)

    def remove_name(self, key: str) -> None:
        """Remove a name, if it is there."""
        words = self._words.pop(key, None)
        if words is None:
            return
        for common in _index_keys_of_name(words):
            self._near[common].discard(key)
            if not self._near[common]:
                del self._near[common]
        for fuller in self._fuller.pop(key, ()):
            self._shorter[fuller].discard(key)
        for shorter in self._shorter.pop(key, ()):
            del self._fuller[shorter][key]


def find_name_link(short_name: _Words, full_name: _Words) -> NameLink | None:
    """Return how a name can stand for a person with as many words or more; None when it cannot."""
    if short_name[-1][0] != full_name[-1][0] and short_name[0] != full_name[0]:  # most pairs
        return None
    if len(short_name) > 1 and full_name[-1] in AFTER_NAMES and short_name[-1] not in AFTER_NAMES:
        return None  # father and son, who may both be in the event
    if len(short_name) < len(full_name):
        return NameLink.PART if is_part_of_name(short_name, full_name) else None
    if len(short_name) != len(full_name) or len(short_name) == 1 or not is_spelling_variant(short_name, full_name):
        return None
    return NameLink.PART if short_name[-1] == full_name[-1] else NameLink.SPELLING  # initials


def name_sort_key(key: str) -> _Order:
    """Where a name comes among those of an event: the most words first, then the longest; total."""
    return -len(key.split()), -len(key), key


def _index_keys_of_name(words: _Words) -> tuple[object, ...]:
    """The first and the last word of a name and, for initials with another spelling of the last, both their letters."""
    return (0, words[0]), (-1, words[-1]), (len(words), words[0][0], words[-1][0])


def _lookup_keys_of_name(words: _Words) -> tuple[object, ...]:
    """By what names that can be of one person with this one are known."""
    first = words[0]
    if len(words) == 1:
        return (0, first), (-1, first)
    if len(first) == 1:
        return _index_keys_of_name(words)
    return (0, first), (-1, words[-1]), (0, first[0])
