"""What is on the page of one event. Pure: from the contract Event to what the template sets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.api.history.memento import version_url
from services.api.names.name_keys import NameKeys
from services.api.pages import phrases
from services.api.pages.article_entries import ArticleGroup, article_groups, opinions_note, unknown_note
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped, shown
from services.api.pages.claim_views import AllReports, ClaimView, claim_views, says_something
from services.api.pages.denial_views import DenialView, denial_views, more_denials
from services.api.pages.disagreements import Disagreement, disagreements
from services.api.pages.figure_views import FigureView, figure_view, in_reading_order
from services.api.pages.latest_report import LatestReport, latest_report
from services.api.pages.left_out import LeftOut, left_out
from services.api.pages.lineage_views import LineageView, lineage_view
from services.api.pages.links import article_at_words
from services.api.pages.moments import machine_time
from services.api.pages.name_headings import Link, named_links
from services.api.pages.name_views import NameEntry, name_views
from services.api.pages.numbers import number
from services.api.pages.origin_articles import find_reprints, texts_and_reprints
from services.api.pages.plots.claim_matrix import ClaimMatrix, claim_matrix
from services.api.pages.plots.claim_times import ClaimTimes, claim_times
from services.api.pages.plots.corroboration import Strip, strip
from services.api.pages.plots.figure_plot import legend
from services.api.pages.plots.first_reports import Precisions, precisions
from services.api.pages.plots.source_graph import SourceGraph, source_graph
from services.api.pages.plots.time_plot import TimePlot, time_plot
from services.api.pages.references import References
from services.api.pages.shown_part import shown_part
from services.api.pages.single_claims import ArticleClaims, claims_by_article
from services.api.pages.structured_data import OpenGraph, open_graph, structured_data
from services.api.pages.version_views import PageOfVersion
from services.api.summaries import event_page as page_of
from services.api.summaries import event_url, version_page
from services.contracts.event import Event, TimelineEntry


@dataclass(frozen=True)
class Citation:
    """A sentence of the summary."""

    text: str
    number: int | None
    """Number of the article that it is from; None: not in the list."""
    page: str
    """That article's page, at these words."""


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
    status: str | None
    """That no report can join any more, in a sentence; None while reports can."""
    counts: str
    """How widely it is reported: articles, outlets, origins, reprints."""
    strip: Strip
    """Its origins and reprints as dots."""
    first: str | None
    latest: str | None
    page: str
    json_url: str
    verification_url: str
    """Where every span of the event, as it is, is checked."""
    left_out: LeftOut
    asked: str | None
    """The id asked for, where this event took that one in."""
    permalinks: str
    """Page of this version, whose words do not change: with `#` and its id the lasting address of a claim."""
    of_version: PageOfVersion | None
    """What that page shows beside the event; None on the page of the event as it is."""
    summary: tuple[Citation, ...]
    latest_report: LatestReport | None
    """The newest report, where neither headline nor summary is of it."""
    compared: bool
    """Whether it has several articles."""
    disagreements: tuple[Disagreement, ...]
    """In what reports differ."""
    disputed: tuple[Disagreement, ...]
    """What sources dispute, while reports agree that they do."""
    denials: tuple[DenialView, ...]
    """Who denies what else."""
    more_denials: int
    figures: tuple[FigureView, ...]
    """Those for which values are given that differ."""
    figure_legend: tuple[str, ...]
    """What the marks of their plots mean."""
    single_figures: tuple[FigureView, ...]
    """Those for which every report gives one value."""
    matrix: ClaimMatrix | None
    corroborated: tuple[ClaimView, ...]
    """Claims with two or more independent origins."""
    single: tuple[ArticleClaims, ...]
    """Claims with one origin, by article."""
    articles: tuple[ArticleGroup, ...]
    unknown: str | None
    """What is not known of the articles, in a sentence."""
    names: tuple[NameEntry, ...]
    """Names that outlets write in several ways."""
    named: tuple[Link, ...]
    """Who and what it names, with their pages."""
    sources: SourceGraph | None
    """Which sources and texts stand behind the reports; None where there is nothing to draw."""
    times: TimePlot | None
    timeline: tuple[Moment, ...]
    timeline_length: str
    """How many lines it has, and of how many: "16 of 21"; "5, without reprints" where those have no line."""
    claim_times: ClaimTimes | None
    lineage: LineageView | None
    """Why it is one event; None where nothing is to be said."""
    open_graph: OpenGraph
    structured_data: dict[str, Any]

    @property
    def differs(self) -> bool:
        """Whether reports cannot all be right."""
        return bool(self.disagreements) or any(figure.conflicting for figure in self.figures)

    @property
    def has_several_times(self) -> bool:
        """Whether its listed articles were published at times that the page tells apart."""
        return len({entry.published for group in self.articles for entry in group.entries}) > 1

    @property
    def has_comparison(self) -> bool:
        """Whether the page has a section that compares reports; it may say that no difference was found."""
        return self.compared or bool(
            self.disagreements or self.disputed or self.denials or self.figures or self.single_figures
        )

    @property
    def claim_ids(self) -> frozenset[str]:
        """Of the claims that the page has."""
        return frozenset(claim.claim_id for claim in (*self.corroborated, *self.uncorroborated))

    @property
    def uncorroborated(self) -> tuple[ClaimView, ...]:
        """Claims with one origin, in the order in which the page has them."""
        return tuple(claim for group in self.single for claim in (*group.claims, *group.folded))


def event_page(
    event: Event,
    asked: str,
    of_version: PageOfVersion | None = None,
    headlines: Mapping[str, str] | None = None,
) -> EventPageView:
    """The view of an event; of a big one so much as a page can hold.

    Args:
        event: The event.
        asked: The id that it was asked for by.
        of_version: What the page of this version shows beside it; None: the page is that of the event as it is.
        headlines: Of other events that it names (`named_events`), by id, as far as they are known.
    """
    whole, event = event, shown_part(event)
    index = ArticleIndex(event.articles)
    references = References(index, headlines)
    times = phrases.times(event.articles)
    known = precisions(whole.articles)
    keys = NameKeys(whole.entities)
    reports = AllReports({claim.claim_id: claim for claim in whole.claims}, are_whole=not whole.omitted.supports)
    claims = claim_views(list(filter(says_something, event.claims)), index, times, keys, reports)
    by_id = {view.claim_id: view for view in claims}
    ordered = in_reading_order(event.figures)
    values = {(figure.counted, figure.unit, figure.values[:1]): len(figure.values) for figure in whole.figures}
    figures = [
        figure_view(figure, by_id, index, times, values[figure.counted, figure.unit, figure.values[:1]])
        for figure in ordered
    ]
    dots = strip(event.counts.origins, texts_and_reprints(whole.articles), are_all=not whole.omitted.articles)
    listed = [claim for claim in whole.claims if claim.claim_id in by_id]
    contradicted = disagreements(event, whole, index, keys, reports)
    return EventPageView(
        event_id=event.event_id,
        version=event.version,
        headline=shown(event.headline) or phrases.UNTITLED_EVENT,
        language=event.language,
        status=phrases.STATUS[event.status],
        counts=f"{phrases.articles_and_outlets(event.counts)}, {dots.words}{opinions_note(whole)}",
        strip=dots,
        first=times(event.first_published_at),
        latest=times(event.last_published_at),
        page=page_of(event.event_id),
        json_url=version_url(event.event_id, event.version) if of_version else event_url(event.event_id),
        verification_url=f"{event_url(event.event_id)}/verification",
        left_out=left_out(event),
        asked=asked if asked != event.event_id else None,
        permalinks=version_page(event.event_id, event.version),
        of_version=of_version,
        summary=tuple(
            Citation(
                clipped(sentence.text),
                index.number(sentence.article_id),
                article_at_words(sentence.article_id, sentence.text),
            )
            for sentence in event.summary
        ),
        latest_report=latest_report(event, index, times),
        compared=event.counts.articles > 1,
        disagreements=tuple(one for one in contradicted if not one.between_sources),
        disputed=tuple(one for one in contradicted if one.between_sources),
        denials=denial_views(event.denials, index),
        more_denials=more_denials(event.denials),
        figures=tuple(view for view in figures if view.differs),
        figure_legend=legend([figure for figure, view in zip(ordered, figures, strict=True) if view.differs]),
        single_figures=tuple(view for view in figures if not view.differs),
        matrix=claim_matrix(whole, by_id.keys(), index),
        corroborated=tuple(view for view in claims if view.origins > 1),
        single=claims_by_article(event.claims, by_id, index, times),
        articles=article_groups(event.articles, event.origins, references, are_all=not event.omitted.articles),
        unknown=unknown_note(event.articles),
        names=name_views(event.entities, index),
        named=named_links(keys, whole),
        sources=source_graph(whole, index),
        times=time_plot(whole.articles, index, event.counts.origins),
        timeline=_timeline(event.timeline, index, times, known),
        timeline_length=_length_of_timeline(event, whole),
        claim_times=claim_times(listed, index, times, known),
        lineage=lineage_view(event, references),
        open_graph=open_graph(event),
        structured_data=structured_data(event),
    )


def _length_of_timeline(event: Event, whole: Event) -> str:
    shown, known = number(len(event.timeline)), number(len(whole.timeline))
    if shown != known:
        return f"{shown} of {known}"
    return f"{known}, without reprints" if find_reprints(whole.articles) else known


def _timeline(
    entries: Sequence[TimelineEntry], index: ArticleIndex, times: phrases.Times, known: Precisions
) -> tuple[Moment, ...]:
    return tuple(
        Moment(
            machine_time(entry.at, known.get(entry.article_id)),
            times(entry.at) or "",
            shown(entry.what),
            index.outlet(entry.article_id),
        )
        for entry in sorted(entries, key=lambda entry: entry.at)
    )
