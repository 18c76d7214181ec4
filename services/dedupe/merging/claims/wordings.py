"""The distinct wordings of an event's claims: what several articles tell in the same words is compared once.

A wording is spoken for by its first report. What is known of it, and of its pairs, follows from that report and the
claims of its article; only the source and the side are told by the event, and may change while it stays the same.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.dedupe.merging.claims.report import Report
from services.dedupe.same_objects import are_same_objects

_Key = tuple[bytes, str | None, str | None]
"""Words, source and side."""


@dataclass(eq=False, slots=True)
class Wording:
    """Reports in the same words by the same source.

    Attributes:
        number: Of no other wording, and of none that was; tells nothing of order.
        first: The report that speaks for it.
        reports: All of them in publication order.
    """

    number: int
    first: Report
    reports: list[Report]


@dataclass(slots=True)
class WordingChanges:
    """What became of the wordings.

    Attributes:
        new: Those that were not there.
        gone: Those that are no more.
        reattributed: Those whose source or side is another.
        touched: Those with other reports than before, the new ones included.
        articles: Articles whose claims are others, with their claims.
    """

    new: list[Wording] = field(default_factory=list)
    gone: list[Wording] = field(default_factory=list)
    reattributed: list[Wording] = field(default_factory=list)
    touched: list[Wording] = field(default_factory=list)
    articles: dict[str, tuple[Report, ...]] = field(default_factory=dict)


class Wordings:
    """The wordings of one event."""

    def __init__(self) -> None:
        self._articles: dict[str, tuple[Report, ...]] = {}
        self._keys: dict[str, list[_Key]] = {}
        self._reports: dict[_Key, list[Report]] = {}
        self._wordings: dict[_Key, Wording] = {}
        self._count = 0

    @property
    def article_ids(self) -> Collection[str]:
        """The articles that have any."""
        return self._articles.keys()

    def update_reports(self, reports_by_article: Mapping[str, Sequence[Report]]) -> WordingChanges:
        """Take the claims of articles that may have others than before, none where one is gone; return what changes."""
        found = WordingChanges()
        touched: dict[_Key, None] = {}
        for article_id, given in reports_by_article.items():
            before = self._articles.get(article_id, ())
            if are_same_objects(before, given):
                continue
            after = tuple(sorted(given, key=_publication_order))
            if len(before) != len(after) or any(
                one.prepared is not two.prepared for one, two in _paired_reports(before, after)
            ):
                found.articles[article_id] = after
            self._replace_reports(article_id, after, touched)
        self._update_wordings(touched, found)
        return found

    def _replace_reports(
        self, article_id: str, new_reports: tuple[Report, ...], touched_keys: dict[_Key, None]
    ) -> None:
        previous_reports, keys = self._articles.pop(article_id, ()), self._keys.pop(article_id, [])
        kept = len(previous_reports) == len(new_reports)
        told = [
            keys[at] if kept and previous_reports[at] is one else _sourced_wording_key(one)
            for at, one in enumerate(new_reports)
        ]
        for at, (one, key) in enumerate(zip(previous_reports, keys, strict=True)):
            if not (kept and new_reports[at] is one):
                _remove(self._reports[key], one)
                touched_keys[key] = None
        for at, (one, key) in enumerate(zip(new_reports, told, strict=True)):
            if not (kept and previous_reports[at] is one):
                insort(self._reports.setdefault(key, []), one, key=_publication_order)
                touched_keys[key] = None
        if new_reports:
            self._articles[article_id], self._keys[article_id] = new_reports, told

    def _update_wordings(self, touched_keys: Iterable[_Key], changes: WordingChanges) -> None:
        """Update the touched wordings; one stays the same object as long as the same claim speaks for it."""
        keys = list(touched_keys)
        spoke_for: dict[str, list[Wording]] = {}
        for key in keys:
            if key in self._wordings:
                wording = self._wordings.pop(key)
                spoke_for.setdefault(wording.first.key, []).append(wording)
        for key in keys:
            reports = self._reports[key]
            if not reports:
                del self._reports[key]
                continue
            first = reports[0]
            before = spoke_for.get(first.key, [])
            known = [one for one in before if one.first.prepared is first.prepared]
            if known and first.article.article_id not in changes.articles:
                wording = known[0]
                before.remove(wording)
                if (wording.first.source, wording.first.side) != (first.source, first.side):
                    changes.reattributed.append(wording)
                wording.first, wording.reports = first, reports
            else:
                self._count += 1
                wording = Wording(self._count, first, reports)
                changes.new.append(wording)
            self._wordings[key] = wording
            changes.touched.append(wording)
        changes.gone.extend(one for before in spoke_for.values() for one in before)


def group_by_article(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """Group claims by their article's id."""
    listed: dict[str, list[Report]] = {}
    for one in reports:
        listed.setdefault(one.article.article_id, []).append(one)
    return listed


def _sourced_wording_key(report: Report) -> _Key:
    return report.prepared.comparison_key, report.source, report.side


def _publication_order(report: Report) -> Any:
    return report.order


def _remove(reports: list[Report], one: Report) -> None:
    at = bisect_left(reports, one.order, key=_publication_order)
    while reports[at] is not one:
        at += 1
    del reports[at]


def _paired_reports(
    previous_reports: Sequence[Report], new_reports: Sequence[Report]
) -> Iterable[tuple[Report, Report]]:
    return zip(previous_reports, new_reports, strict=True)
