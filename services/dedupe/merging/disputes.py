"""Where sources of one event say yes and no: who confirms what the same source leaves open, who denies what is said.

All that answers one claim is one contradiction: the claim, and each source that takes another stance.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from services.contracts.base import Span
from services.contracts.event_claims import Contradiction, ContradictionKind
from services.dedupe.merging.claim_merging import ClaimGroup
from services.dedupe.merging.positions import listed, position, source_name
from services.dedupe.merging.replies import Reply, disavows, replies
from services.dedupe.merging.reports import Report, same_source
from services.dedupe.merging.similarity import is_phrase
from services.dedupe.merging.stances import (
    FEWEST,
    Matter,
    Stance,
    decisive,
    leaves_open,
    matter_of,
    same_matter,
    stance_of,
    with_cue,
)
from services.dedupe.merging.wordings import same_objects

LATER = timedelta(hours=12)
"""Who confirms so long after having left it open does not contradict himself."""
_VERBS = {
    Stance.CONFIRMS: "confirmed",
    Stance.ASSERTS: "said",
    Stance.OPPOSES: "said",
    Stance.DENIES: "denied",
    Stance.WITHHOLDS: "declined to confirm",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One report of a merged claim, and the stance that it takes in a dispute."""

    group: ClaimGroup
    report: Report
    stance: Stance


def disputes(
    groups: Sequence[ClaimGroup],
    opposed: Iterable[tuple[ClaimGroup, ClaimGroup]],
    known: dict[str, tuple[Sequence[Report], Sequence[Reply]]],
    stances: Callable[[ClaimGroup], Sequence[Told]],
) -> list[Contradiction]:
    """Contradictions of polarity, in order of the first report of what is disputed.

    Args:
        groups: The merged claims of the event, in order of their first reports.
        opposed: Pairs of them that say the opposite of each other.
        known: By article its claims, and what of them answers another, from the last time; brought up to date.
        stances: Answers what `stances_in` does.
    """
    answers: dict[str, tuple[list[Told], list[Told]]] = {}
    for affirmed, against in (
        *_confirmed_and_not(groups, stances),
        *_denied_by_pointing(groups, known),
        *_opposed(opposed),
    ):
        affirming, answering = answers.setdefault(affirmed[0].group.claim_id, ([], []))
        affirming += [one for one in affirmed if one not in affirming]
        answering += [one for one in against if one not in answering]
    order = {group.claim_id: at for at, group in enumerate(groups)}
    return [_contradiction(*answers[claim_id]) for claim_id in sorted(answers, key=order.__getitem__)]


def stances_in(group: ClaimGroup) -> list[Told]:
    """The reports of a merged claim that do more than assert it."""
    told = (Told(group, report, stance_of(report)) for report in group.reports)
    return [one for one in told if one.stance is not Stance.ASSERTS]


def _confirmed_and_not(
    groups: Sequence[ClaimGroup], stances: Callable[[ClaimGroup], Sequence[Told]]
) -> Iterator[tuple[list[Told], list[Told]]]:
    """What a source confirms in one report, and neither confirms nor affirms in another."""
    told = [one for group in groups for one in stances(group)]
    reserved = [one for one in told if one.stance is Stance.DENIES or leaves_open(one.report)]
    if not reserved:
        return
    matters = {id(one): _matter(one) for one in told}
    for confirming in told:
        if confirming.stance is not Stance.CONFIRMS:
            continue
        against = [
            one
            for one in reserved
            if _answerable_to_each_other(confirming.report, one.report)
            and same_matter(matters[id(confirming)], matters[id(one)])
        ]
        if against:
            yield [confirming, *_pointing_there(confirming, told, matters)], against


def _matter(told: Told) -> Matter:
    """What a stance is about; who denies "that charge" may mean any, so there only the denier's own words count."""
    matter = matter_of(told.report)
    return Matter(matter.words, frozenset()) if told.stance is Stance.DENIES else matter


def _pointing_there(confirming: Told, told: Sequence[Told], matters: Mapping[int, Matter]) -> list[Told]:
    """Where the same source confirms "the reports" in the same article: that is what the article tells is confirmed."""
    return [
        one
        for one in told
        if one is not confirming
        and one.stance is Stance.CONFIRMS
        and one.report.article.article_id == confirming.report.article.article_id
        and _of_one_side(one.report, confirming.report)
        and len(matters[id(one)].words) < FEWEST
    ]


def _of_one_side(one: Report, other: Report) -> bool:
    return (one.side is not None and one.side == other.side) or same_source(one, other)


def _answerable_to_each_other(confirming: Report, reserved: Report) -> bool:
    """Whether one source, or one side, cannot do both; in one article only the headline may contradict the text."""
    if not _of_one_side(confirming, reserved):
        return False
    if confirming.article.article_id == reserved.article.article_id:
        return _in_headline(confirming) != _in_headline(reserved)
    first, last = reserved.article.published_at, confirming.article.published_at
    return first is None or last is None or last - first < LATER


def _denied_by_pointing(
    groups: Sequence[ClaimGroup], known: dict[str, tuple[Sequence[Report], Sequence[Reply]]]
) -> Iterator[tuple[list[Told], list[Told]]]:
    """What is told, and what somebody else in the same article says against it by pointing at it."""
    groups_of = {report.key: group for group in groups for report in group.reports}
    in_article: dict[str, list[Report]] = defaultdict(list)
    for group in groups:
        for report in group.reports:
            in_article[report.article.article_id].append(report)
    for gone in known.keys() - in_article.keys():
        del known[gone]
    for article_id, reports in in_article.items():
        before = known.get(article_id)
        if before is None or not same_objects(before[0], reports):
            known[article_id] = before = reports, replies(reports)
        for reply in before[1]:
            group, meant = groups_of[reply.report.key], groups_of[reply.target.key]
            if meant is group:
                continue
            against = [Told(group, reply.report, _stance_against(reply.report))]
            if reply.version is not None and groups_of[reply.version.key] not in (group, meant):
                against.append(Told(groups_of[reply.version.key], reply.version, Stance.OPPOSES))
            yield _affirming(meant), against


def _stance_against(report: Report) -> Stance:
    return Stance.DENIES if stance_of(report) is Stance.DENIES or disavows(report) else Stance.OPPOSES


def _opposed(pairs: Iterable[tuple[ClaimGroup, ClaimGroup]]) -> Iterator[tuple[list[Told], list[Told]]]:
    """Pairs that say the opposite: who denies answers the other, else the later one the earlier."""
    for one, other in pairs:
        first, second = (other, one) if stance_of(one.canonical) is Stance.DENIES else (one, other)
        denies = stance_of(second.canonical) is Stance.DENIES
        stance = Stance.DENIES if denies else Stance.OPPOSES
        yield _affirming(first), [Told(second, report, stance) for report in second.reports]


def _affirming(group: ClaimGroup) -> list[Told]:
    return [Told(group, report, Stance.ASSERTS) for report in group.reports]


def _contradiction(affirming: Sequence[Told], answering: Sequence[Told]) -> Contradiction:
    taken: dict[tuple[str, Stance], list[Report]] = defaultdict(list)
    for one in (*affirming, *answering):
        taken[one.group.claim_id, one.stance].append(one.report)
    order = list(Stance)
    for reports in taken.values():
        reports.sort(key=lambda one: one.order)
    ranked = sorted(taken.items(), key=lambda told: (order.index(told[0][1]), told[1][0].order))
    positions = tuple(
        position(claim_id, stance.value, reports, {id(one): _where(one) for one in reports})
        for (claim_id, stance), reports in ranked
    )
    return Contradiction(
        kind=ContradictionKind.POLARITY,
        sides=tuple(dict.fromkeys(each.claim_id for each in positions)),
        positions=positions,
        explanation=_explained(affirming, answering),
    )


def _where(report: Report) -> Span:
    """The words that take the stance."""
    return with_cue(report) if _needs_cue(report) else decisive(report)


def _needs_cue(report: Report) -> bool:
    """Whether its words say nothing without the verb before them: "blamed the crew"; "said" tells nothing."""
    return is_phrase(report) and (report.claim.cue or "").endswith("ed")


def _explained(affirming: Sequence[Told], answering: Sequence[Told]) -> str:
    """One sentence: who affirms it in what words, who says otherwise, who denies it, who leaves it open."""
    parts = [f"{_sources(affirming)} {_verb(affirming[0])} {_words(affirming[0])}"]
    otherwise: dict[str, list[Told]] = {}
    for one in answering:
        if one.stance is Stance.OPPOSES:
            otherwise.setdefault(one.group.claim_id, []).append(one)
    parts += [f"{_sources(told)} {_verb(told[0])} {_words(told[0])}" for told in otherwise.values()]
    for stance in (Stance.DENIES, Stance.WITHHOLDS):
        told = [one for one in answering if one.stance is stance]
        if told:
            parts.append(f"{_sources(told)} {_VERBS[stance]} it")
    return "; ".join(parts) + "."


def _verb(told: Told) -> str:
    """What the source does, in its own verb where the words need it."""
    one = told.group.canonical
    return (one.claim.cue or "") if told.stance is Stance.ASSERTS and _needs_cue(one) else _VERBS[told.stance]


def _sources(told: Sequence[Told]) -> str:
    """Names of the sources, each once for the whole event."""
    names: dict[str, str] = {}
    for one in sorted(told, key=lambda one: one.report.order):
        name = source_name(one.report)
        names.setdefault(one.report.source or name, name)
    return listed(list(names.values()))


def _words(told: Told) -> str:
    """What is told: where a source confirms it, in the words that do."""
    claim = told.report.claim if told.stance is Stance.CONFIRMS else told.group.canonical.claim
    return f"\u201c{claim.text.strip()}\u201d"


def _in_headline(report: Report) -> bool:
    """Whether it stands in the first line of its text."""
    end = report.article.text.find("\n")
    return 0 <= report.claim.span.end <= end
