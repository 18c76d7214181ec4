"""What of an article is kept to compare a text with it: words, names, places. Pure, the same for a draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import orjson

from services.api.match.vectors import day_of
from services.language.places import load_locations
from services.language.stems import singular
from services.language.stop_words import STOP_WORDS
from services.language.tokens import find_words

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
    found = [_Word(match.group(), match.start(), match.end()) for match in find_words(text)]
    named = [word for word in found if word.is_name(text)]
    head_end = found[HEAD_WORDS].start if len(found) > HEAD_WORDS else len(text) + 1
    names = frozenset(word.stem for word in named)
    titled = frozenset(filter(_counts, (singular(match.group().casefold()) for match in find_words(title or ""))))
    return Profile(
        title=titled,
        words=titled.union(names, (word.stem for word in found if _counts(word.stem))),
        names=names,
        # Also where the head writes it at the start of a sentence.
        head_names=frozenset(word.stem for word in found if word.start < head_end and word.stem in names),
        places=frozenset(_places([word for word in found if word.start < head_end], text)),
        day=day_of(published_at),
        url=url,
    )


@dataclass(frozen=True, slots=True)
class _Word:
    surface: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        return singular(self.surface.casefold())

    def is_name(self, text: str) -> bool:
        """Whether it is written in upper case, and not because it begins a sentence."""
        if not self.surface[0].isupper() or len(self.surface) < _SHORTEST_WORD:
            return False
        return _SENTENCE_END.search(text[max(0, self.start - 3) : self.start]) is None


def _counts(stem: str) -> bool:
    return stem not in STOP_WORDS and (len(stem) > 1 or stem.isdigit())


def _places(head: list[_Word], text: str) -> Iterator[str]:
    """Known places, the longest name first: "New York" is not York."""
    known: Any = load_locations()
    at = 0
    while at < len(head):
        taken = 1
        for length in range(_LONGEST_PLACE_WORDS, 0, -1):
            part = head[at : at + length]
            if len(part) < length or not part[0].surface[0].isupper():
                continue
            location = known.get(" ".join(text[part[0].start : part[-1].end].casefold().split()))
            if location is not None:
                yield "/".join(location)
                taken = length
                break
        at += taken
