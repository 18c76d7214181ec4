"""Merged claims as the event page shows them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.api.names.name_keys import NameKeys
from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped
from services.api.pages.claim_days import tells_of_later_day
from services.api.pages.different_sources import different_sources
from services.api.pages.highlight import Segment, marked
from services.api.pages.links import article_page
from services.api.pages.one_source import one_source, speaker_of_most
from services.api.pages.plots.corroboration import Strip, strip
from services.api.pages.stances import stance_in_report, stance_of
from services.contracts.base import Span
from services.contracts.claim import AssertionForm, ClaimKind, Commitment
from services.contracts.event_claims import MergedClaim, Support, SupportForm
from services.language import pointers


@dataclass(frozen=True)
class Report:
    """One article that makes a claim."""

    outlet: str
    page: str
    """The article's page, at this claim."""
    number: int | None
    """Its number in the event's list of articles."""
    opinion: bool
    """Whether it is an opinion piece."""
    commitment: str | None
    """What it has the source do, where the claim as a whole tells something else."""


@dataclass(frozen=True)
class Wording:
    """One form in which the claim is reported, and who reports it so."""

    text: str
    reports: tuple[Report, ...]
    segments: tuple[Segment, ...] = ()
    """The text, with the words of the quotation that it gives in part marked."""
    form: str | None = None
    """How much of the quotation it gives; null where that goes without saying."""


@dataclass(frozen=True)
class ClaimView:
    """One merged claim."""

    claim_id: str
    kind: str
    quotation: bool
    text: str
    speaker: str
    speaker_page: str | None
    """The speaker's page; None where the name does not tell who it is."""
    sourced: bool
    """Whether a source is named."""
    narrated: bool
    """Whether it is an outlet's own."""
    stance: str | None
    """What stands before the words unless the source asserts them: "Denied"."""
    negated: bool
    origins: int
    strip: Strip
    """Its origins and reprints as dots and in words."""
    sources_note: str | None
    """That all reports have it from one source, or that they name different ones, in a sentence."""
    first_reported: str | None
    reports: tuple[Report, ...]
    """One for each outlet, in order of first report."""
    more_reports: int
    """Outlets whose reports the page has no room for."""
    outlet_link: str | None
    """An outlet's page at these words; None where no report of them has an address."""
    wordings: tuple[Wording, ...]
    """All forms, the canonical one first; empty where there is only that one."""


@dataclass(frozen=True)
class AllReports:
    """The claims of an event with all reports that are known: a page lists few of a claim of a big one."""

    claims: Mapping[str, MergedClaim] = field(default_factory=dict)
    """By id; of others there is no more than what is listed."""
    are_whole: bool = True
    """Whether none is left out of them."""

    def of(self, claim: MergedClaim) -> MergedClaim:
        """The claim with its reports."""
        return self.claims.get(claim.claim_id, claim)

    def strip(self, claim: MergedClaim) -> Strip:
        """How widely it is reported."""
        supports = self.of(claim).supports
        reports = ((support.origin_id, carrier(support)) for support in supports)
        return strip(claim.origins, reports, are_all=self.are_whole)


NO_OTHER_REPORTS = AllReports()


def claim_views(
    claims: Sequence[MergedClaim],
    index: ArticleIndex,
    times: phrases.Times,
    keys: NameKeys,
    known: AllReports = NO_OTHER_REPORTS,
) -> list[ClaimView]:
    """The claims, the most widely corroborated first, the outlets' own after others, then by first report.

    Args:
        claims: of one event.
        index: names the articles.
        times: tells the event's times.
        keys: of the event's names.
        known: Their reports, where the claims have not all of them.
    """
    return [claim_view(claim, index, times, keys, known) for claim in sorted(claims, key=reading_order)]


def says_something(claim: MergedClaim) -> bool:
    """Whether it is worth a line of its own: a denial of "the report" says what it says beside the report."""
    return pointers.says_something(claim.text, is_denial=claim.commitment is Commitment.DENIES)


def is_left_open(claim: MergedClaim) -> bool:
    """Whether its source does not say whether it is so: "declined to comment" states nothing."""
    return claim.commitment is Commitment.DECLINES_TO_CONFIRM and claim.kind is not ClaimKind.QUOTATION


def reading_order(claim: MergedClaim) -> tuple[int, int, bool, str, str]:
    """Sorts claims: the most widely corroborated first, the outlets' own after others, then by first report."""
    first = claim.first_reported_at
    return -claim.origins, _own_rank(claim), first is None, first.isoformat() if first else "", claim.claim_id


def _own_rank(claim: MergedClaim) -> int:
    """After what somebody says: an outlet's own figures, then all else in its own words."""
    if claim.form is not AssertionForm.NARRATED:
        return 0
    return 1 if claim.kind is ClaimKind.FIGURE else 2


def claim_view(
    claim: MergedClaim,
    index: ArticleIndex,
    times: phrases.Times,
    keys: NameKeys,
    known: AllReports = NO_OTHER_REPORTS,
) -> ClaimView:
    """One claim."""
    reports = _one_an_outlet(claim.supports, claim.commitment, index)
    return ClaimView(
        claim_id=claim.claim_id,
        kind=phrases.LEFT_OPEN if is_left_open(claim) else phrases.CLAIM_KIND[claim.kind],
        quotation=claim.kind.value == "quotation",
        text=phrases.readable(clipped(claim.text)),
        speaker=phrases.speaker(claim.speaker),
        speaker_page=keys.page_of(claim.speaker),
        sourced=claim.speaker is not None,
        narrated=claim.form is AssertionForm.NARRATED,
        stance=stance_of(claim),
        negated=claim.negated,
        origins=claim.origins,
        strip=known.strip(claim),
        sources_note=_sources_note(known.of(claim), are_all=known.are_whole),
        first_reported=_first_reported(claim, times),
        reports=reports,
        more_reports=len(set(map(carrier, known.of(claim).supports)) - set(map(carrier, claim.supports))),
        outlet_link=_outlet_link(claim, index),
        wordings=_wordings(claim, index),
    )


def _sources_note(claim: MergedClaim, *, are_all: bool) -> str | None:
    return one_source(claim, are_all=are_all) or different_sources(claim) or speaker_of_most(claim, are_all=are_all)


def _first_reported(claim: MergedClaim, times: phrases.Times) -> str | None:
    first = claim.first_reported_at
    return None if first is None or tells_of_later_day(claim, first) else times(first)


def _one_an_outlet(supports: Sequence[Support], of_claim: Commitment, index: ArticleIndex) -> tuple[Report, ...]:
    outlets: dict[str, Report] = {}
    for support in supports:
        outlets.setdefault(carrier(support), claim_report(support, of_claim, index))
    return tuple(outlets.values())


def carrier(support: Support) -> str:
    """What reports are told apart by: the outlet, or the article where no outlet is named."""
    return support.publisher.key or support.article_id


def _outlet_link(claim: MergedClaim, index: ArticleIndex) -> str | None:
    """To the report that has the canonical wording if possible, since that is what a reader has seen."""
    ordered = sorted(claim.supports, key=lambda support: support.text != claim.text)
    return next(filter(None, (index.link(support.article_id, support.text) for support in ordered)), None)


def _wordings(claim: MergedClaim, index: ArticleIndex) -> tuple[Wording, ...]:
    supports: dict[str, list[Support]] = {claim.text: []}
    for text in claim.variants:
        supports.setdefault(text, [])
    for support in claim.supports:
        supports.setdefault(support.text, []).append(support)
    if len(supports) == 1:
        return ()
    return tuple(_wording(text, by, claim.commitment, index) for text, by in supports.items())


def _wording(text: str, supports: Sequence[Support], of_claim: Commitment, index: ArticleIndex) -> Wording:
    """One wording; of a quotation, how much of it this gives, with its own words marked where they are a part."""
    first = supports[0] if supports else None
    spans: tuple[Span, ...] = ()
    if first is not None and first.form is SupportForm.CUT:
        start = first.span.start
        spans = tuple(
            Span(start=words.start - start, end=words.end - start) for words in first.words if first.span.holds(words)
        )
    text = clipped(text)
    return Wording(
        text=text,
        reports=_one_an_outlet(supports, of_claim, index),
        segments=marked(text, spans),
        form=None if first is None or first.form is None else phrases.FORM[first.form],
    )


def claim_report(support: Support, of_claim: Commitment, index: ArticleIndex) -> Report:
    """One report of a claim; `of_claim`: how far the source commits itself to the claim as a whole."""
    return Report(
        outlet=index.outlet(support.article_id, support.publisher),
        page=article_page(support.article_id, support.claim_id),
        number=index.number(support.article_id),
        opinion=index.is_opinion(support.article_id),
        commitment=stance_in_report(support.commitment, of_claim),
    )
