"""Which names of one article stand for the same person, body or place, and how that is known.

Two people of one family name are never linked: a short form that fits several stays by itself, unless a title that
only one of them bears stands before it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from services.contracts.claim import NameLink
from services.extract.names.fuller_names import FullerNames
from services.extract.names.generations import Generations, introduced_behind
from services.extract.names.name_forms import Words, in_capitals, is_acronym, same_person
from services.extract.names.name_index import NameIndex
from services.extract.names.named_people import NamedPeople
from services.extract.names.names import Name
from services.extract.vocabulary.lexicon import Lexicon
from services.language.places import Gazetteer

_RELATIVES = frozenset((
    "wife", "husband", "widow", "widower", "spouse", "fiancee", "son", "daughter", "brother", "sister", "mother",
    "father", "lady",
))  # fmt: skip
"""Words before the name of somebody who is told of as another's relative; of "first lady" the last."""
_LOCATIVES = frozenset(("in", "near", "outside", "around", "across", "into"))
"""Words before places."""


@dataclass(frozen=True)
class Linked:
    """The fullest form that a name stands for, and how that is known."""

    fullest: Words
    link: NameLink


class Linker:
    """The names of one article, ready to be asked for the fullest form of each."""

    def __init__(
        self,
        names: Sequence[Name],
        expansions: Mapping[Words, Words],
        persons: Mapping[Words, bool | None],
        lexicon: Lexicon,
        gazetteer: Gazetteer,
        *,
        small: AbstractSet[str],
    ) -> None:
        """`names`: all of the article, in text order. `expansions`: short forms that the article itself explains.

        `persons`: names beside which the article tells what somebody is, and whether that makes a woman (True) or a
        man (False) of them. `small`: words that the article has in small letters.
        """
        self._lexicon, self._gazetteer, self._expansions = lexicon, gazetteer, expansions
        self._index = NameIndex(names, gazetteer)
        self._people = NamedPeople(self._index, persons, lexicon)
        self._titles: dict[Words, set[str]] = defaultdict(set)
        self._places = {name.words for name in names if name.before in _LOCATIVES}
        for name in names:
            if name.title_word:
                self._titles[name.words].add(name.title_word)
        self._relatives = introduced_behind(names, _RELATIVES)
        self._generations = Generations(names, self._index.first, persons)
        self._fuller = FullerNames(self._index, self._people, self._generations, lexicon, gazetteer, small=small)
        self._known: dict[tuple[Words, str], Linked] = {}

    def link(self, name: Name) -> Linked:
        """What a name of the article stands for; itself when nothing fuller is known."""
        younger = self._generations.younger(name)
        if younger is not None:
            return Linked(self._index.best_form(younger), NameLink.PART)
        return self.link_words(name.words, name.title_word)

    def link_words(self, words: Words, title: str) -> Linked:
        """What the words of a name of the article, with the last word of the title before them, stand for."""
        asked = (words, title)
        if asked not in self._known:
            self._known[asked] = self._link(words, title)
        return self._known[asked]

    def _link(self, words: Words, title: str) -> Linked:
        same = self._index.best_form(words)
        if same != words:
            further = self.link_words(same, title)
            return Linked(further.fullest, NameLink.SPELLING if further.link is NameLink.SAME else further.link)
        if words in self._expansions:
            return Linked(self._expansions[words], NameLink.EXPLAINED)
        person = self._fuller.without_words_before(words)
        if person is not None:
            return Linked(self._index.best_form(person), NameLink.PART)
        if self._is_place(words, title):
            return Linked(words, NameLink.SAME)
        return self._link_short(words, title)

    def _link_short(self, words: Words, title: str) -> Linked:
        fuller = self._one_of(words, self._fuller.fuller(words), title)
        fuller = fuller or self._one_of(words, self._fuller.with_more_surnames(words), title)
        if is_acronym(words):
            longer = self._index.by_initials.get(words[0].replace(".", ""), [])
            if longer:
                return Linked(self._index.best(longer), NameLink.ACRONYM)
            if fuller is not None and not (in_capitals(words) and self._people.is_person(fuller)):
                fuller = None
        if fuller is None:
            return Linked(words, NameLink.SAME)
        fullest = self._index.best_form(fuller)
        return Linked(self._expansions.get(fullest, fullest), NameLink.PART)

    def _is_place(self, words: Words, title: str) -> bool:
        """Whether a place is named: not if a person of the article has that family name, and nobody is "in" it."""
        written = " ".join(words)
        if self._gazetteer.is_demonym(written):
            return True
        if title or self._gazetteer.place_of(written) is None:
            return False
        if words in self._places or written.lower() in self._lexicon.countries:
            return True
        return not any(self._people.is_person(longer) for longer in self._fuller.fuller(words))

    def _is_relative_of(self, asked: Words, words: Words) -> bool:
        """Whether a full name is that of a relative of whom the article called by the family name alone before."""
        first = self._index.first
        return len(asked) == 1 and words in self._relatives and first.get(asked, 0) < first[words]

    def _one_of(self, asked: Words, candidates: Sequence[Words], title: str) -> Words | None:
        """The person that a name means, if all candidates are one; of several the only one with that title; else None.

        Who is a woman is no "Mr"; of a couple "Mr" is the one who is a man. "Keld and his wife, Lena Keld" are two.
        """
        candidates = list(dict.fromkeys(self._index.best_form(words) for words in candidates))
        candidates = [words for words in candidates if not self._is_relative_of(asked, words)]
        woman = self._people.is_feminine(title) if title else None
        masculine = any(self._people.is_feminine(each) is False for each in self._titles.get(asked, ()))
        if woman is not None:
            candidates = [words for words in candidates if self._people.may_be(words, woman)]
        elif title and not any(title in self._titles.get(words, ()) for words in candidates):
            # "President Keld", where Mr. Keld has no first name and Lena Keld has one.
            candidates = [words for words in candidates if not (masculine and self._people.is_woman(words))]
        titled = [words for words in candidates if title and title in self._titles.get(words, ())]
        certain = [words for words in candidates if woman is not None and self._people.is_woman(words) is woman]
        for group in (candidates, titled, certain, self._people.only_people(candidates)):
            if group and all(self._is_same_person(group[0], other) for other in group[1:]):
                return max(group, key=lambda words: (len(words), self._index.counts[words], -self._index.first[words]))
        return None

    def _is_same_person(self, one: Words, other: Words) -> bool:
        generations = self._generations
        apart = generations.are_apart(one, other) or generations.are_apart(other, one)
        return same_person(one, other) and not apart
