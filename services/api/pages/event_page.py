"""What is on the page of one event. Pure: from the contract Event to what the template sets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.article_entries import ArticleEntry, article_entries
from services.api.pages.characters import shown
from services.api.pages.claim_views import ClaimView, claim_views
from services.api.pages.figure_views import FigureView, figure_views
from services.api.pages.position_views import SideView, side_views
from services.api.pages.shown_part import shown_part
from services.api.summaries import event_page as page_of
from services.api.summaries import event_url
from services.contracts.event import Event, EventEntity
from services.contracts.event_claims import Contradiction, MergedClaim


@dataclass(frozen=True)
class Citation:
    """A sentence of the summary, and the number of the article that it is from (null: not in the list)."""

    text: str
    number: int | None


@dataclass(frozen=True)
class Disagreement:
    """Claims that cannot all hold."""

    kind: str
    explanation: str
    sides: tuple[SideView, ...]


@dataclass(frozen=True)
class NameEntry:
    """A name with its spellings, each with the outlets that use it."""

    name: str
    type: str
    variants: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Moment:
    """A line of the timeline."""

    at_iso: str
    at: str
    what: str
    outlet: str


@dataclass(frozen=True)
class EventPageView:
    """Everything on the page."""

    event_id: str
    version: int
    headline: str
    language: str | None
    status: str
    counts: str
    first: str | None
    latest: str | None
    page: str
    json_url: str
    more_articles: str | None
    """How many further articles there are, in words; null: none."""
    more_claims: str | None
    """Likewise claims."""
    more_differences: str | None
    """Likewise disagreements and rows of figures."""
    asked: str | None
    """The id asked for, where this event took that one in."""
    summary: tuple[Citation, ...]
    disagreements: tuple[Disagreement, ...]
    figures: tuple[FigureView, ...]
    single_figures: tuple[FigureView, ...]
    """Things for which every report gives one value."""
    corroborated: tuple[ClaimView, ...]
    """Claims with two or more independent origins."""
    uncorroborated: tuple[ClaimView, ...]
    articles: tuple[ArticleEntry, ...]
    names: tuple[NameEntry, ...]
    timeline: tuple[Moment, ...]
    lineage: tuple[tuple[str, str, str], ...]
    """What happened, the other event's page, why."""
    nearest: tuple[str, str] | None
    """The nearest other event's page, and what spoke against it."""


def event_page(event: Event, asked: str) -> EventPageView:
    """The view of an event, asked for by the id `asked`; of a big one so much as a page can hold."""
    event = shown_part(event)
    omitted = event.omitted
    numbers = {article.article_id: number for number, article in enumerate(event.articles, start=1)}
    outlets = {article.article_id: phrases.outlet(article.publisher) for article in event.articles}
    times = phrases.times(event.articles)
    claims = claim_views(event.claims, numbers, times)
    figures = figure_views(event.figures, {view.claim_id: view for view in claims}, outlets, times)
    return EventPageView(
        event_id=event.event_id,
        version=event.version,
        headline=shown(event.headline) or phrases.UNTITLED_EVENT,
        language=event.language,
        status=phrases.STATUS[event.status],
        counts=phrases.counts_sentence(event.counts),
        first=times(event.first_published_at),
        latest=times(event.last_published_at),
        page=page_of(event.event_id),
        json_url=event_url(event.event_id),
        more_articles=_more(phrases.count(omitted.articles, "more article"), omitted.articles),
        more_claims=_more(phrases.count(omitted.claims, "more claim"), omitted.claims),
        more_differences=_more(
            f"{phrases.count(omitted.contradictions, 'more disagreement')} and "
            f"{phrases.count(omitted.figures, 'more row')} of figures",
            omitted.contradictions + omitted.figures,
        ),
        asked=asked if asked != event.event_id else None,
        summary=tuple(Citation(sentence.text, numbers.get(sentence.article_id)) for sentence in event.summary),
        disagreements=_disagreements(event.contradictions, event.claims, numbers),
        figures=tuple(figure for figure in figures if figure.differs),
        single_figures=tuple(figure for figure in figures if not figure.differs),
        corroborated=tuple(view for view in claims if view.origins > 1),
        uncorroborated=tuple(view for view in claims if view.origins == 1),
        articles=article_entries(event.articles),
        names=tuple(_name(entity, outlets) for entity in event.entities if len(entity.variants) > 1),
        timeline=tuple(
            Moment(
                entry.at.isoformat(),
                times(entry.at) or "",
                entry.what,
                outlets.get(entry.article_id, phrases.UNKNOWN_OUTLET),
            )
            for entry in sorted(event.timeline, key=lambda entry: entry.at)
        ),
        lineage=tuple((entry.kind, page_of(entry.event_id), entry.reason) for entry in event.lineage),
        nearest=(page_of(event.nearest.event_id), event.nearest.sentence) if event.nearest else None,
    )


def _more(words: str, number: int) -> str | None:
    return words if number else None


def _disagreements(
    contradictions: Sequence[Contradiction], claims: Sequence[MergedClaim], numbers: Mapping[str, int]
) -> tuple[Disagreement, ...]:
    """Only sides that are in the event; a reader must never see half a disagreement."""
    by_id = {claim.claim_id: claim for claim in claims}
    shown = []
    for contradiction in contradictions:
        sides = side_views(contradiction, by_id, numbers)
        if len({side.claim_id for side in sides}) > 1:
            kind = phrases.CONTRADICTION[contradiction.kind]
            shown.append(Disagreement(kind, contradiction.explanation, sides))
    return tuple(shown)


def _name(entity: EventEntity, outlets: Mapping[str, str]) -> NameEntry:
    variants = tuple(
        (
            variant.surface,
            tuple(dict.fromkeys(outlets[each] for each in variant.article_ids if each in outlets)),
        )
        for variant in entity.variants
    )
    return NameEntry(entity.name, entity.type, variants)
