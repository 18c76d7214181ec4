"""People's names with the body before them that the article also names alone: "Orla Ferries Ada Reyl"."""

from collections.abc import Sequence
from dataclasses import replace

from services.extract.names.first_names import load_first_names
from services.extract.names.names import Name
from services.language.ranges import Range

_FEWEST_WORDS = 2
"""Words of the body, and of the person's name."""


def without_bodies_before(text: str, names: Sequence[Sequence[Name]]) -> list[list[Name]]:
    """The names of each sentence, each person's less the name of a body before it that stands alone elsewhere."""
    alone = {name.words for in_sentence in names for name in in_sentence}
    return [[_person_alone(text, name, alone) for name in in_sentence] for in_sentence in names]


def _person_alone(text: str, name: Name, alone: set[tuple[str, ...]]) -> Name:
    words, first_names = name.words, load_first_names()
    if name.title is not None or first_names.is_feminine(words[0]) is not None:
        return name
    for start in range(_FEWEST_WORDS, len(words) - _FEWEST_WORDS + 1):
        if first_names.is_firm(words[start]) and words[:start] in alone:
            at = _start_of(text, name, start)
            return replace(name, range=Range(at, name.range.end), words=words[start:], before=words[start - 1].lower())
    return name


def _start_of(text: str, name: Name, number: int) -> int:
    """Where a word of a name starts: behind the words before it, one of which may hold it, as "Bentley" holds "Ben"."""
    at = name.range.start
    for word in name.words[:number]:
        at = text.index(word, at, name.range.end) + len(word)
    return text.index(name.words[number], at, name.range.end)
