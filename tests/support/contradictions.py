"""Reports that contradict each other, made by hand."""

from dataclasses import replace

from services.contracts.claim import ClaimKind, Commitment
from services.contracts.event_claims import Contradiction
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.wordings import group_by_article
from services.dedupe.merging.contradictions.event_contradictions import find_contradictions
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

NEAR = direction(3)


OPENING = "The ministry answered reports that troops crossed the river Lenn."


DOOR = "The bow door of the ferry was not closed when the ship left"


def reported(
    outlet: str,
    claim: str,
    *,
    before: str = "",
    cue: str | None = None,
    speaker: str | None = "Ada Reyl",
    commitment: Commitment = Commitment.ASSERTS,
    kind: ClaimKind = ClaimKind.STATEMENT,
    days: float | None = 0.0,
    side: str | None = "NO",
    near: int | None = None,
    after: str = "",
) -> Report:
    """A claim after its cue, in an article that says `before` it."""
    article = make_article(outlet, f"{before} {speaker} {cue or 'said'} {claim}{after}.".strip(), days=days)
    made = make_claim(article, claim, speaker=speaker, commitment=commitment, kind=kind)
    made = made.model_copy(update={"cue": cue or "said"})
    vector = round_to_whole_numbers(direction(len(claim), NEAR, 0.1) if near is None else direction(near))
    one = make_report(article, f"org_{outlet}", made, vector)
    return replace(one, source=speaker, side=side)


def contradictions_of(*reports: Report) -> tuple[Contradiction, ...]:
    return find_contradictions(GroupChanges(new=group_claims(reports)), group_by_article(reports), ())


def positions_of(contradiction: Contradiction) -> list[tuple[str, str | None, list[str]]]:
    return [(each.says, each.source, [passage.text for passage in each.passages]) for each in contradiction.positions]


def confirming(outlet: str = "herald", **changes: object) -> Report:
    return reported(outlet, "sending troops over the river Lenn", cue="confirmed", **changes)  # type: ignore[arg-type]


def declining(outlet: str = "post", **changes: object) -> Report:
    fields: dict[str, object] = {
        "before": OPENING,
        "cue": "did not confirm",
        "commitment": Commitment.DECLINES_TO_CONFIRM,
        "speaker": "Ole Brandt",
        "near": 9,
    }
    return reported(outlet, "whether such a crossing had taken place", **fields | changes)  # type: ignore[arg-type]


def quoted(outlet: str, words: str, speaker: str) -> Report:
    return reported(outlet, words, kind=ClaimKind.QUOTATION, speaker=speaker, side=None)
