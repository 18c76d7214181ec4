"""Events as text for a terminal."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from services.api.pages.article_index import ArticleIndex
from services.api.pages.different_sources import different_sources
from services.api.pages.numbers import count
from services.api.pages.one_source import one_source
from services.api.pages.phrases import FORM, bound_note, holds, named_outlet
from services.api.pages.stances import stance_of, with_stance
from services.api.summaries import EventSummary
from services.contracts.article import Precision
from services.contracts.claim import Commitment
from services.contracts.event import Event
from services.contracts.event_claims import Figure, FigureValue, MergedClaim, Position, SourceDenial, Support
from services.language.pointers import says_something
from services.language.quotation_marks import quote

_MOST_CLAIMS = 15


def events_list(events: Iterable[EventSummary]) -> Group:
    """Two lines for each event: its headline would leave a table no room."""
    return Group(*(line for event in events for line in _listed(event)))


def _listed(event: EventSummary) -> tuple[Text, Text]:
    counts = event.counts
    facts = [
        count(counts.articles, "article"),
        *([count(counts.publishers, "outlet")] if counts.publishers else []),
        count(counts.origins, "origin"),
        count(event.contradictions, "disagreement"),
        f"updated {_moment(event.updated_at)} UTC",
    ]
    return Text(event.headline, style="bold"), Text(f"  {event.event_id}  {', '.join(facts)}", style="dim")


def event_view(event: Event, *, all_claims: bool = False) -> RenderableType:
    """Headline, counts, claims with who reports them, disagreements, figures and articles of one event.

    Args:
        event: What to show.
        all_claims: Every claim rather than the most reported ones.
    """
    articles = ArticleIndex(event.articles)
    parts: list[RenderableType] = [Rule(style="dim"), Text(event.headline, style="bold"), _facts(event)]
    parts += ["", *(Text(sentence.text) for sentence in event.summary)] if event.summary else []
    if event.claims:
        parts += _section("What is reported", _claims(event, articles, all_claims=all_claims))
    if event.contradictions:
        parts += _section("Disagreements", _contradictions(event, articles))
    if event.denials:
        parts += _section("What is denied", _denials(event.denials, articles))
    if event.figures:
        parts += _section("Figures", _figures(event.figures, articles))
    if event.articles:
        parts += _section("Articles", _articles(event))
    return Group(*parts)


def _section(title: str, body: RenderableType) -> list[RenderableType]:
    return ["", Text(title, style="bold cyan"), Padding(body, (0, 0, 0, 2))]


def _facts(event: Event) -> Text:
    """Counts on one line, dates and identity on the next."""
    counts = event.counts
    facts = [
        count(counts.articles, "article"),
        *([count(counts.publishers, "outlet")] if counts.publishers else []),
        count(counts.origins, "independent origin"),
        count(len(event.claims), "claim"),
    ]
    details = [
        _period(event),
        f"{event.event_id} version {event.version}",
    ]
    return Text("\n".join((" · ".join(facts), " · ".join(details))), style="dim")


def _claims(event: Event, articles: ArticleIndex, *, all_claims: bool) -> RenderableType:
    # The most widely reported first; among equals, the order of the event.
    telling = [
        claim for claim in event.claims if says_something(claim.text, is_denial=claim.commitment is Commitment.DENIES)
    ]
    ranked = sorted(telling, key=lambda claim: (-claim.origins, -len(claim.supports)))
    shown = ranked if all_claims else ranked[:_MOST_CLAIMS]
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column()
    for claim in shown:
        table.add_row(count(claim.origins, "origin"), _claim(claim, articles))
    left_out = len(ranked) - len(shown)
    if not left_out:
        return table
    return Group(table, Text(f"and {count(left_out, 'claim')} more: `newsweave show` lists all", style="dim"))


def _claim(claim: MergedClaim, articles: ArticleIndex) -> Text:
    text = Text(with_stance(stance_of(claim), claim.text))
    if claim.speaker is not None:
        role = f", {claim.speaker.role}" if claim.speaker.role else ""
        text.append(f"\n{claim.speaker.canonical}{role}", style="italic")
    reporters = _in_order(_reporter(support, articles) for support in claim.supports)
    text.append(f"\nreported by {', '.join(reporters)}", style="dim")
    sources_note = one_source(claim) or different_sources(claim)
    if sources_note is not None:
        text.append(f"\n{sources_note}", style="dim")
    return text


def _reporter(support: Support, articles: ArticleIndex) -> str:
    """The outlet, and how much of a quotation it gives, unless that is all of it."""
    form = FORM[support.form] if support.form else None
    return articles.outlet(support.article_id, support.publisher) + (f" ({form})" if form else "")


def _contradictions(event: Event, articles: ArticleIndex) -> Group:
    """Each with its sides: what they say, in which words, by whom reported."""
    claims = {claim.claim_id: claim for claim in event.claims}
    texts: list[Text] = []
    for contradiction in event.contradictions:
        text = Text(f"{contradiction.kind}: ", style="yellow").append(contradiction.explanation, style="none")
        for position in contradiction.positions:
            _append_position(text, position, articles)
        for side in contradiction.sides if not contradiction.positions else ():
            claim = claims.get(side)
            if claim is not None:
                reporters = _in_order(
                    articles.outlet(support.article_id, support.publisher) for support in claim.supports
                )
                text.append(f"\n  - {claim.text}", style="none").append(f" ({', '.join(reporters)})", style="dim")
        texts.append(text)
    return Group(*texts)


def _denials(denials: Sequence[SourceDenial], articles: ArticleIndex) -> Group:
    """Each with the sentence that tells it, and who reports it."""
    texts = []
    for denial in denials:
        outlets = _in_order(_outlet_of(passage.article_id, articles) for passage in denial.passages)
        text = Text(f"{denial.source}: ", style="italic").append(
            " ".join(denial.passages[0].text.split()), style="none"
        )
        texts.append(text.append(f" ({', '.join(outlets)})", style="dim"))
    return Group(*texts)


def _append_position(text: Text, position: Position, articles: ArticleIndex) -> None:
    """One line for the side, one for each of its wordings."""
    text.append(f"\n  - {position.source or 'no source named'}: {position.says}", style="none")
    wordings: dict[str, list[str]] = {}
    for passage in position.passages:
        words = " ".join(passage.text.split())
        wordings.setdefault(words, []).append(_outlet_of(passage.article_id, articles))
    for words, by in wordings.items():
        quoted = "" if words == position.says else f"{quote(words)} "
        text.append(f"\n    {quoted}({', '.join(_in_order(by))})", style="dim")


def _figures(figures: Sequence[Figure], articles: ArticleIndex) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("of what", "values", "verdict"):
        table.add_column(name)
    for figure in figures:
        unit = f" ({figure.unit})" if figure.unit else ""
        values = Text("\n").join(_value(value, articles) for value in figure.values)
        verdict = Text(str(figure.verdict))
        if figure.explanation:
            verdict.append(f"\n{figure.explanation}", style="dim")
        table.add_row(Text(f"{figure.counted}{unit}"), values, verdict)
    return table


def _value(value: FigureValue, articles: ArticleIndex) -> Text:
    outlets = _in_order(_outlet_of(article_id, articles) for article_id in value.article_ids)
    known = [", ".join(value.sources), holds(value), ", ".join(outlets)]
    note = bound_note(value.bound, value.surface)
    told = f"{note} {value.surface}" if note else value.surface
    return Text(told).append(f" ({'; '.join(filter(None, known))})", style="dim")


def _outlet_of(article_id: str, articles: ArticleIndex) -> str:
    """The outlet of an article; its id where the event does not list it."""
    return articles.outlet(article_id) if article_id in articles else article_id


def _articles(event: Event) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("", "published (UTC)", "outlet", "title", "role"):
        table.add_column(name)
    for number, article in enumerate(event.articles, start=1):
        table.add_row(
            Text(str(number), style="dim"),
            _moment(article.published_at, article.published_precision),
            escape(named_outlet(article.publisher) or "not known"),
            Text(article.title or ""),
            article.role,
        )
    return table


def _moment(moment: datetime | None, precision: Precision | None = None) -> str:
    if moment is None:
        return "no date"
    return moment.strftime("%Y-%m-%d" if precision is Precision.DAY else "%Y-%m-%d %H:%M")


def _period(event: Event) -> str:
    if event.first_published_at is None:
        return "no dates"
    known = {article.published_at: article.published_precision for article in event.articles}
    first, last = (_moment(at, known.get(at)) for at in (event.first_published_at, event.last_published_at))
    return f"published {first} to {last} UTC"


def _in_order(names: Iterable[str]) -> list[str]:
    """Without repetitions, in the order of first appearance."""
    return list(dict.fromkeys(names))
