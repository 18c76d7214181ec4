"""Finds the origins of an event's articles: texts that are reprints or takes of each other, or of one outlet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import attrgetter
from typing import Self

from services.contracts.article import Article
from services.contracts.base import trusted
from services.contracts.event import Origin
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.merging.origins.reprints import ReprintGroups, build_origin_id
from services.dedupe.merging.origins.shared_text import MOST_COMPARED, NarrationOverlaps
from services.dedupe.same_objects import list_different_objects

_ARTICLE_IDS = attrgetter("article_ids")
_Compared = tuple[Article, MemberFeatures, str]
"""The first article of a text that others are compared with, what is computed from it, and the text's source."""

_Placed = tuple[str, str]
"""The id of an article, and that of its origin."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One text, and the articles that have it.

    Attributes:
        first: The article that has it first.
        derived: What is computed from that.
        article_ids: Ids of all articles that have it, in publication order.
        publisher: Their publisher, if it is one, else the first article.
        wire_credit: The agency that the first of them credits that credits any.
    """

    first: Article
    derived: MemberFeatures
    article_ids: tuple[str, ...]
    publisher: str
    wire_credit: str | None

    @classmethod
    def of(cls, members: Sequence[Member]) -> Self:
        """The text of some articles, given in publication order."""
        articles = [member.article for member in members]
        publishers = {article.publisher.key or article.article_id for article in articles}
        return cls(
            articles[0],
            members[0].derived,
            tuple(article.article_id for article in articles),
            publishers.pop() if len(publishers) == 1 else articles[0].article_id,
            next((article.wire_credit for article in articles if article.wire_credit), None),
        )


class EventOrigins:
    """The origins of one event, kept while it grows: only texts that are new are compared.

    Attributes:
        origin_ids: Origin of each article, by the article's id.
        first_article_ids: The first article of each text; all others are reprints.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.origin_ids: dict[str, str] = {}
        self.first_article_ids: set[str] = set()
        self._count = 0
        self._reprints = ReprintGroups()
        self._texts: dict[int, _Text] = {}
        """By the place of the first article."""
        self._compared: list[_Compared] = []
        self._takes: dict[str, tuple[MemberFeatures, str | None]] = {}
        self._source_by_place: dict[int, str] = {}
        self._places_by_source: dict[str, list[int]] = {}
        self._origins: dict[str, Origin] = {}
        """By source, in the order of their first articles."""

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The origins in the order of their first articles."""
        return tuple(self._origins.values())

    def update_origins(
        self, ordered_members: Sequence[Member], shared_texts: NarrationOverlaps, first_changed: int = 0
    ) -> set[str]:
        """Find the origins of these articles; return the ids of those that have another, or another part in it.

        Reprints share the origin of what they reprint, and takes of one text that of the first. What one outlet alone
        publishes comes from one newsroom, however many texts that are: it does not corroborate itself.

        Args:
            ordered_members: All articles in publication order.
            shared_texts: Compares their texts.
            first_changed: The articles before this place are as they were.
        """
        is_grown, self._count = first_changed >= self._count, len(ordered_members)
        places = self._group_reprints(ordered_members, first_changed)
        groups = self._groups
        before = {place: text for place in places if (text := self._texts.pop(place, None)) is not None}
        after = {
            place: _Text.of([ordered_members[at] for at in groups[place]]) for place in sorted(places & groups.keys())
        }
        self._texts |= after
        changed = self._update_first_articles(before.values(), after.values())
        if is_grown and all(_has_same_publisher(text, after.get(place)) for place, text in before.items()):
            for place in after:
                if place not in before:
                    self._place_text(place, self._takes, shared_texts)
            return changed | self._rebuild_origins({self._source_by_place[place] for place in after})
        return changed | self._rebuild_origins(self._place_all_texts(places, shared_texts))

    def _group_reprints(self, members: Sequence[Member], first_changed: int) -> set[int]:
        """Group the articles by text; return the places of the firsts of groups that are others, or gone."""
        if len(members) == 1:  # as most events: its fingerprint need not be taken
            self._reprints = ReprintGroups()
            return {0, *self._texts}
        first = min(first_changed, len(self._reprints))
        others = members[first:]
        return self._reprints.update_groups(
            [member.derived.fingerprint for member in others],
            [member.article.wire_credit for member in others],
            {at for at, member in enumerate(others, first) if member.is_stub},
            first,
        )

    @property
    def _groups(self) -> Mapping[int, Sequence[int]]:
        """Places of articles with one text, by the first of them."""
        return {0: [0]} if self._count == 1 else self._reprints.groups

    def _update_first_articles(self, before: Iterable[_Text], after: Iterable[_Text]) -> set[str]:
        """Note which articles are the firsts of their texts; return those that are now, or no longer."""
        were, are = ({text.first.article_id for text in texts} for texts in (before, after))
        self.first_article_ids -= were - are
        self.first_article_ids |= are
        return were ^ are

    def _place_all_texts(self, changed_places: set[int], shared_texts: NarrationOverlaps) -> set[str]:
        """Find the source of each text again; return the sources that have other texts than before."""
        compared, self._compared = self._compared, []
        takes, self._takes = self._takes, {}
        before, self._places_by_source = self._places_by_source, {}
        self._source_by_place = {}
        for number, place in enumerate(self._groups):
            if number == MOST_COMPARED and not _are_same_compared_texts(compared, self._compared):
                takes = {}
            self._place_text(place, takes, shared_texts)
        return {
            source
            for source in before.keys() | self._places_by_source.keys()
            if before.get(source) != self._places_by_source.get(source)
            or not changed_places.isdisjoint(self._places_by_source[source])
        }

    def _place_text(
        self, place: int, known_takes: Mapping[str, tuple[MemberFeatures, str | None]], shared_texts: NarrationOverlaps
    ) -> None:
        """Find the source of a text; all before it have been placed."""
        text = self._texts[place]
        number, source = len(self._source_by_place), text.publisher
        if source not in self._places_by_source:
            known = known_takes.get(text.first.article_id) if number >= MOST_COMPARED else None
            if known is None or known[0] is not text.derived:
                known = text.derived, self._find_source_of_edited_version(text.first.article_id, shared_texts)
            self._takes[text.first.article_id] = known
            source = known[1] or source
        if number < MOST_COMPARED:
            self._compared.append((text.first, text.derived, source))
        self._source_by_place[place] = source
        self._places_by_source.setdefault(source, []).append(place)

    def _find_source_of_edited_version(self, article_id: str, shared_texts: NarrationOverlaps) -> str | None:
        """The source of the first text of which an article is a take; None: of none."""
        for first, _, source in self._compared:
            if shared_texts.find_overlap(first.article_id, article_id).are_versions_of_one_text:
                return source
        return None

    def _rebuild_origins(self, sources: set[str]) -> set[str]:
        """Build the origins of some sources; return the articles that have another than before."""
        now = {source: self._build_origin(source) for source in sources if source in self._places_by_source}
        were, are = set[_Placed](), set[_Placed]()
        for source in sources:
            gone, new = _list_different_articles(self._origins.get(source), now.get(source))
            were |= gone
            are |= new
        for article_id, _ in were - are:
            del self.origin_ids[article_id]
        self.origin_ids |= are - were
        self._origins |= now
        if list(self._origins) != list(self._places_by_source):
            self._origins = {source: self._origins[source] for source in self._places_by_source}
        return {article_id for article_id, _ in were ^ are}

    def _build_origin(self, source: str) -> Origin:
        texts = [self._texts[place] for place in self._places_by_source[source]]
        article_ids = tuple(chain.from_iterable(map(_ARTICLE_IDS, texts)))
        return trusted(
            Origin,
            {
                "origin_id": build_origin_id(article_ids[0]),
                "article_ids": article_ids,
                "wire_credit": next((text.wire_credit for text in texts if text.wire_credit), None),
            },
        )


def _list_different_articles(before: Origin | None, now: Origin | None) -> tuple[set[_Placed], set[_Placed]]:
    """The articles that an origin had and has, each with its id, without most of those that stay."""
    were: Sequence[str] = () if before is None else before.article_ids
    are: Sequence[str] = () if now is None else now.article_ids
    if before is not None and now is not None and before.origin_id == now.origin_id:
        were, are = list_different_objects(were, are)
    return (
        set(zip(were, repeat(before.origin_id))) if before is not None else set(),
        set(zip(are, repeat(now.origin_id))) if now is not None else set(),
    )


def _has_same_publisher(text: _Text, text_now: _Text | None) -> bool:
    return text_now is not None and text_now.publisher == text.publisher


def _are_same_compared_texts(texts: Sequence[_Compared], other_texts: Sequence[_Compared]) -> bool:
    """Whether the same texts are compared with others, with the same sources."""
    return len(texts) == len(other_texts) and all(
        one[1] is other[1] and (one[0].article_id, one[2]) == (other[0].article_id, other[2])
        for one, other in zip(texts, other_texts, strict=True)
    )
