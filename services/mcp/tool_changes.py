"""`whats_changed`: of one event, what was new, one by one; over all, which events changed."""

from collections.abc import Sequence

from services.client.calls import changes as list_changes
from services.client.parameters import as_query
from services.contracts.changed import EventChange
from services.contracts.event import Event
from services.contracts.event_claims import MergedClaim
from services.mcp.answers import Item, ToolAnswer, Words
from services.mcp.arguments import ChangesArguments
from services.mcp.context import ListPart, ListReader, ToolContext, part_of_list
from services.mcp.event_items import event_head, facts
from services.mcp.evidence import Evidence, best_reports, day
from services.mcp.inert import inert, inert_name
from services.mcp.tool_search import events_answer

CHANGES_AT_ONCE = 40
MOST_WORDS = 2
_NOTHING = "Nothing has changed since."
_GAP = "Changes are missing here: they are older than they are kept."


async def whats_changed(context: ToolContext, arguments: ChangesArguments) -> ToolAnswer:
    """What is new since a version or a time."""
    if arguments.event_id is None:
        conditions = {"updated_since": arguments.since, "sort": "updated"}
        says = "Events that changed, the latest first."
        return await events_answer(context, conditions, arguments.cursor, says, _NOTHING)
    event_id = arguments.event_id
    event = await context.client.event(event_id)
    context.evidence.add_articles(event.articles)
    gaps: list[str] = []
    claims = {claim.claim_id: claim for claim in event.claims}

    async def fetch(limit: int, after: str | None) -> ListPart[EventChange]:
        query = as_query({"since": arguments.since, "limit": limit, "cursor": after})
        part = await context.client.ask(list_changes(event_id, query))
        gaps.extend(() if part.whole else (_GAP,))
        return ListPart(part.changes, part.next)

    async def items(changes: Sequence[EventChange]) -> Sequence[Item]:
        return [_change_item(change, event, claims, context.evidence) for change in changes]

    head = ToolAnswer(about=event_head(event, context.links))
    reader = ListReader(fetch, lambda change: change.message_id, items, CHANGES_AT_ONCE)
    answer = await part_of_list(context, head, reader, arguments.cursor)
    nothing = () if answer.items or answer.next else (_NOTHING,)
    return answer.model_copy(update={"notes": (*answer.notes, *dict.fromkeys(gaps), *nothing)})


def _change_item(change: EventChange, event: Event, claims: dict[str, MergedClaim], evidence: Evidence) -> Item:
    article = change.article
    figure, contradiction = change.figure, change.contradiction
    explained = contradiction or figure
    note = explained.explanation if explained else change.reason
    title = change.headline or (article.title if article else None) or (figure.counted if figure else None)
    claim_id = change.claim_ids[0] if change.claim_ids else None
    link = evidence.links.claim(event.event_id, event.version, claim_id) if claim_id and claim_id in claims else None
    return Item(
        kind=change.kind,
        id=claim_id or change.article_id or change.other_event_id,
        quoted_title=inert_name(title),
        quoted_note=inert(note) or None,
        facts=facts(version=change.version, at=day(change.at)),
        words=_words_of(change, claims, evidence, link),
        also=(article.article_id,) if article else (),
    )


def _words_of(
    change: EventChange, claims: dict[str, MergedClaim], evidence: Evidence, link: str | None
) -> tuple[Words, ...]:
    """What the change itself cites, else the claim that it is about as it stands now."""
    if change.support is not None:
        return (evidence.support(change.support, link),)
    passages = list(change.passages)
    if change.contradiction is not None:
        passages += [passage for position in change.contradiction.positions for passage in position.passages[:1]]
    if passages:
        return tuple(
            evidence.words(passage.article_id, passage.span, passage.text, link) for passage in passages[:MOST_WORDS]
        )
    claim = next((claims[claim_id] for claim_id in change.claim_ids if claim_id in claims), None)
    return () if claim is None else (evidence.support(best_reports(claim.text, claim.supports)[0], link),)
