"""Where sources of one event say yes and no: who confirms what the same source leaves open, who denies what is said."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from services.contracts.event_claims import Contradiction, ContradictionKind
from services.dedupe.merging.claim_merging import ClaimGroup
from services.dedupe.merging.positions import listed, position, source_name
from services.dedupe.merging.reports import Report, same_source
from services.dedupe.merging.stances import Stance, decisive, matter_of, pointed_at, same_matter, stance_of

_VERBS = {
    Stance.CONFIRMS: "confirmed",
    Stance.ASSERTS: "said",
    Stance.DENIES: "denied",
    Stance.WITHHOLDS: "declined to confirm",
}
LATER = timedelta(hours=12)
"""Who confirms so long after having left it open does not contradict himself."""


def disputes(groups: Sequence[ClaimGroup]) -> list[Contradiction]:
    """Contradictions of polarity that the stances of sources show, in order of their first reports."""
    return [*_confirmed_and_not(groups), *_denied_by_pointing(groups)]


def _confirmed_and_not(groups: Sequence[ClaimGroup]) -> Iterator[Contradiction]:
    """What a source confirms in one report, and neither confirms nor affirms in another."""
    stances: dict[Stance, list[tuple[ClaimGroup, Report]]] = defaultdict(list)
    for group in groups:
        for report in group.reports:
            stances[stance_of(report)].append((group, report))
    reserved = [*stances[Stance.WITHHOLDS], *stances[Stance.DENIES]]
    matters = (
        {id(report): matter_of(report) for _, report in (*stances[Stance.CONFIRMS], *reserved)} if reserved else {}
    )
    by_claim: dict[str, list[tuple[ClaimGroup, Report]]] = {}
    for group, report in stances[Stance.CONFIRMS] if reserved else ():
        against = [
            (other_group, other)
            for other_group, other in reserved
            if _answerable_to_each_other(report, other) and same_matter(matters[id(report)], matters[id(other)])
        ]
        if against:
            by_claim.setdefault(group.claim_id, []).append((group, report))
            by_claim[group.claim_id] += [one for one in against if one not in by_claim[group.claim_id]]
    for found in by_claim.values():
        yield _polarity(found)


def _answerable_to_each_other(confirming: Report, reserved: Report) -> bool:
    """Whether one source, or one side, cannot do both; in one article only the headline may contradict the text."""
    one_side = confirming.side is not None and confirming.side == reserved.side
    if not (one_side or same_source(confirming, reserved)):
        return False
    if confirming.article.article_id == reserved.article.article_id:
        return _in_headline(confirming) != _in_headline(reserved)
    first, last = reserved.article.published_at, confirming.article.published_at
    return first is None or last is None or last - first < LATER


def _denied_by_pointing(groups: Sequence[ClaimGroup]) -> Iterator[Contradiction]:
    """What is told, and "that account" rejected by somebody else in the same article."""
    in_article: dict[str, list[tuple[ClaimGroup, Report]]] = defaultdict(list)
    for group in groups:
        for report in group.reports:
            in_article[report.article.article_id].append((group, report))
    against: dict[str, list[tuple[ClaimGroup, Report]]] = {}
    for told in in_article.values():
        reports = [report for _, report in told]
        for group, report in told:
            target = pointed_at(report, reports)
            if target is not None:
                meant = next(one for one, each in told if each is target)
                found = against.setdefault(meant.claim_id, [(meant, one) for one in meant.reports])
                found.append((group, report))
    for found in against.values():
        yield _polarity(found)


def _polarity(found: Sequence[tuple[ClaimGroup, Report]]) -> Contradiction:
    """The contradiction between reports of several merged claims, those that affirm first."""
    taken: dict[tuple[str, Stance], list[Report]] = defaultdict(list)
    for group, report in found:
        taken[group.claim_id, stance_of(report)].append(report)
    order = list(Stance)
    ranked = sorted(taken.items(), key=lambda told: (order.index(told[0][1]), told[1][0].order))
    positions = tuple(
        position(
            claim_id,
            stance.value,
            sorted(reports, key=lambda one: one.order),
            {id(one): decisive(one) for one in reports},
        )
        for (claim_id, stance), reports in ranked
    )
    return Contradiction(
        kind=ContradictionKind.POLARITY,
        sides=tuple(dict.fromkeys(each.claim_id for each in positions)),
        positions=positions,
        explanation=_explained(ranked),
    )


def _explained(ranked: Sequence[tuple[tuple[str, Stance], Sequence[Report]]]) -> str:
    """One sentence: who affirms it in what words, who denies it, who leaves it open."""
    taken: dict[Stance, dict[str, str]] = {}
    for (_, stance), reports in ranked:
        for report in reports:
            name = source_name(report)
            taken.setdefault(stance, {}).setdefault(report.source or name, name)
    text = ranked[0][1][0].claim.text.strip()
    told = [f"{listed(list(sources.values()))} {_VERBS[stance]}" for stance, sources in taken.items()]
    return "; ".join((f"{told[0]} \u201c{text}\u201d", *(f"{each} it" for each in told[1:]))) + "."


def _in_headline(report: Report) -> bool:
    """Whether it stands in the first line of its text."""
    end = report.article.text.find("\n")
    return 0 <= report.claim.span.end <= end
