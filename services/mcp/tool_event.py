"""`event` and `figures`: one event, whole, in parts that fit."""

import re
from collections.abc import Sequence

from services.api.event_lists import ListedClaim
from services.client.calls import event_claims
from services.client.parameters import as_query
from services.contracts.event import Event
from services.mcp.answers import Item, ToolAnswer
from services.mcp.arguments import EventArguments
from services.mcp.context import (
    LIST_MOVED,
    LIST_NOT_WHOLE,
    ListPart,
    ListReader,
    ToolContext,
    VersionPlace,
    part_of_version,
    read_version_place,
)
from services.mcp.event_items import event_head, event_items, figure_items, listed_claim_item

CLAIMS_AT_ONCE = 40
_FURTHER = re.compile(r"(?P<event_id>[^@]{1,100})@(?P<seen>[0-9]{1,7})~(?P<cursor>.*)", re.DOTALL)
_TOOLS = "`figures` has its numbers, `sources` its articles and where they come from, `whats_changed` its history."


async def event(context: ToolContext, arguments: EventArguments) -> ToolAnswer:
    """Summary, contradictions, what is claimed; of a big event also the claims that its snapshot leaves out."""
    further = _FURTHER.fullmatch(arguments.cursor or "")
    if further is not None:
        snapshot = await context.client.event(further["event_id"])
        return await _further_claims(context, snapshot, int(further["seen"]), further["cursor"] or None)
    snapshot, place, answer = await _read(context, arguments)
    omitted = snapshot.omitted
    items = list(event_items(snapshot, context.evidence))
    part = part_of_version(context, answer, items, place, omitted=omitted.claims)
    notes = [_TOOLS]
    if omitted.contradictions:
        notes.append(f"{omitted.contradictions} contradictions of this big event are not in its snapshot.")
    if part.next is None and omitted.claims:
        part = part.model_copy(update={"next": f"{snapshot.event_id}@0~"})
    return part.model_copy(update={"notes": (*part.notes, *notes)})


async def figures(context: ToolContext, arguments: EventArguments) -> ToolAnswer:
    """Every value that is given for every counted thing."""
    snapshot, place, answer = await _read(context, arguments)
    part = part_of_version(context, answer, list(figure_items(snapshot, context.evidence)), place)
    omitted = snapshot.omitted.figures + snapshot.left_out.figures
    notes = (f"{omitted} further figures of this big event are not in its snapshot.",) if omitted else ()
    return part.model_copy(update={"notes": (*part.notes, *notes)})


async def _read(context: ToolContext, arguments: EventArguments) -> tuple[Event, VersionPlace, ToolAnswer]:
    """The event, the place in it, and the beginning of an answer."""
    place = read_version_place(arguments.event_id, arguments.cursor)
    snapshot = await context.client.event(place.event_id, version=place.version)
    context.evidence.add_articles(snapshot.articles)
    was_merged = snapshot.event_id != place.event_id
    notes = (f"The event asked for was merged into {snapshot.event_id}.",) if was_merged else ()
    head = ToolAnswer(about=event_head(snapshot, context.links), notes=notes)
    return snapshot, VersionPlace(snapshot.event_id, snapshot.version, place.offset), head


async def _further_claims(context: ToolContext, snapshot: Event, seen: int, cursor: str | None) -> ToolAnswer:
    """Claims that the snapshot leaves out, out of the list of all claims, as both are now."""
    context.evidence.add_articles(snapshot.articles)
    in_snapshot = {claim.claim_id for claim in snapshot.claims}
    gaps: set[str] = set()

    async def fetch(limit: int, after: str | None) -> ListPart[ListedClaim]:
        query = as_query({"limit": limit, "cursor": after})
        part = await context.client.ask(event_claims(snapshot.event_id, query))
        gaps.update(() if part.whole else (LIST_NOT_WHOLE,))
        return ListPart(part.claims, part.next)

    async def items(claims: Sequence[ListedClaim]) -> Sequence[Item]:
        return [listed_claim_item(claim, snapshot, context.evidence) for claim in claims]

    reader = ListReader(fetch, lambda claim: claim.claim_id, items, CLAIMS_AT_ONCE)
    part = await fetch(CLAIMS_AT_ONCE, cursor)
    further = [(end, claim) for end, claim in enumerate(part.rows, start=1) if claim.claim_id not in in_snapshot]
    head = ToolAnswer(about=event_head(snapshot, context.links))
    answer, shown = context.fitted(head, await items([claim for _, claim in further]))
    following = part.next
    moved: tuple[str, ...] = ()
    if shown < len(further):
        following, is_as_it_was = await reader.cursor_after(part.rows[: further[shown - 1][0]], cursor)
        moved = () if is_as_it_was else (LIST_MOVED,)
    left = max(snapshot.omitted.claims - seen - shown, 1) if following is not None else 0
    following_place = None if following is None else f"{snapshot.event_id}@{seen + shown}~{following}"
    return answer.model_copy(update={"left_out": left, "next": following_place, "notes": (*moved, *gaps)})
