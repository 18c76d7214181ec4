"""The sides of a disagreement as the event page shows them: what each says, in which words, by whom reported. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.names.name_keys import NameKeys
from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped, shown
from services.api.pages.claim_views import NO_OTHER_REPORTS, AllReports, Report, carrier, claim_report
from services.api.pages.deciding_words import NOTHING_SAID, Said, deciding_spans, said_in
from services.api.pages.highlight import Segment, marked
from services.api.pages.plots.corroboration import Strip
from services.api.pages.stances import stance
from services.contracts.base import Span
from services.contracts.claim import Commitment
from services.contracts.event_claims import Contradiction, ContradictionKind, MergedClaim, Passage, Position, Support

_DENYING = frozenset((Commitment.DENIES, Commitment.DECLINES_TO_CONFIRM))
_SAYS_NO = frozenset(("denies", "declines to confirm"))
"""What positions say that deny a claim or leave it open."""
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
    source_page: str | None
    """The source's page; None where the name does not tell who it is."""
    sourced: bool
    """Whether a source is named."""
    kind: str
    stance: str | None
    """What stands before the claim's words, where neither they nor `says` tell it."""
    strip: Strip
    outlet_link: str | None
    """The outlet's page at the first of these words."""
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class _Known:
    """What the page knows beside the sides."""

    index: ArticleIndex
    keys: NameKeys
    reports: AllReports


def side_views(
    contradiction: Contradiction,
    claims: Mapping[str, MergedClaim],
    index: ArticleIndex,
    keys: NameKeys,
    reports: AllReports = NO_OTHER_REPORTS,
) -> tuple[SideView, ...]:
    """The sides, in the order given; none for a claim that is not in the event.

    Args:
        contradiction: Of the event. Without positions, as from before this field, each side is the claim's wording.
        claims: By id.
        index: Names the articles.
        keys: Of the event's names.
        reports: Those of the claims, where these have not all of them.
    """
    known = _Known(index, keys, reports)
    positions = contradiction.positions or tuple(Position(claim_id=side, says="") for side in contradiction.sides)
    listed = [position for position in positions if position.claim_id in claims]
    is_polarity = contradiction.kind is ContradictionKind.POLARITY
    said = [
        said_in(_texts(position, claims[position.claim_id])) if is_polarity else NOTHING_SAID for position in listed
    ]
    return tuple(
        _view(position, claims[position.claim_id], _opposing(position, listed, said), known) for position in listed
    )


def _opposing(position: Position, listed: Sequence[Position], said: Sequence[Said]) -> Said:
    """What those say who say otherwise."""
    says = position.says.casefold()
    opposing = NOTHING_SAID
    for other, own in zip(listed, said, strict=True):
        if other is not position and other.says.casefold() != says:
            opposing |= own
    return opposing


def _texts(position: Position, claim: MergedClaim) -> list[str]:
    return [clipped(passage.text) for passage in position.passages] or [clipped(claim.text)]


def side_columns(sides: Sequence[SideView]) -> tuple[tuple[SideView, ...], ...]:
    """The sides in columns, in the order given: those that say the same agree, and stand under each other."""
    columns: dict[str, list[SideView]] = {}
    for side in sides:
        columns.setdefault(side.says.casefold() or side.claim_id, []).append(side)
    return tuple(map(tuple, columns.values()))


def _view(position: Position, claim: MergedClaim, opposing: Said, known: _Known) -> SideView:
    speaker, index = claim.speaker, known.index
    source, page, says = position.source, None, shown(position.says)
    if speaker is not None and source in (None, speaker.canonical, speaker.surface):
        source, page = phrases.speaker(speaker), known.keys.page_of(speaker)
    wordings = _wordings(position.passages, claim, opposing, index) or (
        Wording(_deciding(clipped(claim.text), opposing, None), _reports(claim.supports, claim, index)),
    )
    return SideView(
        claim_id=claim.claim_id,
        says=says,
        source=shown(source) or phrases.NO_SOURCE,
        source_page=page,
        sourced=source is not None,
        kind=phrases.CLAIM_KIND[claim.kind],
        stance=None if says in _SAYS_NO else _stance(claim, wordings[0]),
        strip=known.reports.strip(claim),
        outlet_link=_outlet_link(position.passages, claim.supports, index),
        wordings=wordings,
    )


def _stance(claim: MergedClaim, shown_first: Wording) -> str | None:
    """What stands before the words that are shown: a passage may hold the verb that the claim leaves out."""
    words = "".join(segment.text for segment in shown_first.segments)
    return stance(claim.commitment, claim.kind, words, claim.cue)


def _outlet_link(passages: Sequence[Passage], supports: Sequence[Support], index: ArticleIndex) -> str | None:
    quoted = [(passage.article_id, passage.text) for passage in passages]
    reported = [(support.article_id, support.text) for support in supports]
    return next(filter(None, (index.link(article_id, words) for article_id, words in quoted or reported)), None)


def _wordings(
    passages: Sequence[Passage], claim: MergedClaim, opposing: Said, index: ArticleIndex
) -> tuple[Wording, ...]:
    """Each distinct wording once, with all who write so."""
    by_words: dict[tuple[Segment, ...], list[Support]] = {}
    for passage in passages:
        own = [support for support in claim.supports if support.article_id == passage.article_id]
        around = next((support for support in own if support.span.holds(passage.span)), None)
        start = around.span.start if around else 0
        inner = Span(start=passage.span.start - start, end=passage.span.end - start)
        if around is not None and inner.end - inner.start < len(around.text):
            words = marked(clipped(around.text), (inner,))
        else:
            words = _deciding(clipped(passage.text), opposing, _denying_cue(own))
        by_words.setdefault(words, []).extend(own[:1] if around is None else [around])
    return tuple(Wording(words, _reports(by, claim, index)) for words, by in by_words.items())[:MOST_WORDINGS]


def _deciding(text: str, opposing: Said, cue: str | None) -> tuple[Segment, ...]:
    """The text with its deciding words marked; with none where nobody opposes it."""
    return marked(text, deciding_spans(text, opposing, cue) if opposing != NOTHING_SAID else ())


def _denying_cue(supports: Sequence[Support]) -> str | None:
    return next((support.cue for support in supports if support.cue and support.commitment in _DENYING), None)


def _reports(supports: Sequence[Support], claim: MergedClaim, index: ArticleIndex) -> tuple[Report, ...]:
    """One for each outlet."""
    outlets: dict[str, Report] = {}
    for support in supports:
        outlets.setdefault(carrier(support), claim_report(support, claim.commitment, index))
    return tuple(outlets.values())
