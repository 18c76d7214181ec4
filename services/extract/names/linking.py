"""Which names of one article stand for the same person, body or place, and how that is known.

Two people of one family name are never linked: a short form that fits several stays by itself, unless a title that
only one of them bears stands before it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.contracts.claim import NameLink
from services.extract.names.first_names import load_first_names
from services.extract.names.generations import Generations, introduced_behind
from services.extract.names.name_forms import (
    Words,
    abbreviates,
    core,
    in_capitals,
    initials,
    is_acronym,
    same_person,
)
from services.extract.names.name_words import NAMED_AFTER
from services.extract.names.names import Name
from services.extract.vocabulary.grammar import INSTITUTIONS
from services.extract.vocabulary.lexicon import Lexicon
from services.language.person_names import NAME_PARTICLES, is_parents
from services.language.places import Gazetteer
from services.language.spelling import AFTER_NAMES, spelling_key

MAX_CANDIDATES = 50
_RELATIVES = frozenset((
    "wife", "husband", "widow", "widower", "spouse", "fiancee", "son", "daughter", "brother", "sister", "mother",
    "father", "lady",
))  # fmt: skip
"""Words before the name of somebody who is told of as another's relative; of "first lady" the last."""
_SMALL_WORDS = frozenset(("of", "the", "for", "and", "de", "du", "des", "la", "in", "on"))


@dataclass(frozen=True)
class Linked:
    """The fullest form that a name stands for, and how that is known."""

    fullest: Words
    link: NameLink


_OWN_NAMES = frozenset((
    "house", "republican", "republicans", "democratic", "democrats", "state", "islam", "police", "tv", "news",
))  # fmt: skip
"""Words that name something by themselves, whatever longer names end in them: the House is not the White House."""


_LONGEST_ING = 6
"""Letters of names that end like participles: "Irving", "Golding"."""
_INVERTED = frozenset(("Said", "Says", "Asked", "Added", "Wrote", "Tweeted"))
_HEADLINE_VERBS = frozenset((
    "says", "asked", "added", "wrote", "tweeted", "tells", "vows", "calls", "warns", "denies", "announces", "signals",
    "urges", "slams", "wants", "gets", "makes", "asks", "claims", "defends", "hits", "is", "was", "has",
))  # fmt: skip
"""Verbs inside what only looks like a name."""
_LOCATIVES = frozenset(("in", "near", "outside", "around", "across", "into"))
"""Words before places."""
_LAWS = frozenset(("act", "bill", "law"))
"""Words that end a name: in "the Bridge Act Reyl signed" another follows."""


class Linker:
    """The names of one article, ready to be asked for the fullest form of each."""

    def __init__(
        self,
        names: Sequence[Name],
        expansions: Mapping[Words, Words],
        persons: Mapping[Words, bool | None],
        lexicon: Lexicon,
        gazetteer: Gazetteer,
    ) -> None:
        """`names`: all of the article, in text order. `expansions`: short forms that the article itself explains.

        `persons`: names beside which the article tells what somebody is, and whether that makes a woman (True) or a
        man (False) of them.
        """
        self._lexicon, self._gazetteer, self._expansions, self._persons = lexicon, gazetteer, expansions, persons
        self._counts = Counter(name.words for name in names)
        self._first = {words: position for position, words in enumerate(self._counts)}
        self._by_end: dict[str, list[Words]] = defaultdict(list)
        self._by_key: dict[str, list[Words]] = defaultdict(list)
        self._by_middle: dict[str, list[Words]] = defaultdict(list)
        self._by_initials: dict[str, list[Words]] = defaultdict(list)
        self._titles: dict[Words, set[str]] = defaultdict(set)
        for words in self._counts:
            self._index(words)
        self._best_by_key = {key: self._best(forms) for key, forms in self._by_key.items()}
        self._feminine = {words: woman for words, woman in persons.items() if woman is not None and len(words) > 1}
        self._places = {name.words for name in names if name.before in _LOCATIVES}
        for name in names:
            if name.title_word:
                self._titles[name.words].add(name.title_word)
        self._relatives = introduced_behind(names, _RELATIVES)
        self._generations = Generations(names, self._first, persons)
        self._known: dict[tuple[Words, str], Linked] = {}

    def _index(self, words: Words) -> None:
        self._by_key[self._key(words)].append(words)
        if len(words) == 1:
            return
        parts = spelling_key(words).split()
        for end in sorted({parts[0], parts[-1], core(parts)[-1]}):
            self._by_end[end].append(words)
        for middle in sorted(set(core(parts)[1:-1])):
            self._by_middle[middle].append(words)
        self._by_initials[initials(words)].append(words)

    def link(self, name: Name) -> Linked:
        """What a name of the article stands for; itself when nothing fuller is known."""
        younger = self._generations.younger(name)
        if younger is not None:
            return Linked(self._best_by_key[self._key(younger)], NameLink.PART)
        return self.link_words(name.words, name.title_word)

    def link_words(self, words: Words, title: str) -> Linked:
        """What the words of a name of the article, with the last word of the title before them, stand for."""
        asked = (words, title)
        if asked not in self._known:
            self._known[asked] = self._link(words, title)
        return self._known[asked]

    def _link(self, words: Words, title: str) -> Linked:
        same = self._best_by_key[self._key(words)]
        if same != words:
            further = self.link_words(same, title)
            return Linked(further.fullest, NameLink.SPELLING if further.link is NameLink.SAME else further.link)
        if words in self._expansions:
            return Linked(self._expansions[words], NameLink.EXPLAINED)
        person = self._without_words_before(words)
        if person is not None:
            return Linked(self._best_by_key[self._key(person)], NameLink.PART)
        if self._is_place(words, title):
            return Linked(words, NameLink.SAME)
        return self._link_short(words, title)

    def _link_short(self, words: Words, title: str) -> Linked:
        fuller = self._one_of(words, self._fuller(words), title)
        fuller = fuller or self._one_of(words, self._with_more_surnames(words), title)
        if is_acronym(words):
            longer = self._by_initials.get(words[0].replace(".", ""), [])
            if longer:
                return Linked(self._best(longer), NameLink.ACRONYM)
            if fuller is not None and not (in_capitals(words) and self._is_person(fuller)):
                fuller = None
        if fuller is None:
            return Linked(words, NameLink.SAME)
        fullest = self._best_by_key[self._key(fuller)]
        return Linked(self._expansions.get(fullest, fullest), NameLink.PART)

    def _without_words_before(self, words: Words) -> Words | None:
        """The person's name that a longer one ends in, if the article has it alone: of "Get Me Roger Brun"."""
        names = load_first_names()
        rest = words[1:]
        if words[0] in _INVERTED and rest in self._counts and self._first[rest] < self._first[words]:
            return rest  # "Said Brun:", where Brun is named before
        if len(words) < 3 or names.is_feminine(words[0]) is not None or names.is_family_first(words):  # noqa: PLR2004
            return None
        if len(words[0]) > _LONGEST_ING and words[0].endswith("ing") and words[1:] in self._counts:
            return words[1:]  # "Applauding Megyn Brun", of a heading
        for start in range(1, len(words) - 1):
            if names.is_firm(words[start]) and words[start:] in self._counts and len(words[start - 1]) > 1:
                return words[start:]
        return None

    def _is_place(self, words: Words, title: str) -> bool:
        """Whether a place is named: not if a person of the article has that family name, and nobody is "in" it."""
        written = " ".join(words)
        if self._gazetteer.is_demonym(written):
            return True
        if title or self._gazetteer.place_of(written) is None:
            return False
        if words in self._places or written.lower() in self._lexicon.countries:
            return True
        return not any(self._is_person(longer) for longer in self._fuller(words))

    def _is_person(self, words: Words) -> bool:
        """Whether a name of several words is a person's."""
        if any(word.lower() in self._lexicon.name_organisation_words for word in words[1:]):
            return False
        if len(words) > 2 and words[-1].lower() in NAMED_AFTER:  # noqa: PLR2004
            return False  # "Ada Reyl Show"
        return words in self._persons or load_first_names().is_firm(words[0])

    def _is_feminine(self, word: str) -> bool | None:
        """Whether a title, or the word before a name, is a woman's; None if it does not tell."""
        plain = word.rstrip(".")
        feminine, masculine = plain in self._lexicon.feminine, plain in self._lexicon.masculine
        return None if feminine == masculine else feminine

    def _may_be(self, words: Words, woman: bool) -> bool:
        """Whether "Mrs", or "Mr", may go with a name: not with that of a mill."""
        names = load_first_names()
        is_thing = words not in self._persons and names.is_feminine(words[0]) is None and self._starts_others(words)
        return not is_thing and self._is_woman(words) in (None, woman)

    def _starts_others(self, words: Words) -> bool:
        """Whether a name starts with what others end in: "Stroud Mills" beside "Mary Stroud"."""
        return any(
            spelling_key(longer).split()[-1] == spelling_key(words).split()[0]
            for longer in self._by_end.get(spelling_key(words).split()[0], ())
        )

    def _is_woman(self, words: Words) -> bool | None:
        """Whether a name of several words is a woman's, by its titles, else its first name."""
        known = self._feminine.get(words)
        return load_first_names().is_feminine(words[0]) if known is None and len(words) > 1 else known

    def _key(self, words: Words) -> str:
        """What forms of one name share, "Mike Brun" and "Michael Brun" too."""
        place = self._gazetteer.place_of(" ".join(words))
        if place is not None or len(words) == 1:
            return place or spelling_key(words)
        return spelling_key((load_first_names().full_form(words[0]), *words[1:]))

    def _best(self, forms: Iterable[Words]) -> Words:
        """Of several forms the one named most, then first; full names in capitals last."""
        return min(
            forms, key=lambda words: (len(words) > 1 and in_capitals(words), -self._counts[words], self._first[words])
        )

    def _fuller(self, words: Words) -> list[Words]:
        parts = spelling_key(words).split()
        if not parts:
            return []
        near = [*self._by_end[parts[-1]][:MAX_CANDIDATES], *self._by_end[parts[0]][:MAX_CANDIDATES]]
        return [
            longer
            for longer in dict.fromkeys(near)
            if _is_name(longer)
            and self._is_short_for(words, parts, longer)
            and not self._generations.are_apart(words, longer)
        ]

    def _with_more_surnames(self, words: Words) -> list[Words]:
        """People whose name goes on after a family name: "Ruiz" of "Jorge Ruiz Paredes"."""
        parts = spelling_key(words).split()
        near = self._by_middle.get(parts[0], [])[:MAX_CANDIDATES] if len(parts) == 1 and len(parts[0]) > 1 else []
        return [longer for longer in near if self._is_person(longer) and not _is_parents_name(parts[0], longer)]

    def _is_short_for(self, words: Words, parts: list[str], longer: Words) -> bool:
        """Whether the one may stand for the other: not the place in "Bank of Taverra" or "Taverra Labour Congress"."""
        whole = spelling_key(longer).split()
        if parts[-1] not in AFTER_NAMES and core(whole) != whole:
            whole = core(whole)
            if parts == whole:
                return True
        size = len(parts)
        if abbreviates(parts, whole) or _leaves_out_middle(parts, whole):
            return self._is_person(longer)
        if self._gazetteer.is_demonym(" ".join(longer)):
            return False  # "the North" is no "North Korean"
        own = size == 1 and words[0].lower() in _OWN_NAMES
        if size >= len(whole) or own or self._without_words_before(longer) is not None:
            return False
        if parts == whole[-size:]:
            return not is_parents(whole, size) and self._may_end(size, longer)
        last = longer[-1].lower()
        body = last in INSTITUTIONS or last in self._lexicon.name_organisation_words
        is_person = self._is_person(words) if size > 1 else words in self._persons
        body = body or (last in NAMED_AFTER and is_person)
        # "Keldair K320", "Keldair Flight" of "Keldair Flight 804": no fuller names of Keldair.
        model = longer[-1] == "Flight" or any(letter.isdigit() for word in longer[size:] for letter in word)
        return parts == whole[:size] and not body and not model and not words[0].isupper()

    def _may_end(self, size: int, longer: Words) -> bool:
        """Whether the last words of a name stand for it: not after "of", nor what follows a law."""
        if size == 1 and any(word.lower() in _LAWS for word in longer[1:-1]):  # not the "Bill" of "Bill Keld"
            return False
        joining = longer[-size - 1].lower() if size < len(longer) else ""
        return joining not in _SMALL_WORDS or (joining in NAME_PARTICLES and self._is_person(longer))

    def _is_relative_of(self, asked: Words, words: Words) -> bool:
        """Whether a full name is that of a relative of whom the article called by the family name alone before."""
        return len(asked) == 1 and words in self._relatives and self._first.get(asked, 0) < self._first[words]

    def _people(self, candidates: Sequence[Words]) -> Sequence[Words]:
        """The people among candidates of which the others are things: "Tom Reyl", not "Reyl Tower"."""
        family_first = load_first_names().is_family_first
        people = [words for words in candidates if self._is_person(words) or family_first(words)]
        ends = {spelling_key(words).split()[-1] for words in people}
        others = [words for words in candidates if words not in people]
        things = [words for words in others if words[0].endswith("ing") or spelling_key(words).split()[-1] not in ends]
        return people if len(things) == len(others) else []

    def _one_of(self, asked: Words, candidates: Sequence[Words], title: str) -> Words | None:
        """The person that a name means, if all candidates are one; of several the only one with that title; else None.

        Who is a woman is no "Mr"; of a couple "Mr" is the one who is a man. "Keld and his wife, Lena Keld" are two.
        """
        candidates = list(dict.fromkeys(self._best_by_key[self._key(words)] for words in candidates))
        candidates = [words for words in candidates if not self._is_relative_of(asked, words)]
        woman = self._is_feminine(title) if title else None
        masculine = any(self._is_feminine(each) is False for each in self._titles.get(asked, ()))
        if woman is not None:
            candidates = [words for words in candidates if self._may_be(words, woman)]
        elif title and not any(title in self._titles.get(words, ()) for words in candidates):
            # "President Keld", where Mr. Keld has no first name and Lena Keld has one.
            candidates = [words for words in candidates if not (masculine and self._is_woman(words))]
        titled = [words for words in candidates if title and title in self._titles.get(words, ())]
        certain = [words for words in candidates if woman is not None and self._is_woman(words) is woman]
        for group in (candidates, titled, certain, self._people(candidates)):
            if group and all(self._is_same_person(group[0], other) for other in group[1:]):
                return max(group, key=lambda words: (len(words), self._counts[words], -self._first[words]))
        return None

    def _is_same_person(self, one: Words, other: Words) -> bool:
        generations = self._generations
        apart = generations.are_apart(one, other) or generations.are_apart(other, one)
        return same_person(one, other) and not apart


def _is_name(words: Words) -> bool:
    """Whether words are no heading with a verb: "Keld Says Us Steel"."""
    return _HEADLINE_VERBS.isdisjoint(word.lower() for word in words[1:])


def _is_parents_name(part: str, longer: Words) -> bool:
    """Whether a word inside a name is that of the bearer's parent: "Salwan" of "Faris bin Salwan al Rashem"."""
    parts = spelling_key(longer).split()
    return is_parents(parts[: parts.index(part) + 1], 1)


def _leaves_out_middle(parts: list[str], whole: list[str]) -> bool:
    """Whether a first and a family name are those of a longer name: "Ada Reyl" of "Ada M. Reyl"."""
    if len(parts) != 2 or len(whole) <= 2:  # noqa: PLR2004
        return False
    return parts[0] == whole[0] and parts[-1] == whole[-1] and len(parts[0]) > 1
