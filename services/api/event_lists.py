"""All articles and claims of an event, as its changes tell them one by one. Pure.

What is kept is what the changes came to, so that the same log, cut into whatever batches, ends in the same bytes. A
change that is there already changes nothing. Where one is missing (it is older than the topic keeps them), the lists
are kept on, and known not to be whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from services.api.match.vectors import ArticleVector, vectors_told
from services.contracts.article import ArticleStatus
from services.contracts.base import Contract
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import ClaimWithoutReports, EventChange, first_reports
from services.contracts.event import EventArticle
from services.contracts.event_claims import MergedClaim, Support

M = TypeVar("M", bound=Contract)

_OF_ARTICLES = frozenset(kind for kind in ChangeKind if kind.startswith("article_"))
_OF_CLAIMS = frozenset(
    (
        *(ChangeKind.CLAIM_ADDED, ChangeKind.CLAIM_CHANGED, ChangeKind.CLAIM_RENAMED, ChangeKind.CLAIM_WITHDRAWN),
        *(ChangeKind.ORIGIN_GAINED, ChangeKind.ORIGIN_LOST, ChangeKind.REPORT_CHANGED),
    )
)
_OF_EVERYTHING = frozenset((ChangeKind.ORIGIN_RENAMED, ChangeKind.MERGED))


class ListMark(Contract):
    """How far the lists of an event are."""

    event_id: str
    version: int = 0
    place: int = 0
    """Of the last change within that version; 0: all of them are in."""
    whole: bool = True
    """Whether no change was missing."""


class ListedClaim(ClaimWithoutReports):
    """A merged claim with one report of each independent origin."""

    origins: int
    """Corroboration: how many independent origins report it."""
    reports: tuple[Support, ...]
    """The first report of each origin, earliest first."""

    @staticmethod
    def made_of(claim: ClaimWithoutReports, reports: Iterable[Support]) -> "ListedClaim":
        """The claim with these reports, one an origin."""
        ordered = tuple(sorted(reports, key=_order))
        told = {name: getattr(claim, name) for name in ClaimWithoutReports.model_fields}
        return ListedClaim.model_construct(**told, origins=len(ordered), reports=ordered)

    @staticmethod
    def of_merged(claim: MergedClaim) -> "ListedClaim":
        """The claim of a snapshot."""
        listed = ListedClaim.made_of(ClaimWithoutReports.of(claim), first_reports(claim).values())
        return listed.model_copy(update={"origins": claim.origins})


def _order(support: Support) -> tuple[bool, datetime | None, str, str]:
    return support.published_at is None, support.published_at, support.article_id, support.claim_id


@dataclass
class Lists:
    """The part of an event's lists that some changes are about, by id."""

    articles: dict[str, EventArticle] = field(default_factory=dict)
    claims: dict[str, ListedClaim] = field(default_factory=dict)


@dataclass(frozen=True)
class ListChange:
    """What changes do to the lists of one event."""

    mark: ListMark
    before: Lists
    after: Lists
    applied: int
    """How many changes that were."""
    vectors: Mapping[str, ArticleVector] = field(default_factory=dict)
    """By article id, the vectors that the changes give."""

    @property
    def without_vector(self) -> list[str]:
        """Articles that left the event, or were withdrawn, sorted."""
        gone = self.before.articles.keys() - self.after.articles.keys()
        withdrawn = (one for one, article in self.after.articles.items() if article.status is ArticleStatus.WITHDRAWN)
        return sorted({*gone, *withdrawn})


@dataclass(frozen=True)
class Wanted:
    """What must be known of the lists to apply changes."""

    everything: bool
    articles: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class ListPage(Generic[M]):
    """Part of a list, and what is told of the list."""

    event_id: str
    version: int
    whole: bool
    """Whether the list has all that the event has."""
    total: int
    next: str | None
    """The cursor that continues; None: the list ends here."""
    items: tuple[M, ...]

    def fields(self) -> dict[str, Any]:
        """All but the items."""
        return {name: getattr(self, name) for name in ("event_id", "version", "whole", "total", "next")}


def by_message(changes: Iterable[EventChange]) -> dict[str, EventChange]:
    """The changes in order, each once."""
    found: dict[str, EventChange] = {}
    for change in changes:
        found.setdefault(change.message_id, change)
    return found


def by_event(changes: Iterable[EventChange]) -> dict[str, list[EventChange]]:
    """The changes of each event, in order."""
    found: dict[str, list[EventChange]] = {}
    for change in changes:
        found.setdefault(change.event_id, []).append(change)
    return found


def due(mark: ListMark, changes: Iterable[EventChange]) -> tuple[ListMark, list[EventChange]]:
    """The changes that are not in the lists yet, and how far the lists are with them."""
    applied = []
    for change in changes:
        in_part = mark.place > 0 and change.version == mark.version
        if change.version < mark.version or (change.version == mark.version and not in_part):
            continue
        if in_part and change.place <= mark.place:
            continue
        follows = (
            change.place == mark.place + 1
            if in_part
            else (change.previous_version, change.place, mark.place) == (mark.version, 1, 0)
        )
        applied.append(change)
        mark = ListMark(
            event_id=change.event_id,
            version=change.version,
            place=change.place if change.place < change.changes else 0,
            whole=mark.whole and follows,
        )
    return mark, applied


def wanted(changes: Iterable[EventChange]) -> Wanted:
    """What of the lists the changes are about."""
    articles: dict[str, None] = {}
    claims: dict[str, None] = {}
    everything = False
    for change in changes:
        everything = everything or change.kind in _OF_EVERYTHING
        if change.kind in _OF_ARTICLES and change.article_id is not None:
            articles[change.article_id] = None
        if change.kind in _OF_CLAIMS:
            claims |= dict.fromkeys((*change.claim_ids, *filter(None, (change.previous_claim_id,))))
    return Wanted(everything, tuple(articles), tuple(claims))


def applied(mark: ListMark, before: Lists, changes: Sequence[EventChange]) -> ListChange:
    """The lists after the changes; `before` has what these are about."""
    after = Lists(dict(before.articles), dict(before.claims))
    for change in changes:
        if change.kind == ChangeKind.MERGED:
            after.articles.clear()
            after.claims.clear()
        elif change.kind == ChangeKind.ORIGIN_RENAMED:
            _rename_origin(after, str(change.previous_origin_id), str(change.origin_id))
        elif change.kind == ChangeKind.ARTICLE_LEFT:
            after.articles.pop(str(change.article_id), None)
        elif change.kind in _OF_ARTICLES and change.article is not None:
            after.articles[change.article.article_id] = change.article
        elif change.kind in _OF_CLAIMS and change.claim_ids:
            _change_claim(after.claims, change, change.claim_ids[0])
    usable = {one: article for one, article in after.articles.items() if article.status is not ArticleStatus.WITHDRAWN}
    return ListChange(mark, before, after, len(changes), vectors_told(changes, usable))


def _rename_origin(lists: Lists, old: str, new: str) -> None:
    for article_id, article in lists.articles.items():
        if article.origin_id == old:
            lists.articles[article_id] = article.model_copy(update={"origin_id": new})
    for claim_id, claim in lists.claims.items():
        if any(report.origin_id == old for report in claim.reports):
            reports = [
                report.model_copy(update={"origin_id": new}) if report.origin_id == old else report
                for report in claim.reports
            ]
            lists.claims[claim_id] = ListedClaim.made_of(claim, reports)


def _change_claim(claims: dict[str, ListedClaim], change: EventChange, claim_id: str) -> None:
    """A claim that is not there (lists that are not whole may lack it) stays away."""
    if change.kind == ChangeKind.CLAIM_ADDED and change.claim is not None and change.support is not None:
        claims[claim_id] = ListedClaim.made_of(change.claim, (change.support,))
        return
    if change.kind == ChangeKind.CLAIM_WITHDRAWN:
        claims.pop(claim_id, None)
        return
    claim = claims.pop(change.previous_claim_id or claim_id, None)
    if claim is None:
        return
    reports = {report.origin_id: report for report in claim.reports}
    if change.kind == ChangeKind.ORIGIN_LOST:
        reports.pop(str(change.origin_id), None)
    elif change.support is not None:
        reports[change.support.origin_id] = change.support
    told = change.claim if change.kind == ChangeKind.CLAIM_CHANGED and change.claim is not None else claim
    claims[claim_id] = ListedClaim.made_of(told.model_copy(update={"claim_id": claim_id}), reports.values())
