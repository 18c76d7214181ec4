"""Which outlet reports which claim: a row for each claim, a column for each outlet, grouped by origin. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations, groupby

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped
from services.api.pages.claim_views import reading_order
from services.contracts.event import EventArticle
from services.contracts.event_claims import (
    Contradiction,
    ContradictionKind,
    Figure,
    FigureValue,
    MergedClaim,
    Support,
    SupportForm,
)
from services.language.quantities import ranges_meet

MOST_CLAIMS = 12
MOST_OUTLETS = 14
_CLAIM_CHARACTERS = 110


class Cell(StrEnum):
    """What an outlet does with a claim; the words are shown."""

    FIRST = "first"
    """Reports it before all others."""
    REPORTS = "reports"
    """Reports it."""
    CUTS = "in part"
    """Gives some of the quoted words."""
    DIFFERS = "differs"
    """Does not report it, but another claim that cannot hold beside it."""
    SILENT = ""
    """Reports neither."""


@dataclass(frozen=True)
class Column:
    """An outlet's articles of one origin."""

    outlet: str
    number: int | None
    """Number of the first of these articles in the event's list."""


@dataclass(frozen=True)
class ColumnGroup:
    """The outlets that share an origin, its first one at the left."""

    columns: tuple[Column, ...]


@dataclass(frozen=True)
class MatrixRow:
    """One claim."""

    claim_id: str
    speaker: str | None
    stance: str | None
    """What the speaker does with it, unless that is to assert it."""
    text: str
    cells: tuple[Cell, ...]
    """One for each outlet, in the order of the columns."""


@dataclass(frozen=True)
class ClaimMatrix:
    """The whole matrix."""

    groups: tuple[ColumnGroup, ...]
    rows: tuple[MatrixRow, ...]
    more_outlets: int
    """Outlets that have no column."""


def claim_matrix(
    articles: Sequence[EventArticle],
    claims: Sequence[MergedClaim],
    contradictions: Sequence[Contradiction],
    figures: Sequence[Figure],
    index: ArticleIndex,
) -> ClaimMatrix | None:
    """The matrix of the claims that several origins report, then of those that others contradict.

    Args:
        articles: Of the event, in order of publication.
        claims: Those that the page lists, with all their reports.
        contradictions: Of the event.
        figures: Of the event; by them two sides of a contradiction are known to be compatible.
        index: Names the articles.

    Returns:
        None where there are not two such claims and two outlets.
    """
    chosen = _chosen(claims, contradictions)
    columns = list(_columns(articles, {support.article_id for claim in chosen for support in claim.supports}))
    if len(chosen) < 2 or len(columns) < 2:  # noqa: PLR2004 - two, to compare
        return None
    shown = columns[:MOST_OUTLETS]
    opponents = opposed_claims(contradictions, figures)
    reporting = {claim.claim_id: {support.article_id for support in claim.supports} for claim in claims}
    return ClaimMatrix(
        groups=tuple(
            ColumnGroup(tuple(_column(column, index) for column in group))
            for _, group in groupby(shown, key=lambda column: column[0].origin_id)
        ),
        rows=tuple(
            MatrixRow(
                claim.claim_id,
                phrases.speaker(claim.speaker) if claim.speaker else None,
                phrases.COMMITMENT[claim.commitment],
                clipped(claim.text.replace("\n", " "), _CLAIM_CHARACTERS),
                tuple(_cells(claim, shown, opponents.get(claim.claim_id, ()), reporting)),
            )
            for claim in chosen
        ),
        more_outlets=len(columns) - len(shown),
    )


def opposed_claims(contradictions: Iterable[Contradiction], figures: Iterable[Figure]) -> Mapping[str, frozenset[str]]:
    """By claim, the claims that cannot hold beside it.

    Two sides of a contradiction need not oppose each other: "at least 14" and "about 20" both oppose "nine". Positions
    with the same words agree; figures whose ranges meet are compatible; who says otherwise and who denies both oppose
    who says so.
    """
    tables = [{claim_id: value for value in figure.values for claim_id in value.claim_ids} for figure in figures]
    opponents: dict[str, set[str]] = {}
    for contradiction in contradictions:
        # A claim can count several things: the table that knows most of the sides is the one that is disputed.
        values = max(tables, key=lambda table: len(table.keys() & set(contradiction.sides)), default={})
        for position, other in combinations(contradiction.positions, 2):
            if position.says.casefold() == other.says.casefold():
                continue
            pair = (position.claim_id, other.claim_id)
            if contradiction.kind is ContradictionKind.POLARITY and _AFFIRMS.isdisjoint((position.says, other.says)):
                continue
            if contradiction.kind is ContradictionKind.FIGURE and _compatible(*map(values.get, pair)):
                continue
            opponents.setdefault(pair[0], set()).add(pair[1])
            opponents.setdefault(pair[1], set()).add(pair[0])
    return {claim_id: frozenset(others - {claim_id}) for claim_id, others in opponents.items()}


_AFFIRMS = frozenset(("confirms", "says so"))


def _compatible(value: FigureValue | None, other: FigureValue | None) -> bool:
    if value is None or other is None:
        return False
    return ranges_meet((value.low, value.high), (other.low, other.high))


def _chosen(claims: Sequence[MergedClaim], contradictions: Sequence[Contradiction]) -> list[MergedClaim]:
    by_id = {claim.claim_id: claim for claim in claims}
    corroborated = sorted((claim for claim in claims if claim.origins > 1), key=reading_order)
    disputed = [by_id[side] for contradiction in contradictions for side in contradiction.sides if side in by_id]
    # Half of the rows at most for the first kind, unless the second has fewer.
    room = max(MOST_CLAIMS // 2, MOST_CLAIMS - len({claim.claim_id for claim in disputed}))
    chosen = {claim.claim_id: claim for claim in (*corroborated[:room], *disputed, *corroborated[room:])}
    return list(chosen.values())[:MOST_CLAIMS]


def _columns(articles: Sequence[EventArticle], reporting: set[str]) -> Iterator[tuple[EventArticle, ...]]:
    """The articles of each outlet within each origin; only outlets that report one of the claims."""
    groups: dict[str, dict[str, list[EventArticle]]] = {}
    for article in articles:
        outlets = groups.setdefault(article.origin_id, {})
        outlets.setdefault(article.publisher.key or article.article_id, []).append(article)
    for outlets in groups.values():
        for own in outlets.values():
            if any(article.article_id in reporting for article in own):
                yield tuple(own)


def _column(articles: Sequence[EventArticle], index: ArticleIndex) -> Column:
    first = articles[0]
    return Column(index.outlet(first.article_id, first.publisher), index.number(first.article_id))


def _cells(
    claim: MergedClaim,
    columns: Sequence[Sequence[EventArticle]],
    opponents: Iterable[str],
    reporting: Mapping[str, set[str]],
) -> Iterator[Cell]:
    supports: dict[str, Support] = {}
    for support in claim.supports:
        supports.setdefault(support.article_id, support)
    first = _first(claim.supports)
    opposing = {article_id for opponent in opponents for article_id in reporting.get(opponent, ())}
    for column in columns:
        own = [supports[article.article_id] for article in column if article.article_id in supports]
        if any(support.article_id == first for support in own):
            yield Cell.FIRST
        elif own:
            yield Cell.CUTS if all(support.form is SupportForm.CUT for support in own) else Cell.REPORTS
        elif any(article.article_id in opposing for article in column):
            yield Cell.DIFFERS
        else:
            yield Cell.SILENT


def _first(supports: Sequence[Support]) -> str | None:
    """The article that reports it first; None where that is not known, or only one reports it."""
    dated: list[tuple[datetime, str]] = [
        (support.published_at, support.article_id) for support in supports if support.published_at is not None
    ]
    if len({support.article_id for support in supports}) < 2 or len(dated) < len(supports):  # noqa: PLR2004
        return None
    return min(dated)[1]
