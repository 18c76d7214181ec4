"""`sources`: who reports an event, which texts are independent, and what they go back to."""

from collections import Counter
from collections.abc import Sequence

from services.client.calls import event_articles
from services.client.parameters import as_query
from services.contracts.claim import SpeakerKind
from services.contracts.event import Event, EventArticle
from services.mcp.answers import Item, ToolAnswer
from services.mcp.arguments import EventArguments
from services.mcp.context import LIST_NOT_WHOLE, ListPart, ListReader, ToolContext, part_of_list
from services.mcp.event_items import event_head, facts
from services.mcp.evidence import Links, day, outlet_name, short_url
from services.mcp.inert import inert_name

ARTICLES_AT_ONCE = 40
MOST_ROOTS = 5
_MEANING = (
    "Articles of one origin share a text: a reprint is no second report. A root source is the one that every report of "
    "a claim goes back to."
)


async def sources(context: ToolContext, arguments: EventArguments) -> ToolAnswer:
    """Root sources, then articles in order of publication."""
    event = await context.client.event(arguments.event_id)
    gaps: set[str] = set()
    credits_by_origin = {origin.origin_id: origin.wire_credit for origin in event.origins}

    async def fetch(limit: int, after: str | None) -> ListPart[EventArticle]:
        part = await context.client.ask(event_articles(event.event_id, as_query({"limit": limit, "cursor": after})))
        gaps.update(() if part.whole else (LIST_NOT_WHOLE,))
        return ListPart(part.articles, part.next, part.total)

    async def items(articles: Sequence[EventArticle]) -> Sequence[Item]:
        return [_article_item(article, credits_by_origin.get(article.origin_id), context.links) for article in articles]

    head = ToolAnswer(about=event_head(event, context.links), notes=(_MEANING,))
    if arguments.cursor is None:
        head = head.model_copy(update={"items": _root_items(event)})
    reader = ListReader(fetch, lambda article: article.article_id, items, ARTICLES_AT_ONCE)
    answer = await part_of_list(context, head, reader, arguments.cursor)
    return answer.model_copy(update={"notes": (*answer.notes, *gaps)})


def _root_items(event: Event) -> tuple[Item, ...]:
    """The sources that most claims go back to."""
    sources = (claim.ultimate_source for claim in event.claims if claim.ultimate_source is not None)
    # "Officials" of two claims need not be the same.
    roots = Counter(source.name for source in sources if source.kind is not SpeakerKind.UNNAMED)
    return tuple(
        Item(kind="root_source", quoted_by=inert_name(name), facts=facts(claims=number))
        for name, number in roots.most_common(MOST_ROOTS)
    )


def _article_item(article: EventArticle, wire_credit: str | None, links: Links) -> Item:
    return Item(
        kind=article.role.value,
        id=article.article_id,
        quoted_title=inert_name(article.title),
        quoted_by=outlet_name(article.publisher),
        quoted_note=inert_name(f"credits {wire_credit}") if wire_credit else None,
        facts=facts(origin=article.origin_id, status=article.status.value, published=day(article.published_at)),
        link=links.article(article.article_id),
        quoted_url=short_url(article.url),
    )
