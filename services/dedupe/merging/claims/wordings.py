"""The distinct wordings of an event's claims: what several articles tell in the same words is compared once.

A wording is spoken for by its first report. What is known of it, and of its pairs, follows from that report and the
claims of its article; only the source and the side are told by the event, and may change while it stays the same.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.report import Report

_Key = tuple[object, ...]


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
class Changes:
    """What became of the wordings.

    Attributes:
        new: Those that were not there.
        gone: Those that are no more.
        told_anew: Those whose source or side is another.
        touched: Those with other reports than before, the new ones included.
        articles: Articles whose claims are others, with their claims.
    """

    new: list[Wording] = field(default_factory=list)
    gone: list[Wording] = field(default_factory=list)
    told_anew: list[Wording] = field(default_factory=list)
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

    def update(self, listed: Mapping[str, Sequence[Report]]) -> Changes:
        """Take all claims of the event, by article: those that are the same objects as before are not looked at."""
        found = Changes()
        touched: dict[_Key, None] = {}
        for article_id in [gone for gone in self._articles if gone not in listed]:
            found.articles[article_id] = ()
            self._exchange(article_id, (), touched)
        for article_id, given in listed.items():
            before = self._articles.get(article_id, ())
            if same_objects(before, given):
                continue
            after = tuple(sorted(given, key=_order))
            if len(before) != len(after) or any(one.prepared is not two.prepared for one, two in _pairs(before, after)):
                found.articles[article_id] = after
            self._exchange(article_id, after, touched)
        self._settle(touched, found)
        return found

    def _exchange(self, article_id: str, after: tuple[Report, ...], touched: dict[_Key, None]) -> None:
        before, keys = self._articles.pop(article_id, ()), self._keys.pop(article_id, [])
        kept = len(before) == len(after)
        told = [keys[at] if kept and before[at] is one else _key(one) for at, one in enumerate(after)]
        for at, (one, key) in enumerate(zip(before, keys, strict=True)):
            if not (kept and after[at] is one):
                _remove(self._reports[key], one)
                touched[key] = None
        for at, (one, key) in enumerate(zip(after, told, strict=True)):
            if not (kept and before[at] is one):
                insort(self._reports.setdefault(key, []), one, key=_order)
                touched[key] = None
        if after:
            self._articles[article_id], self._keys[article_id] = after, told

    def _settle(self, touched: Iterable[_Key], found: Changes) -> None:
        """Wordings of what was touched: the same one as long as the same claim speaks for it."""
        keys = list(touched)
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
            if known and first.article.article_id not in found.articles:
                wording = known[0]
                before.remove(wording)
                if (wording.first.source, wording.first.side) != (first.source, first.side):
                    found.told_anew.append(wording)
                wording.first, wording.reports = first, reports
            else:
                self._count += 1
                wording = Wording(self._count, first, reports)
                found.new.append(wording)
            self._wordings[key] = wording
            found.touched.append(wording)
        found.gone.extend(one for before in spoke_for.values() for one in before)


def by_article(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """The claims of each article."""
    listed: dict[str, list[Report]] = {}
    for one in reports:
        listed.setdefault(one.article.article_id, []).append(one)
    return listed


def words_of(prepared: PreparedClaim) -> tuple[object, ...]:
    """What makes two claims one wording, whoever the event says they are by: words, sentence, form and speaker."""
    claim = prepared.claim
    speaker = None if claim.speaker is None else (claim.speaker.canonical, claim.speaker.kind)
    return prepared.tokens, prepared.sentence, claim.kind, claim.commitment, claim.cue, speaker


def _key(report: Report) -> _Key:
    return *words_of(report.prepared), report.source, report.side


def _order(report: Report) -> Any:
    return report.order


def _remove(reports: list[Report], one: Report) -> None:
    at = bisect_left(reports, one.order, key=_order)
    while reports[at] is not one:
        at += 1
    del reports[at]


def _pairs(before: Sequence[Report], after: Sequence[Report]) -> Iterable[tuple[Report, Report]]:
    return zip(before, after, strict=True)


def same_objects(before: Sequence[Report], after: Sequence[Report]) -> bool:
    """Whether two lists hold the very same claims."""
    return len(before) == len(after) and all(one is other for one, other in _pairs(before, after))
