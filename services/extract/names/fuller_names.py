"""Which fuller names of an article a shorter one may stand for: "Reyl" for "Ada Reyl", not "Taverra" for its bank."""

from collections.abc import Set as AbstractSet

from services.extract.names.first_names import load_first_names
from services.extract.names.generations import Generations
from services.extract.names.name_forms import Words, abbreviates, core
from services.extract.names.name_index import NameIndex
from services.extract.names.name_words import NAMED_AFTER
from services.extract.names.named_people import NamedPeople
from services.extract.vocabulary.grammar import INSTITUTIONS
from services.extract.vocabulary.lexicon import Lexicon
from services.language.person_names import NAME_PARTICLES, is_parents
from services.language.places import Gazetteer
from services.language.spelling import AFTER_NAMES, spelling_key

MAX_CANDIDATES = 50
_SMALL_WORDS = frozenset(("of", "the", "for", "and", "de", "du", "des", "la", "in", "on"))


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
_LAWS = frozenset(("act", "bill", "law"))
"""Words that end a name: in "the Bridge Act Reyl signed" another follows."""


class FullerNames:
    """The names of one article, to be asked which of them a shorter one may stand for."""

    def __init__(
        self,
        index: NameIndex,
        people: NamedPeople,
        generations: Generations,
        lexicon: Lexicon,
        gazetteer: Gazetteer,
        *,
        small: AbstractSet[str],
    ) -> None:
        """All of one article. `small`: words that it has in small letters."""
        self._index, self._people, self._generations = index, people, generations
        self._small, self._lexicon, self._gazetteer = small, lexicon, gazetteer

    def without_words_before(self, words: Words) -> Words | None:
        """The person's name that a longer one ends in, if the article has it alone: of "Get Me Roger Brun"."""
        names = load_first_names()
        rest = words[1:]
        if words[0] in _INVERTED and rest in self._index.counts and self._index.first[rest] < self._index.first[words]:
            return rest  # "Said Brun:", where Brun is named before
        if len(words) < 3 or names.is_feminine(words[0]) is not None or names.is_family_first(words):  # noqa: PLR2004
            return None
        if len(words[0]) > _LONGEST_ING and words[0].endswith("ing") and words[1:] in self._index.counts:
            return words[1:]  # "Applauding Megyn Brun", of a heading
        for start in range(1, len(words) - 1):
            if names.is_firm(words[start]) and words[start:] in self._index.counts and len(words[start - 1]) > 1:
                return words[start:]
        return None

    def fuller(self, words: Words) -> list[Words]:
        """Longer names that start or end in the words, or in what these are short for."""
        parts = spelling_key(words).split()
        if not parts:
            return []
        near = [*self._index.by_end[parts[-1]][:MAX_CANDIDATES], *self._index.by_end[parts[0]][:MAX_CANDIDATES]]
        return [
            longer
            for longer in dict.fromkeys(near)
            if _is_name(longer)
            and self._is_short_for(words, parts, longer)
            and not self._generations.are_apart(words, longer)
        ]

    def with_more_surnames(self, words: Words) -> list[Words]:
        """People whose name goes on after a family name: "Ruiz" of "Jorge Ruiz Paredes"."""
        parts = spelling_key(words).split()
        near = self._index.by_middle.get(parts[0], [])[:MAX_CANDIDATES] if len(parts) == 1 and len(parts[0]) > 1 else []
        return [longer for longer in near if self._people.is_person(longer) and not _is_parents_name(parts[0], longer)]

    def _is_short_for(self, words: Words, parts: list[str], longer: Words) -> bool:
        """Whether the one may stand for the other: not the place in "Bank of Taverra" or "Taverra Labour Congress"."""
        whole = spelling_key(longer).split()
        if parts[-1] not in AFTER_NAMES and core(whole) != whole:
            whole = core(whole)
            if parts == whole:
                return True
        size = len(parts)
        if abbreviates(parts, whole) or _leaves_out_middle(parts, whole):
            return self._people.is_person(longer)
        if self._gazetteer.is_demonym(" ".join(longer)):
            return False  # "the North" is no "North Korean"
        own = size == 1 and words[0].lower() in _OWN_NAMES
        if size >= len(whole) or own or self.without_words_before(longer) is not None:
            return False
        if parts == whole[-size:]:
            return not is_parents(whole, size) and self._may_end(size, longer)
        last = longer[-1].lower()
        body = last in INSTITUTIONS or last in self._lexicon.name_organisation_words
        is_person = self._people.is_person(words) if size > 1 else self._people.is_introduced(words)
        body = body or (is_person and (last in NAMED_AFTER or self._is_thing(longer)))
        # "Otto Keld Criticizes Reyl", of a heading; but "Mary Ann Hope"
        behind = longer[len(words) : len(words) + 1]
        verbs = (word for word in behind if word.endswith(("s", "ed")) and word.lower() in self._lexicon.cues)
        is_heading = is_person and size > 1 and any(verbs)
        # "Keldair K320", "Keldair Flight" of "Keldair Flight 804": no fuller names of Keldair.
        model = longer[-1] == "Flight" or any(letter.isdigit() for word in longer[size:] for letter in word)
        return parts == whole[:size] and not (body or model or is_heading) and not words[0].isupper()

    def _is_thing(self, longer: Words) -> bool:
        """Whether a name ends in a word that is none elsewhere: "President Keld" is not short for "Keld Shutdown"."""
        return longer[-1].lower() in self._small and longer[-1:] not in self._index.counts

    def _may_end(self, size: int, longer: Words) -> bool:
        """Whether the last words of a name stand for it: not after "of", nor what follows a law."""
        if size == 1 and any(word.lower() in _LAWS for word in longer[1:-1]):  # not the "Bill" of "Bill Keld"
            return False
        joining = longer[-size - 1].lower() if size < len(longer) else ""
        return joining not in _SMALL_WORDS or (joining in NAME_PARTICLES and self._people.is_person(longer))


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
