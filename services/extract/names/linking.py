"""Which names of one article stand for the same person, body or place, and how that is known.

Two people of one family name are never linked: a short form that fits several stays by itself, unless a title that
only one of them bears stands before it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.contracts.claim import NameLink
from services.extract.names.gazetteer import Gazetteer
from services.extract.names.names import Name
from services.extract.text.grammar import INSTITUTIONS
from services.extract.text.lexicon import Lexicon
from services.language.spelling import spelling_key

Words = tuple[str, ...]
MAX_CANDIDATES = 50
_ACRONYM_LETTERS = range(2, 8)
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


_LAWS = frozenset(("act", "bill", "law"))
"""Words that end a name: in "the Bridge Act Reyl signed" another follows."""


class Linker:
    """The names of one article, ready to be asked for the fullest form of each."""

    def __init__(
        self, names: Sequence[Name], expansions: Mapping[Words, Words], lexicon: Lexicon, gazetteer: Gazetteer
    ) -> None:
        """`names`: all of the article, in text order. `expansions`: short forms that the article itself explains."""
        self._lexicon, self._gazetteer, self._expansions = lexicon, gazetteer, expansions
        self._counts = Counter(name.words for name in names)
        self._first = {words: position for position, words in enumerate(self._counts)}
        self._by_end: dict[str, list[Words]] = defaultdict(list)
        self._by_key: dict[str, list[Words]] = defaultdict(list)
        self._by_initials: dict[str, list[Words]] = defaultdict(list)
        self._titles: dict[Words, set[str]] = defaultdict(set)
        for words in self._counts:
            self._by_key[self._key(words)].append(words)
            if len(words) > 1:
                parts = spelling_key(words).split()
                for end in {parts[0], parts[-1]}:
                    self._by_end[end].append(words)
                self._by_initials[initials(words)].append(words)
        self._best_by_key = {key: self._best(forms) for key, forms in self._by_key.items()}
        for name in names:
            if name.title_word:
                self._titles[name.words].add(name.title_word)
        self._known: dict[tuple[Words, str], Linked] = {}

    def link(self, name: Name) -> Linked:
        """What a name of the article stands for; itself when nothing fuller is known."""
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
        written = " ".join(words)
        if self._gazetteer.place_of(written) is not None or self._gazetteer.is_demonym(written):
            return Linked(words, NameLink.SAME)
        if is_acronym(words):
            longer = self._by_initials.get(words[0].replace(".", ""), [])
            return Linked(self._best(longer), NameLink.ACRONYM) if longer else Linked(words, NameLink.SAME)
        fuller = self._one_of(self._fuller(words), title)
        return Linked(words, NameLink.SAME) if fuller is None else Linked(fuller, NameLink.PART)

    def _key(self, words: Words) -> str:
        return self._gazetteer.place_of(" ".join(words)) or spelling_key(words)

    def _best(self, forms: Iterable[Words]) -> Words:
        """Of several forms the one named most, then first."""
        return min(forms, key=lambda words: (-self._counts[words], self._first[words]))

    def _fuller(self, words: Words) -> list[Words]:
        parts = spelling_key(words).split()
        if not parts:
            return []
        near = [*self._by_end[parts[-1]][:MAX_CANDIDATES], *self._by_end[parts[0]][:MAX_CANDIDATES]]
        return [longer for longer in dict.fromkeys(near) if self._is_short_for(words, parts, longer)]

    def _is_short_for(self, words: Words, parts: list[str], longer: Words) -> bool:
        """Whether the one may stand for the other: not the place in "Bank of Taverra" or "Taverra Labour Congress"."""
        whole = spelling_key(longer).split()
        size = len(parts)
        if size >= len(whole) or (size == 1 and words[0].lower() in _OWN_NAMES):
            return False
        if parts == whole[-size:]:
            if size == 1 and any(word.lower() in _LAWS for word in longer[:-1]):
                return False
            return longer[-len(words) - 1 if len(words) < len(longer) else 0].lower() not in _SMALL_WORDS
        last = longer[-1].lower()
        body = last in INSTITUTIONS or last in self._lexicon.name_organisation_words
        return parts == whole[:size] and not body and not words[0].isupper()

    def _one_of(self, candidates: Sequence[Words], title: str) -> Words | None:
        """The person, if all candidates are one; of several the only one with that title; else None."""
        if not candidates:
            return None
        titled = [words for words in candidates if title and title in self._titles.get(words, ())]
        for group in (candidates, titled):
            if group and all(_same_person(group[0], other) for other in group[1:]):
                return max(group, key=lambda words: (len(words), self._counts[words], -self._first[words]))
        return None


def initials(words: Words) -> str:
    """Initial letters of the capitalised words."""
    return "".join(word[0] for word in words if word[0].isupper())


def is_acronym(words: Words) -> bool:
    """Whether a name is one word of capitals."""
    letters = words[0].replace(".", "")
    return len(words) == 1 and letters.isalpha() and letters.isupper() and len(letters) in _ACRONYM_LETTERS


def _same_person(one: Words, other: Words) -> bool:
    """Whether two full forms agree, middle names and initials aside: "Ada Reyl", "Ada M. Reyl"."""
    first, second = spelling_key(one).split(), spelling_key(other).split()
    if first[-1] != second[-1]:
        return False
    return first[0] == second[0] or first == second[-len(first) :] or second == first[-len(second) :]
