"""The sides of a disagreement as the event page shows them: what each says, in which words, by whom reported. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped, shown
from services.api.pages.claim_views import Report, carrier, claim_report, claim_strip
from services.api.pages.highlight import Segment, marked
from services.api.pages.plots.corroboration import Strip
from services.contracts.base import Span
from services.contracts.event_claims import Contradiction, MergedClaim, Passage, Position, Support

MOST_WORDINGS = 2
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
    strip: Strip
    outlet_link: str | None
    """The outlet's page at the first of these words."""
    wordings: tuple[Wording, ...]


def side_views(
    contradiction: Contradiction, claims: Mapping[str, MergedClaim], index: ArticleIndex
) -> tuple[SideView, ...]:
    """The sides, in the order given; none for a claim that is not in the event.

    Args:
        contradiction: Of the event. Without positions, as from before this field, each side is the claim's wording.
        claims: By id.
        index: Names the articles.
    """
    positions = contradiction.positions or tuple(Position(claim_id=side, says="") for side in contradiction.sides)
    return tuple(
        _view(position, claims[position.claim_id], index) for position in positions if position.claim_id in claims
    )


def side_columns(sides: Sequence[SideView]) -> tuple[tuple[SideView, ...], ...]:
    """The sides in columns, in the order given: those that say the same agree, and stand under each other."""
    columns: dict[str, list[SideView]] = {}
    for side in sides:
        columns.setdefault(side.says.casefold() or side.claim_id, []).append(side)
    return tuple(map(tuple, columns.values()))


def _view(position: Position, claim: MergedClaim, index: ArticleIndex) -> SideView:
    speaker = claim.speaker
    source = position.source
    if speaker is not None and source in (None, speaker.canonical, speaker.surface):
        source = phrases.speaker(speaker)
    return SideView(
        claim_id=claim.claim_id,
        says=shown(position.says),
        source=shown(source) or phrases.NO_SOURCE,
        sourced=source is not None,
        kind=phrases.CLAIM_KIND[claim.kind],
        strip=claim_strip(claim),
        outlet_link=_outlet_link(position.passages, claim.supports, index),
        wordings=_wordings(position.passages, claim.supports, index)
        or (Wording(marked(clipped(claim.text), ()), _reports(claim.supports, index)),),
    )


def _outlet_link(passages: Sequence[Passage], supports: Sequence[Support], index: ArticleIndex) -> str | None:
    quoted = [(passage.article_id, passage.text) for passage in passages]
    reported = [(support.article_id, support.text) for support in supports]
    return next(filter(None, (index.link(article_id, words) for article_id, words in quoted or reported)), None)


def _wordings(passages: Sequence[Passage], supports: Sequence[Support], index: ArticleIndex) -> tuple[Wording, ...]:
    """Each distinct wording once, with all who write so."""
    by_words: dict[tuple[Segment, ...], list[Support]] = {}
    for passage in passages:
        own = [support for support in supports if support.article_id == passage.article_id]
        around = next((support for support in own if support.span.holds(passage.span)), None)
        if around is not None:
            start = around.span.start
            inner = Span(start=passage.span.start - start, end=passage.span.end - start)
            words = marked(clipped(around.text), (inner,) if inner.end - inner.start < len(around.text) else ())
        else:
            words = marked(clipped(passage.text), ())
        by_words.setdefault(words, []).extend(own[:1] if around is None else [around])
    return tuple(Wording(words, _reports(by, index)) for words, by in by_words.items())[:MOST_WORDINGS]


def _reports(supports: Sequence[Support], index: ArticleIndex) -> tuple[Report, ...]:
    """One for each outlet."""
    outlets: dict[str, Report] = {}
    for support in supports:
        outlets.setdefault(carrier(support), claim_report(support, index))
    return tuple(outlets.values())
