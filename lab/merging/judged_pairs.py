"""Pairs of claims of judged events, with what the pair model sees of them and what readers say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.merging.claims.claim_memory import ClaimState
from services.dedupe.merging.claims.neighbours import LOOK_CLOSER
from services.dedupe.merging.claims.pair_features import FEATURES, compute_pair_features
from services.dedupe.merging.claims.report import Report, cosine_similarity
from services.dedupe.merging.claims.similarity_ranks import SimilarityRanks
from services.dedupe.merging.event_members import EventMembers
from services.dedupe.merging.members import Member, MemberFeatures
from services.language.ranges import Range
from services.local.evaluation.judged_events import JudgedEvent, Place
from services.local.given_text import GivenText
from services.local.offline import Row

HALF = 0.5
"""Characters that a claim of today and a judged one share, of those that the two have together."""


@dataclass(frozen=True, slots=True)
class JudgedPairs:
    """Pairs of the claims of one event: features (pairs, features) and whether they tell one proposition (pairs,)."""

    features: NDArray[np.float64]
    same: NDArray[np.bool_]


def judged_pairs(event: JudgedEvent, rows: Sequence[Row], embedded: Sequence[EmbeddedArticle]) -> JudgedPairs:
    """All pairs of an event that linking would look at and readers have judged.

    Args:
        event: What readers say of it.
        rows: Its articles as given.
        embedded: The same, read and embedded.
    """
    reports = _reports(embedded)
    keys = [_keys(event, place) for place in _places(reports, rows)]
    same = event.pairs
    ranks = SimilarityRanks(reports)
    features, labels = [], []
    for at, other in _near(reports):
        pairs = {(min(one, two), max(one, two)) for one in keys[at] for two in keys[other] if one != two}
        if not pairs or (pairs & event.neutral and not pairs & same):
            continue
        features.append(
            compute_pair_features(reports[at], reports[other], ranks.compute_ranks(reports[at], reports[other]))
        )
        labels.append(bool(pairs & same))
    return JudgedPairs(np.array(features).reshape(-1, len(FEATURES)), np.array(labels, np.bool_))


def _reports(embedded: Sequence[EmbeddedArticle]) -> tuple[Report, ...]:
    """What the articles of an event report, in publication order; each article is its own origin."""
    members = [
        Member("", each, Membership(threshold=0.0, model=each.model), MemberFeatures.from_embedded(each))
        for each in embedded
    ]
    kept, claims = EventMembers(), ClaimState()
    kept.update_members(members)
    article_ids = [member.article.article_id for member in kept.counted]
    claims.update_articles(kept.counted, kept.median_day, dict(zip(article_ids, article_ids, strict=True)), (), 0)
    return tuple(chain.from_iterable(claims.reports.get(article_id, ()) for article_id in article_ids))


def _near(reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    return (
        (at, other)
        for at in range(len(reports))
        for other in range(at + 1, len(reports))
        if cosine_similarity(reports[at], reports[other]) >= LOOK_CLOSER
    )


def _places(reports: Sequence[Report], rows: Sequence[Row]) -> Iterator[Place]:
    """Where each claim stands in the text as given."""
    given = {row.article.article_id: (str(row.identity), GivenText(row.submission.text or "")) for row in rows}
    for report in reports:
        identity, text = given[report.article.article_id]
        place = text.place(report.claim.span)
        yield Place(identity, Range(place["start"], place["end"]))


def _keys(event: JudgedEvent, place: Place) -> frozenset[str]:
    """Judged claims that a claim of today is."""
    return frozenset(key for key, judged in event.claims.items() if _overlap(judged, place) >= HALF)


def _overlap(one: Place, other: Place) -> float:
    if not one.meets(other):
        return 0.0
    shared = min(one.range.end, other.range.end) - max(one.range.start, other.range.start)
    return shared / (max(one.range.end, other.range.end) - min(one.range.start, other.range.start))
