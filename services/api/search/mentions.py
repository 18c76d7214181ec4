"""Which names of an event stand in a text, and what each is searched by."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

from services.api.filters.facts import name_variants
from services.api.filters.words import fold_name, fold_words, name_words
from services.api.search.index_row import mark
from services.contracts.event import Event


@dataclass(frozen=True)
class NameTokens:
    """What a name is searched by: the words of all its forms, and the marks of these in either role."""

    words: tuple[str, ...]
    as_speaker: tuple[str, ...]
    as_entity: tuple[str, ...]

    @classmethod
    def of(cls, forms: Sequence[str]) -> Self:
        """Of a name in these forms."""
        folded = tuple(map(fold_name, forms))
        return cls(
            words=tuple(chain.from_iterable(map(name_words, forms))),
            as_speaker=tuple(mark("speaker", name) for name in folded),
            as_entity=tuple(mark("entity", name) for name in folded),
        )


class Mentions:
    """The names of one event."""

    def __init__(self, event: Event) -> None:
        self._forms = name_variants(event.entities)
        self._by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for form, forms in self._forms.items():
            words = tuple(form.split())
            self._by_word.setdefault(words[0], []).append((words, forms[0]))
        self._tokens: dict[str, NameTokens] = {}

    def tokens(self, name: str) -> NameTokens:
        """What a name is searched by, in all its forms."""
        tokens = self._tokens.get(name)
        if tokens is None:
            tokens = self._tokens[name] = NameTokens.of(self._forms.get(fold_name(name), (name,)))
        return tokens

    def names_in(self, text: str) -> list[str]:
        """The names, each once, in order of mention."""
        words = fold_words(text)
        names: dict[str, None] = {}
        for at, word in enumerate(words):
            if word in self._by_word:
                for form, name in self._by_word[word]:
                    if words[at : at + len(form)] == form:
                        names[name] = None
        return list(names)
