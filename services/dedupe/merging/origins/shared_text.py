"""Finds reports that come from one text although their articles are not reprints of each other.

An outlet takes a paragraph from an agency into its own report, or rewrites a whole agency report under a lede of its
own. What both then say counts once. Their narration shows it, the words that are not quoted (see `Narration`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from operator import attrgetter

import numpy as np

from services.contracts.base import Span
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.members import MemberFeatures
from services.dedupe.same_objects import are_same_objects, begins_with_same_objects
from services.dedupe.signals.narration import Narration, Passage
from services.language.ranges import Range
from services.language.sentence_ends import sentence_ranges

_ORIGIN_ID = attrgetter("origin_id")
ONE_TEXT, ONE_TEXT_WORDS = 0.25, 60
"""Share of the shorter narration's runs, and chosen words in them, from which on two texts are takes of one.
Independent reports of one event stay under .1."""
BORROWED, BORROWED_WORDS = 0.08, 30
"""The same for two texts of which one has taken something from the other, or both from a third."""
PASSAGE_WORDS, PASSAGE_SHARE = 11, 0.5
"""Chosen words of a claim's sentence that another has in the same runs, and their share of the shorter sentence, from
which on both are one sentence."""
BORROWED_PASSAGE_WORDS, BORROWED_PASSAGE_SHARE = 7, 0.45
"""The same in texts that share more than this sentence."""
FEW_WORDS, AROUND_WORDS = 5, 12
"""Chosen words beside a quotation that prove nothing by themselves ("he said in a statement"): there the sentences
before and after it count, if so many of their words are the same."""
MOST_COMPARED = 32
"""Texts of one event, and reports of one claim, that are compared, those first published: that more than so many
outlets are independent of each other is all that a reader wants to know."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two articles narrate in the same words.

    Attributes:
        share: Share of the runs of the shorter narration that both have.
        words: Chosen words in those runs; 0 if the share is too small for them to matter.
    """

    share: float
    words: int = 0

    @property
    def are_versions_of_one_text(self) -> bool:
        """Whether the articles are takes of one text."""
        return self.share >= ONE_TEXT and self.words >= ONE_TEXT_WORDS

    @property
    def share_borrowed_text(self) -> bool:
        """Whether parts of them come from one text."""
        return self.share >= BORROWED and self.words >= BORROWED_WORDS


class NarrationOverlaps:
    """Compares the texts of one event's articles; each pair once, as long as both are in the event."""

    def __init__(self, derived: Mapping[str, MemberFeatures] | None = None) -> None:
        """Take in the articles. `derived`: what is computed from each, by its id; None: none yet."""
        self._derived = dict(derived or {})
        self._overlaps: dict[tuple[str, str], Overlap] = {}
        self._narrations: dict[str, Narration] = {}

    def update_articles(self, gone_ids: Collection[str], derived: Mapping[str, MemberFeatures]) -> None:
        """Remove articles, and add others or their revisions. `derived`: what is computed from each, by its id."""
        gone = set(gone_ids)
        if gone:
            self._overlaps = {pair: found for pair, found in self._overlaps.items() if gone.isdisjoint(pair)}
        for article_id in gone:
            del self._derived[article_id]
        self._narrations = {}
        self._derived |= derived

    def find_overlap(self, article_id: str, other_article_id: str) -> Overlap:
        """Return how much two articles narrate in the same words."""
        pair = (article_id, other_article_id) if article_id < other_article_id else (other_article_id, article_id)
        found = self._overlaps.get(pair)
        if found is None:
            found = self._overlaps[pair] = self._compute_overlap(*pair)
        return found

    def unify_origins(
        self, claim_group: ClaimGroup, previous: tuple[ClaimGroup, ClaimGroup] | None = None
    ) -> ClaimGroup:
        """Return the group with one origin for all reports that come from one text: the origin of the first of them.

        Args:
            claim_group: The group.
            previous: What it was before, and what became of that. What would be the same is the same.
        """
        if previous is not None and are_same_objects(
            previous[0].reports[:MOST_COMPARED], claim_group.reports[:MOST_COMPARED]
        ):
            return _unify_as_before(claim_group, *previous)
        known = {} if previous is None else _map_reports(*previous)
        leader = {origin_id: origin_id for origin_id in dict.fromkeys(map(_ORIGIN_ID, claim_group.reports))}
        if len(leader) == 1:
            return claim_group

        def root(origin: str) -> str:
            while leader[origin] != origin:
                origin = leader[origin]
            return origin

        is_joined = False
        for one, other in combinations(claim_group.reports[:MOST_COMPARED], 2):  # in order of publication
            first, second = root(one.origin_id), root(other.origin_id)
            if first != second and self.are_from_one_text(one, other):
                leader[second] = first
                is_joined = True
        if not is_joined:
            return claim_group
        reports = {
            report.key: _with_origin(report, root(report.origin_id), known.get(id(report)))
            for report in claim_group.reports
        }
        return replace(claim_group, reports=tuple(reports.values()), canonical=reports[claim_group.canonical.key])

    def are_from_one_text(self, report: Report, other_report: Report) -> bool:
        """Whether two reports of one claim come from one text."""
        shared = self.find_overlap(report.article.article_id, other_report.article.article_id)
        if not shared.share:
            return False
        if shared.are_versions_of_one_text:
            return True
        first = self._read_narration(report.article.article_id)
        second = self._read_narration(other_report.article.article_id)
        ours, theirs = _find_span_with_sentence(report), _find_span_with_sentence(other_report)
        passages = first.passage_between(ours.start, ours.end), second.passage_between(theirs.start, theirs.end)
        if _is_one_passage(passages, PASSAGE_WORDS, PASSAGE_SHARE):
            return True
        if shared.share_borrowed_text and _is_one_passage(passages, BORROWED_PASSAGE_WORDS, BORROWED_PASSAGE_SHARE):
            return True
        if max(passage.chosen for passage in passages) > FEW_WORDS:
            return False
        around = (
            first.passage_between(*_find_range_with_adjacent_sentences(first.text, ours)),
            second.passage_between(*_find_range_with_adjacent_sentences(second.text, theirs)),
        )
        return around[0].count_words_in_shared_runs(around[1]) >= AROUND_WORDS

    def _compute_overlap(self, article_id: str, other_article_id: str) -> Overlap:
        first, second = (self._derived[one].narration_run_ids for one in (article_id, other_article_id))
        common = len(np.intersect1d(first, second, assume_unique=True))
        share = common / min(len(first), len(second)) if common else 0.0
        if share < BORROWED:
            return Overlap(share)
        return Overlap(
            share,
            self._read_narration(article_id).whole_passage.count_words_in_shared_runs(
                self._read_narration(other_article_id).whole_passage
            ),
        )

    def _read_narration(self, article_id: str) -> Narration:
        if article_id not in self._narrations:
            self._narrations[article_id] = self._derived[article_id].narration
        return self._narrations[article_id]


def _unify_as_before(claim_group: ClaimGroup, previous: ClaimGroup, previous_unified: ClaimGroup) -> ClaimGroup:
    """The group with the origins joined that were joined before: those are of reports that it has still."""
    compared = zip(previous.reports[:MOST_COMPARED], previous_unified.reports, strict=False)
    joined = {one.origin_id: unified.origin_id for one, unified in compared if one is not unified}
    if not joined:
        return claim_group
    if previous.canonical is claim_group.canonical and begins_with_same_objects(claim_group.reports, previous.reports):
        new = [
            _with_origin(report, joined.get(report.origin_id, report.origin_id), None)
            for report in claim_group.reports[len(previous.reports) :]
        ]
        return replace(claim_group, reports=(*previous_unified.reports, *new), canonical=previous_unified.canonical)
    known = _map_reports(previous, previous_unified)
    unified = {
        id(report): known.get(id(report)) or _with_origin(report, joined.get(report.origin_id, report.origin_id), None)
        for report in claim_group.reports
    }
    return replace(claim_group, reports=tuple(unified.values()), canonical=unified[id(claim_group.canonical)])


def _map_reports(group: ClaimGroup, unified_group: ClaimGroup) -> dict[int, Report]:
    """What became of the reports of a group, by their identity."""
    if unified_group is group:
        return {}
    return dict(zip(map(id, group.reports), unified_group.reports, strict=True))


def _with_origin(report: Report, origin_id: str, known_report: Report | None) -> Report:
    if report.origin_id == origin_id:
        return report
    is_known = known_report is not None and known_report.origin_id == origin_id
    return known_report if known_report is not None and is_known else replace(report, origin_id=origin_id)


def _is_one_passage(passages: tuple[Passage, Passage], min_words: int, min_share: float) -> bool:
    shared = passages[0].count_words_in_shared_runs(passages[1])
    return shared >= min_words and shared >= min_share * min(passage.chosen for passage in passages)


def _find_span_with_sentence(report: Report) -> Span:
    """The sentence in which a claim starts, and all of the claim."""
    span = report.claim.span
    sentence = report.claim.sentence or span
    return Span(start=min(span.start, sentence.start), end=max(span.end, sentence.end))


def _find_range_with_adjacent_sentences(text: str, span: Span) -> tuple[int, int]:
    """From the sentence before `span` to the one after it."""
    area = Range(span.start, span.end)
    sentences = list(sentence_ranges(text))
    within = [number for number, sentence in enumerate(sentences) if sentence.meets(area)]
    if not within:
        return span.start, span.end
    return sentences[max(0, within[0] - 1)].start, sentences[min(len(sentences) - 1, within[-1] + 1)].end
