"""What of an article is kept to compare a text with it: words, names, places. Pure, the same for a draft."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Self

import orjson

from services.api.match.vectors import day_of
from services.language.places import load_locations
from services.language.stems import singular
from services.language.stop_words import STOP_WORDS
from services.language.tokens import find_words, list_words

MOST_CHARS = 6_000
"""Of a text that are read: what an event is about stands in the opening."""
HEAD_WORDS = 90
"""Of a text that count as its head: who, where and when of a report stand there."""
_SHORTEST_WORD = 2
_SENTENCE_END = re.compile(r"[.!?:\u201c\"]\s*$|^\s*$|\n\s*$")
"""Before a word that may be capitalised only because it begins a sentence."""
_LONGEST_PLACE_WORDS = 3


@dataclass(frozen=True)
class Profile:
    """What is compared of one text. Words are singular and in lower case."""

    title: frozenset[str]
    """Words of the title."""
    words: frozenset[str]
    """Words of title and text."""
    names: frozenset[str]
    """Words that the text writes in upper case inside sentences."""
    head_names: frozenset[str]
    """Those of them in the head."""
    places: frozenset[str]
    """Known places that the head names, as countries, regions and cities."""
    day: int | None
    """Day of publication, from 1970-01-01 in UTC."""
    url: str | None = None
    """Address as given."""

    def to_json(self) -> bytes:
        """Packed for the store."""
        heads = [self.names - self.head_names, self.head_names, self.places]
        plain = self.words - self.names - self.title
        return orjson.dumps([sorted(self.title), sorted(plain), *map(sorted, heads), self.day, self.url])

    @classmethod
    def from_json(cls, packed: bytes) -> Self:
        """As `to_json` packed it."""
        title, plain, other_names, head_names, places, day, url = orjson.loads(packed)
        names = frozenset((*other_names, *head_names))
        words = names.union(title, plain)
        return cls(frozenset(title), words, names, frozenset(head_names), frozenset(places), day, url)


def profile_of(title: str | None, text: str, published_at: datetime | None, url: str | None = None) -> Profile:
    """The profile of a text."""
    text = text[:MOST_CHARS]
    words = list_words(text)
    stems = [singular(word.casefold()) for word in words]
    names = frozenset(_name_stems(words, stems, text))
    titled = frozenset(filter(_counts, (singular(word.casefold()) for word in list_words(title or ""))))
    return Profile(
        title=titled,
        words=titled.union(names, filter(_counts, set(stems))),
        names=names,
        # Also where the head writes it at the start of a sentence.
        head_names=names.intersection(stems[:HEAD_WORDS]),
        places=frozenset(_places(list(islice(find_words(text), HEAD_WORDS)), text)),
        day=day_of(published_at),
        url=url,
    )


def _name_stems(words: Iterable[str], stems: Iterable[str], text: str) -> Iterator[str]:
    """Stems of the words that are written in upper case, and not because they begin a sentence."""
    end = 0
    for word, stem in zip(words, stems, strict=True):
        start = text.find(word, end)  # between two words lie marks alone, so that it is where the word was found
        end = start + len(word)
        is_capitalised = word[0].isupper() and len(word) >= _SHORTEST_WORD
        if is_capitalised and _SENTENCE_END.search(text[max(0, start - 3) : start]) is None:
            yield stem


def _counts(stem: str) -> bool:
    return stem not in STOP_WORDS and (len(stem) > 1 or stem.isdigit())


def _places(head: list[re.Match[str]], text: str) -> Iterator[str]:
    """Known places, the longest name first: "New York" is not York."""
    known: Any = load_locations()
    after = 0
    for at, word in enumerate(head):
        if at < after or not word.group()[0].isupper():
            continue
        for last in range(min(at + _LONGEST_PLACE_WORDS, len(head)) - 1, at - 1, -1):
            location = known.get(" ".join(text[word.start() : head[last].end()].casefold().split()))
            if location is not None:
                yield "/".join(location)
                after = last + 1
                break
