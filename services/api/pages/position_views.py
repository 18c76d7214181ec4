"""The sides of a disagreement as the event page shows them: what each says, in which words, by whom reported. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.claim_views import Report, claim_report
from services.api.pages.highlight import Segment, marked
from services.contracts.base import Span
from services.contracts.event_claims import Contradiction, MergedClaim, Passage, Position, Support

MOST_WORDINGS = 3
"""Wordings shown of one side; the claim itself lists all."""


@dataclass(frozen=True)
class Wording:
    """Words of a side, with those that decide marked, and who writes them."""

    segments: tuple[Segment, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class SideView:
    """One side of a disagreement."""

    claim_id: str
    says: str
    """In short; empty where the event does not tell."""
    source: str
    sourced: bool
    """Whether a source is named."""
    kind: str
    corroboration: str
    wordings: tuple[Wording, ...]


def side_views(
    contradiction: Contradiction, claims: Mapping[str, MergedClaim], numbers: Mapping[str, int]
) -> tuple[SideView, ...]:
    """The sides, in the order given; none for a claim that is not in the event.

    Args:
        contradiction: Of the event. Without positions, as from before this field, each side is the claim's wording.
        claims: By id.
        numbers: By article id, its number in the event's list.
    """
    positions = contradiction.positions or tuple(Position(claim_id=side, says="") for side in contradiction.sides)
    return tuple(_view(each, claims[each.claim_id], numbers) for each in positions if each.claim_id in claims)


def _view(position: Position, claim: MergedClaim, numbers: Mapping[str, int]) -> SideView:
    speaker = claim.speaker
    source = position.source
    if speaker is not None and source in (None, speaker.canonical, speaker.surface):
        source = phrases.speaker(speaker)
    return SideView(
        claim_id=claim.claim_id,
        says=position.says,
        source=source or phrases.NO_SOURCE,
        sourced=source is not None,
        kind=phrases.CLAIM_KIND[claim.kind],
        corroboration=phrases.count(claim.origins, "independent origin"),
        wordings=_wordings(position.passages, claim.supports, numbers)
        or (Wording(marked(claim.text, ()), _reports(claim.supports, numbers)),),
    )


def _wordings(
    passages: Sequence[Passage], supports: Sequence[Support], numbers: Mapping[str, int]
) -> tuple[Wording, ...]:
    """Each distinct wording once, with all who write so."""
    by_words: dict[tuple[Segment, ...], list[Support]] = {}
    for passage in passages:
        own = [each for each in supports if each.article_id == passage.article_id]
        around = next((each for each in own if each.span.holds(passage.span)), None)
        if around is not None:
            start = around.span.start
            inner = Span(start=passage.span.start - start, end=passage.span.end - start)
            words = marked(around.text, (inner,) if inner.end - inner.start < len(around.text) else ())
        else:
            words = marked(passage.text, ())
        by_words.setdefault(words, []).extend(own[:1] if around is None else [around])
    return tuple(Wording(words, _reports(by, numbers)) for words, by in by_words.items())[:MOST_WORDINGS]


def _reports(supports: Sequence[Support], numbers: Mapping[str, int]) -> tuple[Report, ...]:
    """One for each outlet."""
    outlets: dict[str, Report] = {}
    for support in supports:
        outlets.setdefault(support.publisher.key or support.article_id, claim_report(support, numbers))
    return tuple(outlets.values())
