"""Which outlet reports which claim: a row for each claim, a column for each outlet, grouped by origin. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped
from services.api.pages.claim_views import reading_order
from services.api.pages.plots.first_reports import Precisions, first_report_of, precisions
from services.api.pages.plots.opposition import Dispute, disputes_by_claim
from services.api.pages.same_words import Words, words_in_article
from services.api.pages.source_disputes import is_between_sources
from services.api.pages.stances import stance_of
from services.contracts.event import Event, EventArticle
from services.contracts.event_claims import Contradiction, MergedClaim

MOST_CLAIMS = 12
MOST_OUTLETS = 14
MOST_NAMED = 6
"""Outlets without a column that are named."""
_CLAIM_CHARACTERS = 110


class Cell(StrEnum):
    """What an outlet does with a claim; the words are shown."""

    FIRST = "first"
    """Prints the words that are shown, surely before all other outlets."""
    REPORTS = "reports"
    """Prints the words that are shown."""
    CUTS = "in part"
    """Gives some of the quoted words."""
    FIRST_CUTS = "first, in part"
    """The same, surely before all other outlets."""
    OTHER_WORDS = "other words"
    """Reports it in other words than those that are shown."""
    FIRST_OTHER_WORDS = "first, other words"
    """The same, surely before all other outlets."""
    DIFFERS = "differs"
    """Reports claims of other sides on which reports differ, and none of this claim's side."""
    SILENT = ""
    """Reports neither."""


_CELLS = {
    Words.SAME: (Cell.REPORTS, Cell.FIRST),
    Words.PART: (Cell.CUTS, Cell.FIRST_CUTS),
    Words.OTHER: (Cell.OTHER_WORDS, Cell.FIRST_OTHER_WORDS),
}
"""By the words that an outlet prints: not the first, the first."""


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
    """What stands before the words unless the speaker asserts them: "Denied"."""
    text: str
    cells: tuple[Cell, ...]
    """One for each outlet, in the order of the columns."""


@dataclass(frozen=True)
class ClaimMatrix:
    """The whole matrix."""

    groups: tuple[ColumnGroup, ...]
    rows: tuple[MatrixRow, ...]
    more_claims: int
    """Claims of the same kinds, listed on the page, that have no row."""
    more_outlets: int
    """Outlets that report one of the claims and have no column."""
    silent_outlets: tuple[str, ...]
    """Outlets that report none of the claims, the first `MOST_NAMED`."""
    more_silent_outlets: int

    @property
    def words(self) -> frozenset[str]:
        """The words that stand in cells, each to be explained."""
        return frozenset(word for row in self.rows for cell in row.cells for word in cell.value.split(", "))


def claim_matrix(event: Event, listed: Collection[str], index: ArticleIndex) -> ClaimMatrix | None:
    """The matrix of the claims that several origins report, then of those that others contradict.

    Args:
        event: The whole event. By its figures two sides of a contradiction are known to be compatible.
        listed: Ids of the claims that the page lists.
        index: Names the articles.

    Returns:
        None where there are not two such claims and two outlets.
    """
    comparable = _comparable([claim for claim in event.claims if claim.claim_id in listed], event.contradictions)
    chosen = comparable[:MOST_CLAIMS]
    columns = _columns(event.articles, {support.article_id for claim in chosen for support in claim.supports})
    if len(chosen) < 2 or len(columns) < 2:  # noqa: PLR2004 - two, to compare
        return None
    shown = columns[:MOST_OUTLETS]
    by_id = {claim.claim_id: claim for claim in event.claims}
    differences = [one for one in event.contradictions if not is_between_sources(one, by_id)]
    disputes = disputes_by_claim(differences, event.figures)
    reporting = _reporting(event)
    silent = _without_column(event.articles, columns, index)
    return ClaimMatrix(
        groups=tuple(
            ColumnGroup(tuple(_column(column, index) for column in group))
            for _, group in groupby(shown, key=lambda column: column[0].origin_id)
        ),
        rows=tuple(
            MatrixRow(
                claim.claim_id,
                phrases.speaker(claim.speaker) if claim.speaker else None,
                stance_of(claim),
                clipped(claim.text.replace("\n", " "), _CLAIM_CHARACTERS),
                tuple(_cells(claim, shown, disputes.get(claim.claim_id, ()), reporting)),
            )
            for claim in chosen
        ),
        more_claims=len(comparable) - len(chosen),
        more_outlets=len(columns) - len(shown),
        silent_outlets=silent[:MOST_NAMED],
        more_silent_outlets=len(silent[MOST_NAMED:]),
    )


def _comparable(claims: Sequence[MergedClaim], contradictions: Sequence[Contradiction]) -> list[MergedClaim]:
    """Claims of several origins and disputed ones; the first `MOST_CLAIMS` are of both kinds."""
    by_id = {claim.claim_id: claim for claim in claims}
    corroborated = sorted((claim for claim in claims if claim.origins > 1), key=reading_order)
    disputed = [by_id[side] for contradiction in contradictions for side in contradiction.sides if side in by_id]
    # Half of the rows at most for the first kind, unless the second has fewer.
    room = max(MOST_CLAIMS // 2, MOST_CLAIMS - len({claim.claim_id for claim in disputed}))
    chosen = {claim.claim_id: claim for claim in (*corroborated[:room], *disputed, *corroborated[room:])}
    return list(chosen.values())


def _columns(articles: Sequence[EventArticle], reporting: set[str]) -> list[tuple[EventArticle, ...]]:
    """The articles of each outlet within each origin; only outlets that report one of the claims.

    In order of their first articles, as the list of articles is, but those of one origin together.
    """
    places = {article.article_id: place for place, article in enumerate(articles)}
    groups: dict[str, dict[str, list[EventArticle]]] = {}
    for article in articles:
        groups.setdefault(article.origin_id, {}).setdefault(_outlet(article), []).append(article)
    reported = (
        [tuple(own) for own in outlets.values() if any(article.article_id in reporting for article in own)]
        for outlets in groups.values()
    )
    ordered = sorted(filter(None, reported), key=lambda columns: places[columns[0][0].article_id])
    return [column for columns in ordered for column in columns]


def _without_column(
    articles: Sequence[EventArticle], columns: Sequence[Sequence[EventArticle]], index: ArticleIndex
) -> tuple[str, ...]:
    """Names of outlets that report none of the claims, each once, in the order of their first articles."""
    reporting = {_outlet(column[0]) for column in columns}
    silent: dict[str, EventArticle] = {}
    for article in articles:
        if _outlet(article) not in reporting:
            silent.setdefault(_outlet(article), article)
    return tuple(dict.fromkeys(index.outlet(article.article_id, article.publisher) for article in silent.values()))


def _outlet(article: EventArticle) -> str:
    return article.publisher.key or article.article_id


def _column(articles: Sequence[EventArticle], index: ArticleIndex) -> Column:
    first = articles[0]
    return Column(index.outlet(first.article_id, first.publisher), index.number(first.article_id))


@dataclass(frozen=True)
class _Reporting:
    """Which articles report what."""

    by_claim: Mapping[str, set[str]]
    by_outlet: Mapping[str, set[str]]
    precisions: Precisions

    def has_any(self, outlet: str, claims: Iterable[str]) -> bool:
        """Whether an outlet reports one of these claims."""
        articles = self.by_outlet[outlet]
        return any(not articles.isdisjoint(self.by_claim.get(claim_id, ())) for claim_id in claims)


def _reporting(event: Event) -> _Reporting:
    by_outlet: dict[str, set[str]] = {}
    for article in event.articles:
        by_outlet.setdefault(_outlet(article), set()).add(article.article_id)
    by_claim = {claim.claim_id: {support.article_id for support in claim.supports} for claim in event.claims}
    return _Reporting(by_claim, by_outlet, precisions(event.articles))


def _cells(
    claim: MergedClaim,
    columns: Sequence[Sequence[EventArticle]],
    disputes: Sequence[Dispute],
    reporting: _Reporting,
) -> Iterator[Cell]:
    first = first_report_of(claim, reporting.precisions)
    for column in columns:
        outlet = _outlet(column[0])
        articles = {article.article_id for article in column}
        own = [support for support in claim.supports if support.article_id in articles]
        if own:
            is_first = first in own
            words = {words_in_article(support, claim) for support in own if support is first or not is_first}
            yield _CELLS[min(words, key=list(Words).index)][is_first]
        elif any(
            reporting.has_any(outlet, dispute.opponents) and not reporting.has_any(outlet, dispute.side)
            for dispute in disputes
        ):
            yield Cell.DIFFERS
        else:
            yield Cell.SILENT
