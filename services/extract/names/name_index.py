"""The names of one article by their forms, first and last words, and initials."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from services.extract.names.first_names import load_first_names
from services.extract.names.name_forms import Words, core, in_capitals, initials
from services.extract.names.names import Name
from services.language.places import Gazetteer
from services.language.spelling import spelling_key


class NameIndex:
    """Each name once, with how often and how early it stands."""

    def __init__(self, names: Sequence[Name], gazetteer: Gazetteer) -> None:
        """`names`: all of the article, in text order."""
        self._gazetteer = gazetteer
        self.counts = Counter(name.words for name in names)
        self.first = {words: position for position, words in enumerate(self.counts)}
        """How many other names come before each."""
        self.by_end: dict[str, list[Words]] = defaultdict(list)
        """Names of several words, by the first and by the last of them."""
        self.by_middle: dict[str, list[Words]] = defaultdict(list)
        self.by_initials: dict[str, list[Words]] = defaultdict(list)
        self._by_key: dict[str, list[Words]] = defaultdict(list)
        for words in self.counts:
            self._add(words)
        self._best_by_key = {key: self.best(forms) for key, forms in self._by_key.items()}

    def _add(self, words: Words) -> None:
        self._by_key[self.key(words)].append(words)
        if len(words) == 1:
            return
        parts = spelling_key(words).split()
        for end in sorted({parts[0], parts[-1], core(parts)[-1]}):
            self.by_end[end].append(words)
        for middle in sorted(set(core(parts)[1:-1])):
            self.by_middle[middle].append(words)
        self.by_initials[initials(words)].append(words)

    def best_form(self, words: Words) -> Words:
        """The form that stands for a name of the article in all its spellings."""
        return self._best_by_key[self.key(words)]

    def key(self, words: Words) -> str:
        """What forms of one name share, "Mike Brun" and "Michael Brun" too."""
        place = self._gazetteer.place_of(" ".join(words))
        if place is not None or len(words) == 1:
            return place or spelling_key(words)
        return spelling_key((load_first_names().full_form(words[0]), *words[1:]))

    def best(self, forms: Iterable[Words]) -> Words:
        """Of several forms the one named most, then first; full names in capitals last."""
        return min(
            forms, key=lambda words: (len(words) > 1 and in_capitals(words), -self.counts[words], self.first[words])
        )
