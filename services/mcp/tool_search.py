"""`search`: events, each with the words that show why it was found. Shared with `whats_changed`."""

import asyncio
from collections.abc import Mapping, Sequence

from services.api.search.models import ListedEvent
from services.client.calls import events as list_events
from services.client.parameters import as_query
from services.contracts.event import Event
from services.contracts.event_claims import MergedClaim
from services.mcp.answers import Item, ToolAnswer, Words
from services.mcp.arguments import SearchArguments
from services.mcp.context import ListPart, ListReader, ToolContext, part_of_list
from services.mcp.event_items import facts
from services.mcp.evidence import Evidence, best_reports, day
from services.mcp.inert import inert, inert_name

EVENTS_AT_ONCE = 8
MOST_WORDS = 2
"""Sentences shown of an event."""
_NOTHING = "No event meets all of this: give fewer words or conditions. `limits` says what is not covered."


async def search(context: ToolContext, arguments: SearchArguments) -> ToolAnswer:
    """Events that have all words and meet all conditions."""
    conditions = {
        "q": arguments.query,
        "publisher": arguments.outlet,
        "entity": arguments.entity,
        "speaker": arguments.speaker,
        "language": arguments.language,
        "published_since": arguments.since,
        "published_until": arguments.until,
        "min_origins": arguments.min_origins,
        "has": arguments.has,
    }
    order = "the best match" if arguments.query else "the one that changed last"
    return await events_answer(context, conditions, arguments.cursor, f"Events, {order} first.", _NOTHING)


async def events_answer(
    context: ToolContext, conditions: Mapping[str, object], cursor: str | None, says: str, nothing: str
) -> ToolAnswer:
    """Events that meet conditions, as many as fit; `nothing`: the note where there is none."""
    corrected: dict[str, tuple[str, ...]] = {}

    async def fetch(limit: int, after: str | None) -> ListPart[ListedEvent]:
        query = as_query({**conditions, "facets": "status", "limit": limit, "cursor": after})
        part = await context.client.ask(list_events(query))
        corrected.update(part.corrected)
        return ListPart(part.events, part.next, part.total)

    async def items(events: Sequence[ListedEvent]) -> Sequence[Item]:
        return await asyncio.gather(*(_event_item(context, event) for event in events))

    head = ToolAnswer(about=Item(kind="search", says=says))
    reader = ListReader(fetch, lambda event: event.event_id, items, EVENTS_AT_ONCE)
    answer = await part_of_list(context, head, reader, cursor)
    about = answer.about.model_copy(update={"quoted_note": _corrections(corrected)})
    notes = answer.notes if answer.items else (*answer.notes, nothing)
    return answer.model_copy(update={"about": about, "notes": notes})


def _corrections(corrected: Mapping[str, Sequence[str]]) -> str | None:
    """Which words were taken for names that articles have."""
    sentences = (f"Nothing has {word}: searched for {', '.join(names)}." for word, names in corrected.items())
    return inert(" ".join(sentences)) or None


async def _event_item(context: ToolContext, listed: ListedEvent) -> Item:
    event = await context.client.event(listed.event_id or "")
    return Item(
        kind="event",
        id=event.event_id,
        quoted_title=inert_name(event.headline),
        facts=facts(
            status=event.status.value,
            articles=event.counts.articles,
            outlets=event.counts.publishers,
            origins=event.counts.origins,
            contradictions=len(event.contradictions) + event.omitted.contradictions,
            last_published=day(event.last_published_at),
        ),
        words=_words_found(listed, event, context.evidence),
        link=context.links.event(event.event_id),
    )


def _words_found(listed: ListedEvent, event: Event, evidence: Evidence) -> tuple[Words, ...]:
    """Claims that have the words of the search; without any, the beginning of the summary."""
    evidence.add_articles(event.articles)
    highlighted = {claim.claim_id for claim in listed.highlights.claims} if listed.highlights else set()
    claims = [claim for claim in event.claims if claim.claim_id in highlighted][:MOST_WORDS]
    if claims:
        return tuple(_canonical_words(claim, event, evidence) for claim in claims)
    return tuple(evidence.words(sentence.article_id, sentence.span, sentence.text) for sentence in event.summary[:1])


def _canonical_words(claim: MergedClaim, event: Event, evidence: Evidence) -> Words:
    link = evidence.links.claim(event.event_id, event.version, claim.claim_id)
    return evidence.support(best_reports(claim.text, claim.supports)[0], link)
