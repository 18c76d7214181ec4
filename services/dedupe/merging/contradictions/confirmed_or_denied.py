"""Who confirms and who denies: a source that confirms what it leaves open elsewhere, a source that denies a claim.

All that answers one claim makes one contradiction: the claim, and each source that takes another stance on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from services.contracts.base import Span
from services.contracts.event_claims import Contradiction, ContradictionKind
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report, same_source
from services.dedupe.merging.claims.similarity import is_phrase
from services.dedupe.merging.claims.stance import (
    FEWEST,
    Stance,
    Topic,
    claim_with_cue,
    decisive_words,
    leaves_open,
    same_topic,
    stance_of,
    topic_of,
)
from services.dedupe.merging.contradictions.answers import Answer
from services.dedupe.merging.contradictions.denial_targets import disavows
from services.dedupe.merging.contradictions.memory import ContradictionMemory
from services.dedupe.merging.contradictions.positions import build_position, join_names, source_name

LATER = timedelta(hours=12)
"""A source that confirms so long after it left something open does not contradict itself."""
_VERBS = {
    Stance.CONFIRMS: "confirmed",
    Stance.ASSERTS: "said",
    Stance.OPPOSES: "said",
    Stance.DENIES: "denied",
    Stance.DECLINES: "declined to confirm",
}


Dispute = tuple[list[Answer], list[Answer]]
"""Who affirms a claim, and who answers it with another stance."""


def polarity_contradictions(
    groups: Sequence[ClaimGroup], opposite: Iterable[tuple[ClaimGroup, ClaimGroup]], memory: ContradictionMemory
) -> list[Contradiction]:
    """Build the contradictions of polarity, in order of the first report of what is disputed.

    Args:
        groups: Merged claims of the event, in order of their first reports.
        opposite: Pairs of them that say the opposite of each other.
        memory: What is known of the event from the last time.
    """
    disputes: dict[str, Dispute] = {}
    for affirming, answering in (
        *_confirmed_and_left_open(groups, memory),
        *_denied(groups, memory),
        *_opposite(opposite),
    ):
        affirmed, answered = disputes.setdefault(affirming[0].group.claim_id, ([], []))
        affirmed += [answer for answer in affirming if answer not in affirmed]
        answered += [answer for answer in answering if answer not in answered]
    return [_contradiction(*disputes[group.claim_id]) for group in groups if group.claim_id in disputes]


def _confirmed_and_left_open(groups: Sequence[ClaimGroup], memory: ContradictionMemory) -> Iterator[Dispute]:
    """What a source confirms in one report, and denies or leaves open in another."""
    answers = [answer for group in groups for answer in memory.stances_in(group)]
    reserved = [answer for answer in answers if answer.stance is Stance.DENIES or leaves_open(answer.report)]
    if not reserved:
        return
    topics = {answer.report.key: _topic(answer) for answer in answers}
    for confirming in answers:
        if confirming.stance is not Stance.CONFIRMS:
            continue
        against = [
            answer
            for answer in reserved
            if _contradicts_itself(confirming.report, answer.report)
            and same_topic(topics[confirming.report.key], topics[answer.report.key])
        ]
        if against:
            yield [confirming, *_pointing_confirmations(confirming, answers, topics)], against


def _topic(answer: Answer) -> Topic:
    """What a stance is about. A denial of "that charge" may mean any charge, so only the denier's own words count."""
    topic = topic_of(answer.report)
    return Topic(topic.words, frozenset()) if answer.stance is Stance.DENIES else topic


def _pointing_confirmations(confirming: Answer, answers: Sequence[Answer], topics: Mapping[str, Topic]) -> list[Answer]:
    """Other confirmations by the source in the same article that only point at something ("the reports")."""
    return [
        answer
        for answer in answers
        if answer is not confirming
        and answer.stance is Stance.CONFIRMS
        and answer.report.article.article_id == confirming.report.article.article_id
        and _on_one_side(answer.report, confirming.report)
        and len(topics[answer.report.key].words) < FEWEST
    ]


def _on_one_side(one: Report, other: Report) -> bool:
    return (one.side is not None and one.side == other.side) or same_source(one, other)


def _contradicts_itself(confirming: Report, reserved: Report) -> bool:
    """Whether one source, or one side, cannot do both; in one article only the headline may contradict the text."""
    if not _on_one_side(confirming, reserved):
        return False
    if confirming.article.article_id == reserved.article.article_id:
        return _in_headline(confirming) != _in_headline(reserved)
    first, last = reserved.article.published_at, confirming.article.published_at
    return first is None or last is None or last - first < LATER


def _denied(groups: Sequence[ClaimGroup], memory: ContradictionMemory) -> Iterator[Dispute]:
    """What somebody says, and what somebody else says against it in the same article by pointing at it."""
    group_of = {report.key: group for group in groups for report in group.reports}
    by_article: dict[str, list[Report]] = defaultdict(list)
    for group in groups:
        for report in group.reports:
            by_article[report.article.article_id].append(report)
    for reply in memory.replies(by_article):
        group, denied = group_of[reply.report.key], group_of[reply.target.key]
        if denied is group:
            continue
        against = [Answer(group, reply.report, _stance_against(reply.report))]
        if reply.version is not None and group_of[reply.version.key] not in (group, denied):
            against.append(Answer(group_of[reply.version.key], reply.version, Stance.OPPOSES))
        yield _affirming(denied), against


def _stance_against(report: Report) -> Stance:
    return Stance.DENIES if stance_of(report) is Stance.DENIES or disavows(report) else Stance.OPPOSES


def _opposite(pairs: Iterable[tuple[ClaimGroup, ClaimGroup]]) -> Iterator[Dispute]:
    """Pairs that say the opposite: a denial answers the other claim, else the later claim answers the earlier."""
    for one, other in pairs:
        first, second = (other, one) if stance_of(one.canonical) is Stance.DENIES else (one, other)
        denies = stance_of(second.canonical) is Stance.DENIES
        stance = Stance.DENIES if denies else Stance.OPPOSES
        yield _affirming(first), [Answer(second, report, stance) for report in second.reports]


def _affirming(group: ClaimGroup) -> list[Answer]:
    return [Answer(group, report, Stance.ASSERTS) for report in group.reports]


def _contradiction(affirming: Sequence[Answer], answering: Sequence[Answer]) -> Contradiction:
    """Build the contradiction, one position for each merged claim and stance."""
    by_stance: dict[tuple[str, Stance], list[Report]] = defaultdict(list)
    for answer in (*affirming, *answering):
        by_stance[answer.group.claim_id, answer.stance].append(answer.report)
    order = list(Stance)
    for reports in by_stance.values():
        reports.sort(key=lambda report: report.order)
    ranked = sorted(by_stance.items(), key=lambda item: (order.index(item[0][1]), item[1][0].order))
    positions = tuple(
        build_position(claim_id, stance.value, reports, {report.key: _stance_words(report) for report in reports})
        for (claim_id, stance), reports in ranked
    )
    return Contradiction(
        kind=ContradictionKind.POLARITY,
        sides=tuple(dict.fromkeys(position.claim_id for position in positions)),
        positions=positions,
        explanation=_explanation(affirming, answering),
    )


def _stance_words(report: Report) -> Span:
    """The words that take the stance."""
    return claim_with_cue(report) if _needs_cue(report) else decisive_words(report)


def _needs_cue(report: Report) -> bool:
    """Whether its words say nothing without the verb before them: "blamed the crew" does not, "said" adds nothing."""
    return is_phrase(report) and (report.claim.cue or "").endswith("ed")


def _explanation(affirming: Sequence[Answer], answering: Sequence[Answer]) -> str:
    """One sentence: who affirms it in what words, who says otherwise, who denies it, who declines to confirm it."""
    parts = [f"{_sources(affirming)} {_verb(affirming[0])} {_words(affirming[0])}"]
    otherwise: dict[str, list[Answer]] = {}
    for answer in answering:
        if answer.stance is Stance.OPPOSES:
            otherwise.setdefault(answer.group.claim_id, []).append(answer)
    parts += [f"{_sources(answers)} {_verb(answers[0])} {_words(answers[0])}" for answers in otherwise.values()]
    for stance in (Stance.DENIES, Stance.DECLINES):
        answers = [answer for answer in answering if answer.stance is stance]
        if answers:
            parts.append(f"{_sources(answers)} {_VERBS[stance]} it")
    return "; ".join(parts) + "."


def _verb(answer: Answer) -> str:
    """What the source does, in the claim's own verb where the words need it."""
    canonical = answer.group.canonical
    needs_own = answer.stance is Stance.ASSERTS and _needs_cue(canonical)
    return (canonical.claim.cue or "") if needs_own else _VERBS[answer.stance]


def _sources(answers: Sequence[Answer]) -> str:
    """Names of the sources, each once for the whole event."""
    names: dict[str, str] = {}
    for answer in sorted(answers, key=lambda answer: answer.report.order):
        name = source_name(answer.report)
        names.setdefault(answer.report.source or name, name)
    return join_names(list(names.values()))


def _words(answer: Answer) -> str:
    """The claim's words; where a source confirms it, the words that confirm."""
    claim = answer.report.claim if answer.stance is Stance.CONFIRMS else answer.group.canonical.claim
    return f"\u201c{claim.text.strip()}\u201d"


def _in_headline(report: Report) -> bool:
    """Whether the claim stands in the first line of its article's text."""
    end = report.article.text.find("\n")
    return 0 <= report.claim.span.end <= end
