"""Which names of an article are a child's, and not those of the parent whose name they share."""

from collections.abc import Collection, Mapping, Sequence

from services.extract.names.name_forms import Words
from services.extract.names.names import Name
from services.extract.vocabulary.grammar import HONORIFICS
from services.language.spelling import AFTER_NAMES

_CHILDREN = frozenset(("son", "daughter"))
_YOUNGER = frozenset(("younger", "junior"))


class Generations:
    """The people of one article who are told apart from a parent of the same name."""

    def __init__(self, names: Sequence[Name], first: Mapping[Words, int], persons: Collection[Words]) -> None:
        """`names`: all of the article, in text order. `first`: how many other names come before each.

        `persons`: names beside which the article tells what somebody is.
        """
        self._first, self._persons = first, persons
        self._in_office = {name.words for name in names if name.title_word.rstrip(".") not in HONORIFICS | {""}}
        self._children = introduced_behind(names, _CHILDREN)
        self._juniors = {words for words in first if self._is_junior(words)}

    def _is_junior(self, words: Words) -> bool:
        """Whether the article tells who is called "Jr." from somebody of the same name without it.

        It does so where it has the full name before, or "Keld Jr." and before that "Keld", or calls the bearer
        somebody's son, or names a "President Keld" and does not say what the bearer is.
        """
        if len(words) == 1 or words[-1].lower() not in AFTER_NAMES:
            return False
        surname, introduced = words[-2:-1], self._introduced(words)
        named = self._first.get(words[:-1], introduced) < introduced
        both = words[-2:] in self._first and self._first.get(surname, introduced) < introduced
        in_office = surname in self._in_office and words not in self._persons
        return named or both or words in self._children or in_office

    def _introduced(self, words: Words) -> int:
        """How many other names come before the first with the surname and the "Jr." of a name."""
        return min(place for name, place in self._first.items() if name[-2:] == words[-2:])

    def younger(self, name: Name) -> Words | None:
        """The only child with the family name of "the younger Keld"; None for any other name."""
        if name.before not in _YOUNGER or len(name.words) > 1:
            return None
        children = [words for words in self._first if len(words) > 1 and self._is_child(words, name.words[0])]
        full = [words for words in children if not any(len(other) > len(words) for other in children)]
        ends = all(full[0][-len(words) :] == words for words in children)
        return full[0] if len(full) == 1 and ends else None

    def _is_child(self, words: Words, surname: str) -> bool:
        is_junior = words[-1].lower() in AFTER_NAMES and words[-1].lower() not in ("sr", "sr.")
        family_name = words[-2] if is_junior else words[-1]
        return family_name == surname and (is_junior or words in self._children)

    def are_apart(self, words: Words, longer: Words) -> bool:
        """Whether a fuller name is the child's of whom a name means, or the parent's."""
        if longer in self._juniors:
            return words[-1].lower() not in AFTER_NAMES
        if len(words) == 1:
            return False
        child = longer if longer in self._children else words if words in self._children else None
        return child is not None and self._first[words if child is longer else longer] < self._first[child]


def introduced_behind(names: Sequence[Name], relations: Collection[str]) -> set[Words]:
    """The full names that the article first gives behind "wife", "first lady" and the like."""
    first = {name.words: name for name in reversed(names) if len(name.words) > 1}
    return {
        words
        for words, name in first.items()
        if not {name.before, name.apposed_to, name.title_word}.isdisjoint(relations)
    }
