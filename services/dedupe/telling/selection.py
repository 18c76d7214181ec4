"""Chooses parts of a view for a snapshot, the most telling first, each with the articles and claims it names. Pure."""

from collections.abc import Iterable, Sequence

from services.contracts.event import Event, EventArticle, EventEntity, Origin, SummarySentence, TimelineEntry
from services.contracts.event_claims import Contradiction, Figure, FigureVerdict, MergedClaim
from services.dedupe.telling.reduction import (
    MOST_IDS,
    article_without_reasons,
    entity_within,
    figure_within,
    frame,
    smaller_claim,
    smaller_contradiction,
    smaller_figure,
    weight,
)

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


class Selection:
    """What of one event is chosen so far, and the bytes that it takes."""

    def __init__(self, event: Event, room: int) -> None:
        self._event = event
        self._room = room
        self._frame = frame(event, room // 4)
        self._spent = weight(self._frame)
        self._origins = {origin.origin_id: origin for origin in event.origins}
        self._by_id = {article.article_id: article for article in event.articles}
        self._all_claims = {claim.claim_id: claim for claim in event.claims}
        self._claims: dict[str, MergedClaim] = {}
        self._articles: dict[str, EventArticle] = {}
        self._contradictions: dict[int, Contradiction] = {}
        self._figures: dict[int, Figure] = {}
        self._entities: dict[int, EventEntity] = {}
        self._timeline: dict[int, TimelineEntry] = {}
        self._summary: list[SummarySentence] = []

    def take_summary(self, share: float) -> None:
        """Its sentences with the articles that they are from, up to that share of the room."""
        for sentence in self._event.summary:
            if self._take(share, weight(sentence), articles=(sentence.article_id,)):
                self._summary.append(sentence)

    def take_contradictions(self, share: float) -> None:
        """Contradictions with all sides that they name; those first whose second side has the most origins."""
        origins = {claim.claim_id: claim.origins for claim in self._event.claims}
        listed = self._event.contradictions
        order = sorted(range(len(listed)), key=lambda at: (*_strength(listed[at], origins), at))
        misses = 0
        for at in order:
            one = smaller_contradiction(listed[at], origins, self._articles)
            cited = [passage.article_id for position in one.positions for passage in position.passages]
            claims = [self._all_claims[side] for side in one.sides if side in self._all_claims]
            if len(claims) == len(one.sides) and self._take(share, weight(one), claims=claims, articles=cited):
                self._contradictions[at] = one
            elif (misses := misses + 1) == _MOST_MISSES:
                return

    def take_figures(self, share: float) -> None:
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
            one = smaller_figure(listed[at])
            strongest = sorted(one.values, key=lambda value: -value.origins)[:_MOST_SHOWN]
            claims = [claim for value in strongest for claim in self._best(value.claim_ids)]
            if self._take(share, weight(one), claims=claims):
                self._figures[at] = one
            elif (misses := misses + 1) == _MOST_MISSES:
                return

    def take_claims(self, share: float) -> None:
        """Claims by how many origins report them, the newest first."""
        misses = 0
        for claim in sorted(self._event.claims, key=_telling_first):
            if claim.claim_id in self._claims or self._take(share, 0, claims=(claim,)):
                continue
            if (misses := misses + 1) == _MOST_MISSES:
                return

    def take_articles(self, share: float) -> None:
        """The first article of each origin, of the most carried one first; then the newest of the others."""
        carried = sorted(self._event.origins, key=lambda origin: -len(origin.article_ids))
        firsts = [origin.article_ids[0] for origin in carried]
        others = (article.article_id for article in reversed(self._event.articles))
        misses = 0
        for article_id in dict.fromkeys((*firsts, *others)):
            if article_id in self._articles or self._take(share, 0, articles=(article_id,)):
                continue
            if (misses := misses + 1) == _MOST_MISSES:
                return

    def take_names(self, share: float) -> None:
        """Names, those first that are spelt in more than one way."""
        listed = self._event.entities
        for at in sorted(range(len(listed)), key=lambda at: (-len(listed[at].variants), at)):
            one = entity_within(listed[at], self._articles)
            if one.variants and not self._take(share, weight(one)):
                return
            if one.variants:
                self._entities[at] = one

    def take_timeline(self, share: float) -> None:
        """Lines of articles that are here: the first and the last of them."""
        here = [(at, one) for at, one in enumerate(self._event.timeline) if one.article_id in self._articles]
        if len(here) > _MOST_MOMENTS:
            here = [*here[: _MOST_MOMENTS // 2], *here[-(_MOST_MOMENTS // 2) :]]
        for at, one in here:
            if not self._take(share, weight(one)):
                return
            self._timeline[at] = one

    def event(self) -> Event:
        """The event with what was chosen, in the order in which it has it."""
        articles = [one for one in self._event.articles if one.article_id in self._articles]
        claims = [self._claims[one.claim_id] for one in self._event.claims if one.claim_id in self._claims]
        return self._frame.model_copy(
            update={
                "summary": tuple(self._summary),
                "articles": tuple(self._articles[one.article_id] for one in articles),
                "origins": tuple(self._origins_within()),
                "entities": tuple(one for _, one in sorted(self._entities.items())),
                "claims": tuple(claims),
                "contradictions": tuple(one for _, one in sorted(self._contradictions.items())),
                "figures": tuple(
                    figure_within(one, self._event.figures[at], self._claims, self._articles)
                    for at, one in sorted(self._figures.items())
                ),
                "timeline": tuple(one for _, one in sorted(self._timeline.items())),
            }
        )

    def _origins_within(self) -> Iterable[Origin]:
        for origin in self._event.origins:
            ids = tuple(one for one in origin.article_ids if one in self._articles)
            if ids:
                yield origin.model_copy(update={"article_ids": ids})

    def _best(self, claim_ids: Sequence[str]) -> list[MergedClaim]:
        """The best reported of some claims."""
        known = [self._all_claims[one] for one in claim_ids[:MOST_IDS] if one in self._all_claims]
        return [min(known, key=_telling_first)] if known else []

    def _take(
        self, share: float, size: int, *, claims: Iterable[MergedClaim] = (), articles: Iterable[str] = ()
    ) -> bool:
        """Whether something of that size fits, with claims and articles that are not here yet. Then they are."""
        cited = dict.fromkeys(articles)
        new: dict[str, MergedClaim] = {}
        for claim in claims:
            if claim.claim_id not in self._claims and claim.claim_id not in new:
                new[claim.claim_id] = smaller_claim(claim, self._articles.keys() | cited)
                cited |= dict.fromkeys(self._cited_by(new[claim.claim_id]))
        found = {
            one: article_without_reasons(self._by_id[one])
            for one in cited
            if one not in self._articles and one in self._by_id
        }
        size += _SEPARATORS + sum(weight(one) + _SEPARATORS for one in new.values())
        size += sum(weight(one) + self._origin_bytes(one) for one in found.values())
        if self._spent + size > self._room * share:
            return False
        self._spent += size
        self._claims |= new
        self._articles |= found
        return True

    def _cited_by(self, claim: MergedClaim) -> Iterable[str]:
        """Its articles, and the first ones of its origins."""
        for support in claim.supports:
            yield support.article_id
            if support.origin_id in self._origins:
                yield self._origins[support.origin_id].article_ids[0]

    def _origin_bytes(self, article: EventArticle) -> int:
        origin = self._origins.get(article.origin_id)
        names = (article.article_id, article.origin_id, (origin.wire_credit if origin else None) or "")
        return _ORIGIN_BYTES + 2 * _SEPARATORS + sum(len(name.encode()) for name in names)


def _telling_first(claim: MergedClaim) -> tuple[int, float, str]:
    at = claim.first_reported_at
    return -claim.origins, -at.timestamp() if at is not None else 0.0, claim.claim_id


def _strength(contradiction: Contradiction, origins: dict[str, int]) -> tuple[int, int]:
    """How well reported the second side is, then the first; the best sorts first."""
    told = sorted((origins.get(side, 0) for side in contradiction.sides), reverse=True)
    return -told[1], -told[0]
