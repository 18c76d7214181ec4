"""`speaker`: what one person or body said, over all events."""

import re
from dataclasses import dataclass

from services.api.names.models import FoundSpeaker, SpeakerEvent, Statement
from services.mcp.answers import Item, ToolAnswer
from services.mcp.arguments import SpeakerArguments
from services.mcp.context import ToolContext, bad_cursor
from services.mcp.event_items import MOST_OTHERS, facts
from services.mcp.evidence import Evidence, Links, day
from services.mcp.inert import inert, inert_name

EVENTS_AT_ONCE = 3
MOST_WORDS = 2
_PLACE = re.compile(r"(?P<seen>[0-9]{1,6})~(?P<offset>[0-9]{1,4})~(?P<cursor>.*)", re.DOTALL)


async def speaker(context: ToolContext, arguments: SpeakerArguments) -> ToolAnswer:
    """Statements by event, the event that changed last first."""
    place = _read_place(arguments.cursor)
    found = await context.client.speaker(arguments.name, limit=EVENTS_AT_ONCE, cursor=place.cursor)
    head = ToolAnswer(about=_head(found, context.links), notes=_notes(found) if arguments.cursor is None else ())
    if not found.events:
        answer, _ = context.fitted(head, _others(found, context.links))
        return answer
    items = [_statement_item(event, each, context.evidence) for event in found.events for each in event.statements]
    answer, shown = context.fitted(head, items[place.offset :])
    following = _following(place, shown, len(items), found.next)
    left = max(0, found.counts.statements - place.seen - shown)
    return answer.model_copy(
        update={"left_out": left, "next": None if following is None else str(following)},
    )


@dataclass(frozen=True)
class _Place:
    """How many statements came before, how many of the part that the api's cursor begins, and that cursor."""

    seen: int = 0
    offset: int = 0
    cursor: str | None = None

    def __str__(self) -> str:
        """As a cursor of ours."""
        return f"{self.seen}~{self.offset}~{self.cursor or ''}"


def _following(place: _Place, shown: int, in_part: int, next_part: str | None) -> _Place | None:
    """Where to go on; None: that was all."""
    if place.offset + shown < in_part:
        return _Place(place.seen + shown, place.offset + shown, place.cursor)
    return None if next_part is None else _Place(place.seen + shown, 0, next_part)


def _read_place(cursor: str | None) -> _Place:
    if cursor is None:
        return _Place()
    found = _PLACE.fullmatch(cursor)
    if found is None:
        raise bad_cursor()
    return _Place(int(found["seen"]), int(found["offset"]), found["cursor"] or None)


def _head(found: FoundSpeaker, links: Links) -> Item:
    counts = found.counts
    return Item(
        kind="speaker",
        id=found.key,
        quoted_title=inert_name(found.name),
        facts=facts(
            events=found.total,
            statements=counts.statements,
            quotations=counts.quotations,
            denials=counts.denials,
            unconfirmed=counts.unconfirmed,
        ),
        link=links.page(found.page),
    )


def _notes(found: FoundSpeaker) -> tuple[str, ...]:
    more = sum(event.more_statements for event in found.events)
    notes = [found.matching]
    if not found.events:
        notes.append(
            "No event has this as a full name. Ask for one of the fuller names, or read the events that have the name "
            "alone, where it does not tell who is meant."
            if found.stands_for or found.alone.total
            else "Nobody of this name is quoted in any event that is here. Try `search` with the name."
        )
    if more:
        notes.append(f"{more} statements of these events are not here: `event` has them.")
    return tuple(notes)


def _statement_item(event: SpeakerEvent, statement: Statement, evidence: Evidence) -> Item:
    link = evidence.links.claim(event.event_id, event.version, statement.claim_id)
    for report in statement.reports:
        evidence.add(report.article_id, report.publisher, report.published_at, report.url)
    opposed = statement.opposed[0].explanation if statement.opposed else None
    further = statement.reports[MOST_WORDS:]
    return Item(
        kind=statement.kind.value,
        id=statement.claim_id,
        quoted_title=inert_name(event.headline),
        quoted_note=inert(opposed) or None,
        facts=facts(
            event=event.event_id,
            commitment=statement.commitment.value,
            origins=statement.origins,
            first_reported=day(statement.first_reported_at),
        ),
        words=tuple(
            evidence.words(report.article_id, report.span, report.text, link)
            for report in statement.reports[:MOST_WORDS]
        ),
        also=tuple(report.article_id for report in further[:MOST_OTHERS]),
        more=max(0, len(further) - MOST_OTHERS) + statement.more_reports,
    )


def _others(found: FoundSpeaker, links: Links) -> list[Item]:
    """Fuller names, then events that have the name alone."""
    names = [
        Item(kind="other_name", quoted_title=inert_name(other.name), facts=facts(events=other.events))
        for other in found.stands_for
    ]
    events = [
        Item(kind="event", id=each.event_id, quoted_title=inert_name(each.headline), link=links.event(each.event_id))
        for each in found.alone.events
    ]
    return [*names, *events]
