"""An event as items: its summary, contradictions, denials, claims and figures. Pure."""

from collections.abc import Iterator, Sequence
from typing import TypedDict

from services.api.event_lists import ListedClaim
from services.contracts.event import Event
from services.contracts.event_claims import (
    Contradiction,
    Figure,
    FigureValue,
    FigureVerdict,
    MergedClaim,
    SourceDenial,
    Support,
)
from services.mcp.answers import Fact, Item
from services.mcp.evidence import Evidence, Links, best_reports, day
from services.mcp.inert import inert, inert_name

MOST_OTHERS = 4
"""Further articles named beside a claim: the others are counted, and stand on the page of the claim."""
MOST_POSITIONS = 6
"""Of a contradiction."""


_SERIOUSNESS = tuple(reversed(FigureVerdict))
"""Verdicts, the most serious first."""


class Others(TypedDict):
    """Who else reports an item."""

    also: tuple[str, ...]
    more: int


def facts(**values: Fact | None) -> dict[str, Fact]:
    """What is known of them."""
    return {name: value for name, value in values.items() if value is not None}


def event_head(event: Event, links: Links) -> Item:
    """What event it is, in numbers."""
    return Item(
        kind="event",
        id=event.event_id,
        quoted_title=inert_name(event.headline),
        facts=facts(
            version=event.version,
            status=event.status.value,
            merged_into=event.merged_into,
            articles=event.counts.articles,
            outlets=event.counts.publishers,
            origins=event.counts.origins,
            claims=len(event.claims) + event.omitted.claims,
            contradictions=len(event.contradictions) + event.omitted.contradictions,
            figures=len(event.figures) + event.omitted.figures,
            first_published=day(event.first_published_at),
            last_published=day(event.last_published_at),
        ),
        link=links.event(event.event_id),
    )


def event_items(event: Event, evidence: Evidence) -> Iterator[Item]:
    """Summary, then what contradicts each other, who denies what, then what is claimed."""
    for sentence in event.summary:
        words = evidence.words(sentence.article_id, sentence.span, sentence.text)
        yield Item(kind="summary_sentence", words=(words,))
    for contradiction in event.contradictions:
        yield from contradiction_items(contradiction, event, evidence)
    for denial in event.denials:
        yield _denial_item(denial, event, evidence)
    for claim in event.claims:
        yield claim_item(claim, event, evidence)


def _denial_item(denial: SourceDenial, event: Event, evidence: Evidence) -> Item:
    """Who denies something, in the sentence that tells it."""
    first, *further = denial.passages
    link = evidence.links.claim(event.event_id, event.version, denial.claim_id) if denial.claim_id else None
    return Item(
        kind="denial",
        id=denial.claim_id,
        quoted_by=inert_name(denial.source),
        facts=facts(origins=denial.origins),
        words=(evidence.words(first.article_id, first.span, first.text, link),),
        **others([passage.article_id for passage in further]),
    )


def contradiction_items(contradiction: Contradiction, event: Event, evidence: Evidence) -> Iterator[Item]:
    """What cannot all hold, and who says what."""
    yield Item(
        kind=f"contradiction_of_{contradiction.kind.value}",
        quoted_note=inert(contradiction.explanation),
        facts=facts(sides=len(contradiction.sides)),
    )
    for position in contradiction.positions[:MOST_POSITIONS]:
        link = evidence.links.claim(event.event_id, event.version, position.claim_id)
        passages = position.passages
        yield Item(
            kind="position",
            id=position.claim_id,
            quoted_by=inert_name(position.source),
            quoted_note=inert_name(position.says),
            words=tuple(
                evidence.words(passage.article_id, passage.span, passage.text, link) for passage in passages[:1]
            ),
            **others([passage.article_id for passage in passages[1:]]),
        )


def claim_item(claim: MergedClaim, event: Event, evidence: Evidence) -> Item:
    """A claim in its canonical wording, and who else reports it: one article an origin."""
    return _claim_item(claim, best_reports(claim.text, claim.supports), event, evidence)


def listed_claim_item(claim: ListedClaim, event: Event, evidence: Evidence) -> Item:
    """The same of a claim out of the list of all claims."""
    return _claim_item(claim, best_reports(claim.text, claim.reports), event, evidence)


def _claim_item(claim: MergedClaim | ListedClaim, reports: Sequence[Support], event: Event, evidence: Evidence) -> Item:
    link = evidence.links.claim(event.event_id, event.version, claim.claim_id)
    root = claim.ultimate_source if isinstance(claim, MergedClaim) else None
    return Item(
        kind=claim.kind.value,
        id=claim.claim_id,
        quoted_by=inert_name(claim.speaker.canonical) if claim.speaker else None,
        quoted_note=inert_name(f"All reports go back to {root.name}.") if root else None,
        facts=facts(commitment=claim.commitment.value, origins=claim.origins),
        words=tuple(evidence.support(report, link) for report in reports[:1]),
        **others([report.article_id for report in reports[1:]]),
    )


def others(article_ids: Sequence[str]) -> Others:
    """The articles that are named beside an item, and how many more there are."""
    return {"also": tuple(article_ids[:MOST_OTHERS]), "more": max(0, len(article_ids) - MOST_OTHERS)}


def figure_items(event: Event, evidence: Evidence) -> Iterator[Item]:
    """Each value of each counted thing, with a report that gives it; what conflicts first."""
    claims = {claim.claim_id: claim for claim in event.claims}
    for figure in sorted(event.figures, key=lambda figure: _SERIOUSNESS.index(figure.verdict)):
        for value in figure.values:
            yield _value_item(figure, value, claims, event, evidence)


def _value_item(
    figure: Figure, value: FigureValue, claims: dict[str, MergedClaim], event: Event, evidence: Evidence
) -> Item:
    giving = [claims[claim_id] for claim_id in value.claim_ids if claim_id in claims]
    reports = [report for claim in giving for report in claim.supports if report.article_id in value.article_ids]
    claim_id = value.claim_ids[0] if value.claim_ids else None
    link = evidence.links.claim(event.event_id, event.version, claim_id) if claim_id else None
    return Item(
        kind="figure",
        id=claim_id,
        quoted_title=inert_name(f"{figure.counted}: {value.surface}"),
        quoted_by=inert_name(value.source),
        quoted_note=inert(figure.explanation) or None,
        facts=facts(
            value=int(value.value) if value.value.is_integer() else value.value,
            unit=figure.unit,
            bound=value.bound.value,
            verdict=figure.verdict.value,
            outlook=value.outlook.value,
            as_of=value.as_of,
            origins=value.origins,
            first_reported=day(value.first_reported_at),
            is_sum=True if value.derived_from else None,
        ),
        words=tuple(evidence.support(report, link) for report in reports[:1]),
        **others([article for article in value.article_ids if not reports or article != reports[0].article_id]),
    )
