"""`event` and `figures`: one event, whole, in parts that fit."""

import re

from services.client.calls import event_claims
from services.client.parameters import as_query
from services.contracts.event import Event
from services.mcp.answers import ToolAnswer
from services.mcp.arguments import EventArguments
from services.mcp.context import ToolContext, VersionPlace, part_of_version, read_version_place
from services.mcp.event_items import event_head, event_items, figure_items, listed_claim_item

CLAIMS_AT_ONCE = 40
_FURTHER = re.compile(r"(?P<event_id>[^@]{1,100})@(?P<seen>[0-9]{1,7})~(?P<cursor>.*)", re.DOTALL)
_TOOLS = "`figures` has its numbers, `sources` its articles and where they come from, `whats_changed` its history."


async def event(context: ToolContext, arguments: EventArguments) -> ToolAnswer:
    """Summary, where reports differ, what is claimed; of a big event also the claims that its snapshot leaves out."""
    further = _FURTHER.fullmatch(arguments.cursor or "")
    if further is not None:
        found = await context.client.event(further["event_id"])
        return await _further_claims(context, found, int(further["seen"]), further["cursor"] or None)
    found, place, answer = await _read(context, arguments)
    omitted = found.omitted.claims
    part = part_of_version(context, answer, list(event_items(found, context.evidence)), place, omitted=omitted)
    notes = [_TOOLS]
    if found.omitted.contradictions:
        notes.append(f"{found.omitted.contradictions} contradictions of this big event are not in its snapshot.")
    if part.next is None and omitted:
        part = part.model_copy(update={"next": f"{found.event_id}@0~"})
    return part.model_copy(update={"notes": (*part.notes, *notes)})


async def figures(context: ToolContext, arguments: EventArguments) -> ToolAnswer:
    """Every value that is given for every counted thing."""
    found, place, answer = await _read(context, arguments)
    part = part_of_version(context, answer, list(figure_items(found, context.evidence)), place)
    omitted = found.omitted.figures + found.left_out.figures
    notes = (f"{omitted} further figures of this big event are not in its snapshot.",) if omitted else ()
    return part.model_copy(update={"notes": (*part.notes, *notes)})


async def _read(context: ToolContext, arguments: EventArguments) -> tuple[Event, VersionPlace, ToolAnswer]:
    """The event, the place in it, and the beginning of an answer."""
    place = read_version_place(arguments.event_id, arguments.cursor)
    found = await context.client.event(place.event_id, version=place.version)
    context.evidence.add_articles(found.articles)
    was_merged = found.event_id != place.event_id
    notes = (f"The event asked for was merged into {found.event_id}.",) if was_merged else ()
    head = ToolAnswer(about=event_head(found, context.links), notes=notes)
    return found, VersionPlace(found.event_id, found.version, place.offset), head


async def _further_claims(context: ToolContext, found: Event, seen: int, cursor: str | None) -> ToolAnswer:
    """Claims that the snapshot leaves out, out of the list of all claims."""
    context.evidence.add_articles(found.articles)
    listed = {claim.claim_id for claim in found.claims}
    part = await context.client.ask(event_claims(found.event_id, as_query({"limit": CLAIMS_AT_ONCE, "cursor": cursor})))
    further = [(place, claim) for place, claim in enumerate(part.claims, start=1) if claim.claim_id not in listed]
    head = ToolAnswer(about=event_head(found, context.links))
    items = [listed_claim_item(claim, found, context.evidence) for _, claim in further]
    answer, shown = context.fitted(head, items)
    following = part.next
    if shown < len(items):  # the list is asked for what was shown alone: its cursor then goes on after that
        query = as_query({"limit": further[shown - 1][0], "cursor": cursor})
        following = (await context.client.ask(event_claims(found.event_id, query))).next
    left = max(found.omitted.claims - seen - shown, int(following is not None))
    following_place = None if following is None else f"{found.event_id}@{seen + shown}~{following}"
    return answer.model_copy(update={"left_out": left, "next": following_place})
