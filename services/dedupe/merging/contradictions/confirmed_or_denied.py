"""Finds who confirms and who denies: sources that confirm what they leave open elsewhere, sources that deny a claim.

All that answers one claim makes one contradiction: the claim, and each source that takes another stance on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from services.contracts.base import Span
from services.contracts.event_claims import Contradiction, ContradictionKind
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.report import Report, has_same_source
from services.dedupe.merging.claims.stance import (
    FEWEST,
    Stance,
    Topic,
    classify_stance,
    confirms_what_is_left_open,
    find_span_with_cue,
    find_stance_span,
    is_noncommittal,
    read_topic,
)
from services.dedupe.merging.contradictions.contradiction_memory import ContradictionState
from services.dedupe.merging.contradictions.polarity_explanation import build_explanation, needs_cue_verb
from services.dedupe.merging.contradictions.positions import build_position
from services.dedupe.merging.contradictions.report_stances import ReportStance

LATER = timedelta(hours=12)
"""A source that confirms so long after it left something open does not contradict itself."""


Dispute = tuple[list[ReportStance], list[ReportStance]]
"""Who affirms a claim, and who answers it with another stance."""


def find_polarity_contradictions(
    opposite_pairs: Iterable[tuple[ClaimGroup, ClaimGroup]],
    memory: ContradictionState,
) -> list[Contradiction]:
    """Build the contradictions of polarity, in order of the first report of what is disputed.

    Args:
        opposite_pairs: Pairs of merged claims that say the opposite of each other.
        memory: What is known of the event from the last time.
    """
    disputes: dict[str, Dispute] = {}
    for affirming, answering in (
        *_find_self_contradictions(memory),
        *_build_disputes_of_denials(memory),
        *_build_disputes_of_opposites(opposite_pairs),
    ):
        affirmed, answered = disputes.setdefault(affirming[0].group.claim_id, ([], []))
        affirmed += [answer for answer in affirming if answer not in affirmed]
        answered += [answer for answer in answering if answer not in answered]
    in_order = sorted(disputes.values(), key=lambda dispute: dispute[0][0].group.reports[0].order)
    return [_build_contradiction(*dispute) for dispute in in_order]


def _find_self_contradictions(memory: ContradictionState) -> Iterator[Dispute]:
    """What a source confirms in one report, and denies or leaves open in another."""
    answers = memory.list_stances_other_than_assertion()
    reserved = [answer for answer in answers if answer.stance is Stance.DENIES or is_noncommittal(answer.report)]
    if not reserved:
        return
    topics = {answer.report.key: _find_topic(answer) for answer in answers}
    for confirming in answers:
        if confirming.stance is not Stance.CONFIRMS:
            continue
        against = [
            answer
            for answer in reserved
            if _is_self_contradiction(confirming.report, answer.report)
            and confirms_what_is_left_open(topics[confirming.report.key], topics[answer.report.key])
        ]
        if against:
            yield [confirming, *_find_back_referring_confirmations(confirming, answers, topics)], against


def _find_topic(report_stance: ReportStance) -> Topic:
    """What a stance is about. A denial of "that charge" may mean any charge, so only the denier's own words count."""
    topic = read_topic(report_stance.report)
    return Topic(topic.words, frozenset()) if report_stance.stance is Stance.DENIES else topic


def _find_back_referring_confirmations(
    confirming_stance: ReportStance, report_stances: Sequence[ReportStance], topics: Mapping[str, Topic]
) -> list[ReportStance]:
    """Other confirmations by the source in the same article that only point at something ("the reports")."""
    return [
        answer
        for answer in report_stances
        if answer is not confirming_stance
        and answer.stance is Stance.CONFIRMS
        and answer.report.article.article_id == confirming_stance.report.article.article_id
        and _have_same_country_or_source(answer.report, confirming_stance.report)
        and len(topics[answer.report.key].words) < FEWEST
    ]


def _have_same_country_or_source(report: Report, other_report: Report) -> bool:
    return (report.side is not None and report.side == other_report.side) or has_same_source(report, other_report)


def _is_self_contradiction(confirming_report: Report, reserved_report: Report) -> bool:
    """Whether one source, or one side, cannot do both; in one article only the headline may contradict the text."""
    if not _have_same_country_or_source(confirming_report, reserved_report):
        return False
    if confirming_report.article.article_id == reserved_report.article.article_id:
        return _is_in_first_line(confirming_report) != _is_in_first_line(reserved_report)
    first, last = reserved_report.article.published_at, confirming_report.article.published_at
    return first is None or last is None or last - first < LATER


def _build_disputes_of_denials(memory: ContradictionState) -> Iterator[Dispute]:
    """What somebody says, and what somebody else says against it in the same article by pointing at it."""
    for reply in memory.list_replies():
        group, denied = memory.find_group(reply.report), memory.find_group(reply.target)
        if denied is group:
            continue
        against = [ReportStance(group, reply.report, _classify_opposition(reply.report), reply.version)]
        if reply.version is not None and (version := memory.find_group(reply.version)) not in (group, denied):
            against.append(ReportStance(version, reply.version, Stance.OPPOSES))
        yield _build_affirming_stances(denied), against


def _classify_opposition(report: Report) -> Stance:
    return Stance.DENIES if classify_stance(report) is Stance.DENIES else Stance.OPPOSES


def _build_disputes_of_opposites(opposite_pairs: Iterable[tuple[ClaimGroup, ClaimGroup]]) -> Iterator[Dispute]:
    """Pairs that say the opposite: a denial answers the other claim, else the later claim answers the earlier."""
    for one, other in opposite_pairs:
        first, second = (other, one) if classify_stance(one.canonical) is Stance.DENIES else (one, other)
        denies = classify_stance(second.canonical) is Stance.DENIES
        stance = Stance.DENIES if denies else Stance.OPPOSES
        yield _build_affirming_stances(first), [ReportStance(second, report, stance) for report in second.reports]


def _build_affirming_stances(claim_group: ClaimGroup) -> list[ReportStance]:
    return [ReportStance(claim_group, report, Stance.ASSERTS) for report in claim_group.reports]


def _build_contradiction(
    affirming_stances: Sequence[ReportStance], answering_stances: Sequence[ReportStance]
) -> Contradiction:
    """Build the contradiction, one position for each merged claim and stance."""
    by_stance: dict[tuple[str, Stance], list[Report]] = defaultdict(list)
    for answer in (*affirming_stances, *answering_stances):
        by_stance[answer.group.claim_id, answer.stance].append(answer.report)
    order = list(Stance)
    for reports in by_stance.values():
        reports.sort(key=lambda report: report.order)
    ranked = sorted(by_stance.items(), key=lambda item: (order.index(item[0][1]), item[1][0].order))
    positions = tuple(
        build_position(claim_id, stance.value, reports, {report.key: _find_position_span(report) for report in reports})
        for (claim_id, stance), reports in ranked
    )
    return Contradiction(
        kind=ContradictionKind.POLARITY,
        sides=tuple(dict.fromkeys(position.claim_id for position in positions)),
        positions=positions,
        explanation=build_explanation(affirming_stances, answering_stances),
    )


def _find_position_span(report: Report) -> Span:
    """The words that take the stance."""
    return find_span_with_cue(report) if needs_cue_verb(report) else find_stance_span(report)


def _is_in_first_line(report: Report) -> bool:
    """Whether the claim stands in the first line of its article's text."""
    end = report.article.text.find("\n")
    return 0 <= report.claim.span.end <= end
