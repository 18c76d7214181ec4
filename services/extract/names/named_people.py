"""Which names of an article are people's, and of women or men."""

from collections.abc import Mapping, Sequence

from services.extract.names.first_names import load_first_names
from services.extract.names.name_forms import Words
from services.extract.names.name_index import NameIndex
from services.extract.names.name_words import NAMED_AFTER
from services.extract.vocabulary.lexicon import Lexicon
from services.language.spelling import spelling_key


class NamedPeople:
    """What tells people's names of one article from others."""

    def __init__(self, index: NameIndex, persons: Mapping[Words, bool | None], lexicon: Lexicon) -> None:
        """`persons`: names beside which the article tells what somebody is, and whether that makes a woman of them."""
        self._index, self._persons, self._lexicon = index, persons, lexicon
        self._feminine = {words: woman for words, woman in persons.items() if woman is not None and len(words) > 1}

    def is_introduced(self, words: Words) -> bool:
        """Whether the article tells beside a name what somebody is."""
        return words in self._persons

    def is_person(self, words: Words) -> bool:
        """Whether a name of several words is a person's."""
        if any(word.lower() in self._lexicon.name_organisation_words for word in words[1:]):
            return False
        if len(words) > 2 and words[-1].lower() in NAMED_AFTER:  # noqa: PLR2004
            return False  # "Ada Reyl Show"
        return words in self._persons or load_first_names().is_firm(words[0])

    def is_feminine(self, word: str) -> bool | None:
        """Whether a title, or the word before a name, is a woman's; None if it does not tell."""
        plain = word.rstrip(".")
        feminine, masculine = plain in self._lexicon.feminine, plain in self._lexicon.masculine
        return None if feminine == masculine else feminine

    def may_be(self, words: Words, woman: bool) -> bool:
        """Whether "Mrs", or "Mr", may go with a name: not with that of a mill."""
        names = load_first_names()
        is_thing = words not in self._persons and names.is_feminine(words[0]) is None and self._starts_others(words)
        return not is_thing and self.is_woman(words) in (None, woman)

    def _starts_others(self, words: Words) -> bool:
        """Whether a name starts with what others end in: "Stroud Mills" beside "Mary Stroud"."""
        return any(
            spelling_key(longer).split()[-1] == spelling_key(words).split()[0]
            for longer in self._index.by_end.get(spelling_key(words).split()[0], ())
        )

    def is_woman(self, words: Words) -> bool | None:
        """Whether a name of several words is a woman's, by its titles, else its first name."""
        known = self._feminine.get(words)
        return load_first_names().is_feminine(words[0]) if known is None and len(words) > 1 else known

    def only_people(self, candidates: Sequence[Words]) -> Sequence[Words]:
        """The people among candidates of which the others are things: "Tom Reyl", not "Reyl Tower"."""
        family_first = load_first_names().is_family_first
        people = [words for words in candidates if self.is_person(words) or family_first(words)]
        ends = {spelling_key(words).split()[-1] for words in people}
        others = [words for words in candidates if words not in people]
        things = [words for words in others if words[0].endswith("ing") or spelling_key(words).split()[-1] not in ends]
        return people if len(things) == len(others) else []
