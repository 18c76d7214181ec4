"""The names of an event by their keys: which articles write each, in which forms, and as what kind of thing.

Counted, so that what an article brought can be taken back when it leaves or is revised.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import orjson

from services.contracts.claim import ArticleName, NameLink

K = TypeVar("K", bound=str)

PERSON = "person"
ORGANISATION = "organisation"
PLACE = "place"
UNKNOWN = "unknown"


class WrittenName(NamedTuple):
    """A name as an article writes it, in what is counted of it.

    Attributes:
        key: Its key.
        name: Its fullest form.
        type: What kind of thing it is.
        forms: Its forms, each with how it is known to belong to the name.
    """

    key: str
    name: str
    type: str
    forms: Sequence[tuple[str, NameLink]]


@dataclass(slots=True)
class FormUse:
    """Who writes one form of a name.

    Attributes:
        article_ids: The articles that use it, sorted.
        shown_in: Those of them that show beside it what it stands for, sorted.
        links: How it is known to belong to the name, and in how many articles so.
    """

    article_ids: list[str] = field(default_factory=list)
    shown_in: list[str] = field(default_factory=list)
    links: dict[NameLink, int] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class NameInEvent:
    """What all articles together write under one key.

    Attributes:
        key: The key, which extraction gives to all spellings of the name.
        types: How often it is called each kind of thing.
        forms: Its forms by surface.
        fullest: The fullest form of each article, counted.
        article_ids: The articles that name it.
        parts: The words of the key.
    """

    key: str
    types: dict[str, int] = field(default_factory=dict)
    forms: dict[str, FormUse] = field(default_factory=dict)
    fullest: dict[str, int] = field(default_factory=dict)
    article_ids: set[str] = field(default_factory=set)
    parts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.parts = tuple(self.key.split())

    def add_article(self, article_id: str, names: Iterable[WrittenName]) -> None:
        """Add what an article that was not there writes under this key."""
        self.article_ids.add(article_id)
        for name in names:
            _count_up(self.types, name.type)
            _count_up(self.fullest, name.name)
            for surface, link in name.forms:
                use = self.forms.setdefault(surface, FormUse())
                _count_up(use.links, link)
                _add_sorted(use.article_ids, article_id)
                if link is not NameLink.SAME:
                    _add_sorted(use.shown_in, article_id)

    def remove_article(self, article_id: str, names: Iterable[WrittenName]) -> None:
        """Take back what an article wrote: the same names with which it was added."""
        self.article_ids.discard(article_id)
        for name in names:
            _count_down(self.types, name.type)
            _count_down(self.fullest, name.name)
            for surface, link in name.forms:
                use = self.forms.get(surface)
                if use is None:
                    continue
                _count_down(use.links, link)
                _remove_sorted(use.article_ids, article_id)
                _remove_sorted(use.shown_in, article_id)
                if not use.article_ids:
                    del self.forms[surface]


class NamesInEvent:
    """The names of one event's articles by key."""

    def __init__(self) -> None:
        self.by_key: dict[str, NameInEvent] = {}
        self._by_article: dict[str, bytes] = {}
        """What each article writes, packed: it is asked for again only when an article goes or is revised."""

    def replace_article(self, article_id: str, names: Sequence[ArticleName]) -> set[str]:
        """Take the names that an article has now, in the place of those it had; return all their keys.

        Args:
            article_id: The article.
            names: Its names; none: it is no longer there.
        """
        before = _group_by_key(_unpack_names(self._by_article.pop(article_id, b"[]")))
        for key, previous in before.items():
            self.by_key[key].remove_article(article_id, previous)
            if not self.by_key[key].article_ids:
                del self.by_key[key]
        written = [
            WrittenName(name.key, name.name, name.type, [(form.surface, form.link) for form in name.forms])
            for name in names
        ]
        after = _group_by_key(written)
        for key, named in after.items():
            self.by_key.setdefault(key, NameInEvent(key)).add_article(article_id, named)
        if written:
            self._by_article[article_id] = orjson.dumps([tuple(name) for name in written])
        return before.keys() | after.keys()


def _group_by_key(names: Iterable[WrittenName]) -> dict[str, list[WrittenName]]:
    grouped: dict[str, list[WrittenName]] = {}
    for name in names:
        grouped.setdefault(name.key, []).append(name)
    return grouped


def _unpack_names(packed: bytes) -> list[WrittenName]:
    return [
        WrittenName(key, name, kind, [(surface, NameLink(link)) for surface, link in forms])
        for key, name, kind, forms in orjson.loads(packed)
    ]


def choose_type(types: Mapping[str, int]) -> str:
    """Return the type most often given, any before `unknown`; ties by name."""
    if len(types) == 1:
        return next(iter(types))
    return min(types, key=lambda kind: (kind == UNKNOWN, -types[kind], kind))


def _add_sorted(article_ids: list[str], article_id: str) -> None:
    at = bisect_left(article_ids, article_id)
    if at == len(article_ids) or article_ids[at] != article_id:
        insort(article_ids, article_id)


def _remove_sorted(article_ids: list[str], article_id: str) -> None:
    at = bisect_left(article_ids, article_id)
    if at < len(article_ids) and article_ids[at] == article_id:
        del article_ids[at]


def _count_up(counts: dict[K, int], one: K) -> None:
    counts[one] = counts.get(one, 0) + 1


def _count_down(counts: dict[K, int], one: K) -> None:
    if counts[one] == 1:
        del counts[one]
    else:
        counts[one] -= 1
