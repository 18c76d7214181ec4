"""An event as a reader knows it that has only its changes: what they come to when applied to nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import ClaimWithoutReports, EventChange, first_reports
from services.contracts.event import Counts, Event, EventArticle, EventStatus
from services.contracts.event_claims import Contradiction, FigureVerdict, Support

Value = tuple[object, ...]
Row = tuple[str, str | None, int]


@dataclass
class ToldEvent:
    """What readers of changes know."""

    version: int = 0
    status: EventStatus = EventStatus.OPEN
    merged_into: str | None = None
    headline: str | None = None
    articles: dict[str, EventArticle] = field(default_factory=dict)
    claims: dict[str, ClaimWithoutReports] = field(default_factory=dict)
    reports: dict[str, dict[str, Support]] = field(default_factory=dict)
    """By claim, then by origin."""
    figures: dict[Row, tuple[FigureVerdict, frozenset[Value]]] = field(default_factory=dict)
    contradictions: Counter[tuple[str, frozenset[str]]] = field(default_factory=Counter)

    @property
    def counts(self) -> Counts:
        """Counted from the articles."""
        return Counts(
            articles=len(self.articles),
            publishers=len({key for one in self.articles.values() if (key := one.publisher.key)}),
            origins=len({one.origin_id for one in self.articles.values()}),
        )


def told_by(event: Event) -> ToldEvent:
    """What readers of changes must know of a view."""
    if event.status is EventStatus.MERGED:
        return ToldEvent(version=event.version, status=event.status, merged_into=event.merged_into)
    rows: Counter[tuple[str, str | None]] = Counter()
    figures: dict[Row, tuple[FigureVerdict, frozenset[Value]]] = {}
    for figure in event.figures:
        rows[figure.counted, figure.unit] += 1
        values: frozenset[Value] = frozenset(
            (one.value, one.bound, one.increment, one.derived_from) for one in figure.values
        )
        figures[figure.counted, figure.unit, rows[figure.counted, figure.unit]] = (figure.verdict, values)
    return ToldEvent(
        version=event.version,
        status=event.status,
        headline=event.headline,
        articles={one.article_id: one for one in event.articles},
        claims={one.claim_id: ClaimWithoutReports.of(one) for one in event.claims},
        reports={one.claim_id: first_reports(one) for one in event.claims},
        figures=figures,
        contradictions=Counter(map(_key, event.contradictions)),
    )


def apply(told: ToldEvent, changes: Iterable[EventChange]) -> ToldEvent:
    """The event after the changes, which must follow on each other without a gap."""
    place = of = 0
    for change in changes:
        if place == of:
            assert (change.previous_version, change.place) == (told.version, 1)
            place, of = 0, change.changes
        assert (change.place, change.changes) == (place + 1, of)
        place = change.place
        told = _applied(told, change)
        if place == of:
            told = replace(told, version=change.version)
            assert change.counts == told.counts
    assert place == of
    return told


def _applied(told: ToldEvent, change: EventChange) -> ToldEvent:
    match change.kind:
        case ChangeKind.EVENT_FOUNDED | ChangeKind.HEADLINE_CHANGED:
            return replace(told, headline=change.headline)
        case ChangeKind.MERGED:
            return ToldEvent(status=EventStatus.MERGED, merged_into=change.other_event_id)
        case ChangeKind.CLOSED:
            return replace(told, status=EventStatus.CLOSED)
    if change.kind.startswith(("article_", "origin_renamed")):
        _apply_to_articles(told, change)
    elif change.figure is not None:
        _apply_to_figures(told, change)
    elif change.contradiction is not None:
        _apply_to_contradictions(told, change)
    else:
        _apply_to_claims(told, change)
    return told


def _apply_to_articles(told: ToldEvent, change: EventChange) -> None:
    if change.kind == ChangeKind.ORIGIN_RENAMED:
        old, new = str(change.previous_origin_id), str(change.origin_id)
        told.articles = {
            key: one.model_copy(update={"origin_id": new}) if one.origin_id == old else one
            for key, one in told.articles.items()
        }
        for claim_id, reports in told.reports.items():
            told.reports[claim_id] = {
                new if key == old else key: one.model_copy(update={"origin_id": new}) if key == old else one
                for key, one in reports.items()
            }
    elif change.kind == ChangeKind.ARTICLE_LEFT:
        del told.articles[str(change.article_id)]
    else:
        assert change.article is not None
        assert (change.kind == ChangeKind.ARTICLE_JOINED) == (change.article_id not in told.articles)
        told.articles[change.article.article_id] = change.article


def _apply_to_claims(told: ToldEvent, change: EventChange) -> None:
    claim_id = change.claim_ids[0] if change.claim_ids else ""
    match change.kind:
        case ChangeKind.CLAIM_RENAMED:
            old = str(change.previous_claim_id)
            told.claims[claim_id] = told.claims.pop(old).model_copy(update={"claim_id": claim_id})
            told.reports[claim_id] = told.reports.pop(old)
            told.contradictions = Counter(
                (kind, frozenset(claim_id if side == old else side for side in sides))
                for kind, sides in told.contradictions.elements()
            )
        case ChangeKind.CLAIM_WITHDRAWN:
            del told.claims[claim_id], told.reports[claim_id]
        case ChangeKind.CLAIM_ADDED:
            assert change.claim is not None
            assert claim_id not in told.claims
            told.claims[claim_id] = change.claim
            told.reports[claim_id] = _report(change)
        case ChangeKind.CLAIM_CHANGED:
            assert change.claim is not None
            told.claims[claim_id] = change.claim
        case ChangeKind.ORIGIN_LOST:
            del told.reports[claim_id][str(change.origin_id)]
        case ChangeKind.ORIGIN_GAINED | ChangeKind.REPORT_CHANGED:
            assert (change.kind == ChangeKind.ORIGIN_GAINED) == (change.origin_id not in told.reports[claim_id])
            told.reports[claim_id] |= _report(change)
        case ChangeKind.DENIAL:
            assert told.reports[claim_id][str(change.origin_id)] == change.support


def _report(change: EventChange) -> dict[str, Support]:
    assert change.support is not None
    return {change.support.origin_id: change.support}


def _apply_to_figures(told: ToldEvent, change: EventChange) -> None:
    figure = change.figure
    assert figure is not None
    row = figure.counted, figure.unit, figure.number
    _, values = told.figures.get(row, (FigureVerdict.SINGLE, frozenset()))
    if figure.value is not None:
        value = figure.value.value, figure.value.bound, figure.value.increment, figure.value.derived_from
        values = values - {value} if change.kind == ChangeKind.FIGURE_WITHDRAWN else values | {value}
    if figure.verdict is None:
        told.figures.pop(row, None)
    else:
        told.figures[row] = figure.verdict, values


def _apply_to_contradictions(told: ToldEvent, change: EventChange) -> None:
    contradiction = change.contradiction
    assert contradiction is not None
    gone: Any = None
    if change.kind == ChangeKind.CONTRADICTION_CLOSED:
        gone = _key(contradiction)
    else:
        told.contradictions[_key(contradiction)] += 1
    if change.kind == ChangeKind.CONTRADICTION_CHANGED:
        gone = contradiction.kind, frozenset(change.previous_sides)
    if gone is not None:
        assert told.contradictions[gone] > 0
        told.contradictions[gone] -= 1
        told.contradictions += Counter()


def _key(contradiction: Contradiction) -> tuple[str, frozenset[str]]:
    return contradiction.kind, frozenset(contradiction.sides)
