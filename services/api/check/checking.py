"""A draft's claims beside an event's reports: reported, denied, superseded, from one source, or not reported. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from services.api.check.amounts import other_amounts
from services.api.check.comparison import Comparison, Same, compare
from services.api.check.event_reports import EventReports, Report
from services.api.check.explanations import explain
from services.api.check.models import CheckedClaim, Denial, OtherAmount, Status
from services.api.check.passages import passages_of
from services.api.check.proposition import Proposition, named_speaker, proposition_of
from services.contracts.claim import Claim, SpeakerKind
from services.contracts.event_claims import Contradiction, ContradictionKind, MergedClaim, Position
from services.language.spelling import spelling_key

ENOUGH_ORIGINS = 2
"""Independent origins from which on a claim is more than one source's."""
_LEAVES_OPEN = "declines to confirm"
_SAYS_SO = "says so"


@dataclass
class _Evidence:
    """What was found for one claim of a draft."""

    same: list[MergedClaim] = field(default_factory=list)
    denials: list[Denial] = field(default_factory=list)
    amounts: list[tuple[MergedClaim, Comparison]] = field(default_factory=list)


def check_claims(claims: Sequence[Claim], reports: EventReports) -> tuple[CheckedClaim, ...]:
    """Each claim of a draft beside the event, in order."""
    return tuple(check_claim(claim, reports) for claim in claims)


def check_claim(claim: Claim, reports: EventReports) -> CheckedClaim:
    """One claim of a draft beside the event."""
    draft, speaker = proposition_of(claim), named_speaker(claim.speaker)
    evidence = _Evidence()
    for report in reports.reports:
        _weigh(draft, speaker, report, reports, evidence)
    same_ids = {each.claim_id for each in evidence.same}
    for contradiction in reports.event.contradictions:
        if not _is_attributed(evidence.same, speaker):
            evidence.denials += _opposing(contradiction, same_ids, reports)
    amounts = other_amounts(draft, evidence.same, evidence.amounts, reports.event)
    return _assemble(claim, evidence, amounts, speaker)


def unmatched(claims: Sequence[Claim]) -> tuple[CheckedClaim, ...]:
    """Claims of a draft that is about no event that is here."""
    return tuple(_assemble(claim, _Evidence(), [], None) for claim in claims)


def _weigh(draft: Proposition, speaker: str | None, report: Report, reports: EventReports, evidence: _Evidence) -> None:
    """Note what one report says of the claim."""
    found = [compare(draft, each, reports.words) for each in report.propositions]
    by_kind = {each.same: each for each in sorted(found, key=lambda each: each.covered)}
    says = _speakers(report.claim)
    if Same.PROPOSITION in by_kind and (speaker is None or not says or _is_one_of(speaker, says)):
        evidence.same.append(report.claim)
    elif Same.OPPOSITE in by_kind and Same.PROPOSITION not in by_kind and not (speaker and _is_one_of(speaker, says)):
        evidence.denials.append(_denial(report.claim))
    elif Same.OTHER_AMOUNT in by_kind and Same.PROPOSITION not in by_kind:
        evidence.amounts.append((report.claim, by_kind[Same.OTHER_AMOUNT]))


def _speakers(claim: MergedClaim) -> list[str]:
    """Sources with a name that reports give a claim to."""
    named = (named_speaker(each) for each in (claim.speaker, *(support.speaker for support in claim.supports)))
    return list(dict.fromkeys(name for name in named if name is not None))


def _is_one_of(name: str, others: Iterable[str]) -> bool:
    """Whether a name is one of these, spelled otherwise or in part: "Marchenkov" of "Ilya Marchenkov"."""
    own = _parts(name)
    return any(own <= theirs or theirs <= own for theirs in map(_parts, others))


def _parts(name: str) -> frozenset[str]:
    return frozenset(spelling_key((word,)) for word in name.split())


def _is_attributed(same: Sequence[MergedClaim], speaker: str | None) -> bool:
    """Whether the draft gives the claim to who said it: then a denial of the matter does not deny that."""
    return speaker is not None and any(_is_one_of(speaker, _speakers(each)) for each in same)


def _opposing(contradiction: Contradiction, same: set[str], reports: EventReports) -> Iterator[Denial]:
    """Who stands on the other side of a contradiction about whether something is so."""
    if contradiction.kind is not ContradictionKind.POLARITY:
        return
    own = {position.says for position in contradiction.positions if position.claim_id in same}
    if not own:
        return
    by_id = {report.claim.claim_id: report.claim for report in reports.reports}
    for position in contradiction.positions:
        if _opposes(position, own) and position.claim_id in by_id:
            yield _denial(by_id[position.claim_id], position)


def _opposes(position: Position, own: set[str]) -> bool:
    if position.says == _LEAVES_OPEN or position.says in own:
        return False
    return _SAYS_SO in own or position.says == _SAYS_SO


def _denial(claim: MergedClaim, position: Position | None = None) -> Denial:
    source = position.source if position is not None else (claim.speaker.canonical if claim.speaker else None)
    return Denial(source=source, claim_id=claim.claim_id, passages=passages_of(claim.supports))


def _assemble(claim: Claim, evidence: _Evidence, amounts: Sequence[OtherAmount], speaker: str | None) -> CheckedClaim:
    supports = [support for each in evidence.same for support in each.supports]
    origins = len({support.origin_id for support in supports})
    said_by = tuple({_parts(name): name for each in evidence.same for name in reversed(_speakers(each))}.values())
    denials = tuple({each.claim_id: each for each in evidence.denials}.values())
    root = _root_source(evidence.same)
    # That somebody said it is reported by each origin; that it is so goes back to who said it.
    alone = origins < ENOUGH_ORIGINS or (root is not None and speaker is None)
    if denials:
        status = Status.DENIED
    elif any(each.newer for each in amounts):
        status = Status.SUPERSEDED
    elif not evidence.same:
        status = Status.NOT_REPORTED
    else:
        status = Status.SINGLE_SOURCE if alone else Status.REPORTED
    checked = CheckedClaim(
        text=claim.text,
        span=claim.span,
        status=status,
        explanation="",
        claim_ids=tuple(each.claim_id for each in evidence.same),
        origins=origins,
        said_by=said_by,
        root_source=root,
        passages=passages_of(supports),
        denials=denials,
        other_amounts=tuple(amounts),
    )
    return checked.model_copy(update={"explanation": explain(checked)})


def _root_source(same: Sequence[MergedClaim]) -> str | None:
    """The one source of all of them; two claims of "officials" need not have the same."""
    sources = [each.ultimate_source for each in same]
    if len(sources) > 1 and any(source is None or source.kind is SpeakerKind.UNNAMED for source in sources):
        return None
    roots = {source.name if source else None for source in sources}
    return next(iter(roots)) if len(roots) == 1 else None
