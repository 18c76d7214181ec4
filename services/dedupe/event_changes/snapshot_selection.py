"""Chooses parts of a view for a snapshot, the most telling first, each with the articles and claims it names. Pure."""

from collections.abc import Iterable, Sequence
from itertools import chain, compress, islice
from typing import TypeVar

from services.contracts.event import Event, EventArticle, EventEntity, Origin, SummarySentence, TimelineEntry
from services.contracts.event_claims import Contradiction, Figure, FigureVerdict, MergedClaim
from services.dedupe.event_changes.event_parts import EventParts, rank_claim
from services.dedupe.event_changes.size_reduction import (
    MOST_IDS,
    build_event_without_lists,
    count_json_bytes,
    keep_known_articles_in_entity,
    keep_known_ids_in_figure,
    reduce_contradiction,
    reduce_figure,
)

P = TypeVar("P")
_MOST_MISSES = 20
"""Parts that do not fit: the room is full then, whatever else there is."""
_MOST_SHOWN = 2
"""Values of a row of figures that bring a claim along."""
_MOST_MOMENTS = 200
"""Lines of the timeline."""
_SEPARATORS = 8
"""Bytes that stand around an item in a list, and its quotation marks where it is an id."""
_ORIGIN_BYTES = 80
"""Of an origin without its articles."""
_VERDICTS = (FigureVerdict.CONFLICTING, FigureVerdict.SUPERSEDED, FigureVerdict.COMPATIBLE)


class SnapshotSelection:
    """What of one event is chosen so far, and the bytes that it takes."""

    def __init__(self, event: Event, max_bytes: int, parts: EventParts) -> None:
        self._event = event
        self._parts = parts
        self._room = max_bytes
        self._frame = build_event_without_lists(event, max_bytes // 4)
        self._spent = count_json_bytes(self._frame)
        self._bytes_of_listed = 0
        """Of the articles and claims that are chosen."""
        self._claims: dict[str, MergedClaim] = {}
        self._articles: dict[str, EventArticle] = {}
        self._contradictions: dict[int, Contradiction] = {}
        self._figures: dict[int, Figure] = {}
        self._entities: dict[int, EventEntity] = {}
        self._timeline: dict[int, TimelineEntry] = {}
        self._summary: list[SummarySentence] = []

    def select_summary(self, room_share: float) -> None:
        """Its sentences with the articles that they are from, up to that share of the room."""
        for sentence in self._event.summary:
            if self._add_if_fits(room_share, count_json_bytes(sentence), article_ids=(sentence.article_id,)):
                self._summary.append(sentence)

    def select_contradictions(self, room_share: float) -> None:
        """Contradictions with all sides that they name; those first whose second side has the most origins."""
        listed = self._event.contradictions
        sides = {side for contradiction in listed for side in contradiction.sides}
        origins = {side: self._parts.claims[side].origins for side in sides if side in self._parts.claims}
        order = sorted(range(len(listed)), key=lambda at: (*_contradiction_sort_key(listed[at], origins), at))
        misses = 0
        for at in order:
            one = reduce_contradiction(listed[at], origins, self._articles)
            cited = [passage.article_id for position in one.positions for passage in position.passages]
            claims = [self._parts.claims[side] for side in one.sides if side in self._parts.claims]
            if len(claims) == len(one.sides) and self._add_if_fits(
                room_share, count_json_bytes(one), claims=claims, article_ids=cited
            ):
                self._contradictions[at] = one
            elif (misses := misses + 1) == _MOST_MISSES:
                return

    def select_figures(self, room_share: float) -> None:
        """Rows of figures with claims for the two best reported values; those first that clash, then by origins."""
        rank = {verdict: place for place, verdict in enumerate(_VERDICTS)}
        listed = self._event.figures
        order = sorted(
            range(len(listed)),
            key=lambda at: (
                rank.get(listed[at].verdict, len(rank)),
                -max(value.origins for value in listed[at].values),
                at,
            ),
        )
        misses = 0
        for at in order:
            one = reduce_figure(listed[at])
            strongest = sorted(one.values, key=lambda value: -value.origins)[:_MOST_SHOWN]
            claims = [claim for value in strongest for claim in self._list_best_reported_claim(value.claim_ids)]
            if self._add_if_fits(room_share, count_json_bytes(one), claims=claims):
                self._figures[at] = one
            elif (misses := misses + 1) == _MOST_MISSES:
                return

    def select_claims(self, room_share: float) -> None:
        """Claims by how many origins report them, the newest first."""
        misses = 0
        for claim in self._parts.ranked_claims:
            if claim.claim_id in self._claims or self._add_if_fits(room_share, 0, claims=(claim,)):
                continue
            if (misses := misses + 1) == _MOST_MISSES:
                return

    def select_articles(self, room_share: float) -> None:
        """The first article of each origin, of the most carried one first; then the newest of the others."""
        carried = sorted(self._event.origins, key=lambda origin: -len(origin.article_ids))
        firsts = [origin.article_ids[0] for origin in carried]
        others = (article.article_id for article in reversed(self._event.articles))
        misses = 0
        tried: set[str] = set()
        for article_id in chain(firsts, others):
            if article_id in tried:
                continue
            tried.add(article_id)
            if article_id in self._articles or self._add_if_fits(room_share, 0, article_ids=(article_id,)):
                continue
            if (misses := misses + 1) == _MOST_MISSES:
                return

    def select_entities(self, room_share: float) -> None:
        """Names, those first that are spelt in more than one way."""
        listed = self._event.entities
        for at in sorted(range(len(listed)), key=lambda at: (-len(listed[at].variants), at)):
            one = keep_known_articles_in_entity(listed[at], self._articles)
            if one.variants and not self._add_if_fits(room_share, count_json_bytes(one)):
                return
            if one.variants:
                self._entities[at] = one

    def select_timeline(self, room_share: float) -> None:
        """Lines of articles that are here: the first and the last of them."""
        timeline = self._event.timeline
        places: set[int] = set()
        for walked in (range(len(timeline)), reversed(range(len(timeline)))):
            here = (at for at in walked if timeline[at].article_id in self._articles)
            places.update(islice(here, _MOST_MOMENTS // 2))
        for at in sorted(places):
            if not self._add_if_fits(room_share, count_json_bytes(timeline[at])):
                return
            self._timeline[at] = timeline[at]

    def build_snapshot(self) -> Event:
        """The event with what was chosen, in the order in which it has it."""
        parts = self._parts
        articles = _select_objects(self._event.articles, (parts.articles[one] for one in self._articles))
        claims = _select_objects(self._event.claims, (parts.claims[one] for one in self._claims))
        return self._frame.model_copy(
            update={
                "summary": tuple(self._summary),
                "articles": tuple(self._articles[one.article_id] for one in articles),
                "origins": tuple(self._list_selected_origins()),
                "entities": tuple(one for _, one in sorted(self._entities.items())),
                "claims": tuple(self._claims[one.claim_id] for one in claims),
                "contradictions": tuple(one for _, one in sorted(self._contradictions.items())),
                "figures": tuple(
                    keep_known_ids_in_figure(one, self._event.figures[at], self._claims, self._articles)
                    for at, one in sorted(self._figures.items())
                ),
                "timeline": tuple(one for _, one in sorted(self._timeline.items())),
            }
        )

    def count_bytes_of(self, snapshot: Event) -> int:
        """Bytes of what was chosen as JSON; articles and claims were measured one by one, with commas between them."""
        rest = snapshot.model_copy(update={"articles": (), "claims": ()})
        commas = sum(max(0, len(listed) - 1) for listed in (snapshot.articles, snapshot.claims))
        return count_json_bytes(rest) + self._bytes_of_listed + commas

    def _list_selected_origins(self) -> Iterable[Origin]:
        listed = {article.origin_id for article in self._articles.values()}
        origins = (self._parts.origins[one] for one in listed if one in self._parts.origins)
        for origin in _select_objects(self._event.origins, origins):
            ids = tuple(filter(self._articles.__contains__, origin.article_ids))
            if ids:
                yield origin.model_copy(update={"article_ids": ids})

    def _list_best_reported_claim(self, claim_ids: Sequence[str]) -> list[MergedClaim]:
        """The best reported of some claims."""
        known = [self._parts.claims[one] for one in claim_ids[:MOST_IDS] if one in self._parts.claims]
        return [min(known, key=rank_claim)] if known else []

    def _add_if_fits(
        self, room_share: float, byte_count: int, *, claims: Iterable[MergedClaim] = (), article_ids: Iterable[str] = ()
    ) -> bool:
        """Whether something of that size fits, with claims and articles that are not here yet. Then they are."""
        cited = dict.fromkeys(article_ids)
        new: dict[str, MergedClaim] = {}
        listed_bytes = 0
        for claim in claims:
            if claim.claim_id not in self._claims and claim.claim_id not in new:
                reduced, claim_bytes = self._parts.measure_claim(claim, self._articles.keys() | cited)
                new[claim.claim_id] = reduced
                listed_bytes += claim_bytes
                byte_count += _SEPARATORS
                cited |= dict.fromkeys(self._list_cited_article_ids(reduced))
        found: dict[str, EventArticle] = {}
        for article_id in cited:
            if article_id not in self._articles and article_id in self._parts.articles:
                found[article_id], article_bytes = self._parts.measure_article(article_id)
                listed_bytes += article_bytes
                byte_count += self._count_origin_bytes(found[article_id])
        byte_count += listed_bytes + _SEPARATORS
        if self._spent + byte_count > self._room * room_share:
            return False
        self._spent += byte_count
        self._bytes_of_listed += listed_bytes
        self._claims |= new
        self._articles |= found
        return True

    def _list_cited_article_ids(self, claim: MergedClaim) -> Iterable[str]:
        """Its articles, and the first ones of its origins."""
        for support in claim.supports:
            yield support.article_id
            if support.origin_id in self._parts.origins:
                yield self._parts.origins[support.origin_id].article_ids[0]

    def _count_origin_bytes(self, article: EventArticle) -> int:
        origin = self._parts.origins.get(article.origin_id)
        names = (article.article_id, article.origin_id, (origin.wire_credit if origin else None) or "")
        return _ORIGIN_BYTES + 2 * _SEPARATORS + sum(len(name.encode()) for name in names)


def _select_objects(parts: Sequence[P], chosen: Iterable[P]) -> list[P]:
    """Those of some parts that are chosen, in their order; none of the others is looked into."""
    identities = set(map(id, chosen))
    return list(compress(parts, map(identities.__contains__, map(id, parts))))


def _contradiction_sort_key(contradiction: Contradiction, origin_counts: dict[str, int]) -> tuple[int, int]:
    """How well reported the second side is, then the first; the best sorts first."""
    told = sorted((origin_counts.get(side, 0) for side in contradiction.sides), reverse=True)
    return -told[1], -told[0]
