"""`speaker`: what one person or body said, over all events."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.api.names.models import FoundSpeaker, SpeakerEvent, Statement
from services.mcp.answers import Item, ToolAnswer
from services.mcp.arguments import SpeakerArguments
from services.mcp.context import LIST_MOVED, ToolContext, bad_cursor
from services.mcp.event_items import MOST_OTHERS, facts
from services.mcp.evidence import Evidence, Links, day, short_url
from services.mcp.inert import inert, inert_name

EVENTS_AT_ONCE = 3
MOST_WORDS = 2
_PLACE = re.compile(
    r"(?P<seen>[0-9]{1,6})~(?P<offset>[0-9]{1,4})~(?P<last>[\w.]{0,100})~(?P<cursor>.*)", re.ASCII | re.DOTALL
)


async def speaker(context: ToolContext, arguments: SpeakerArguments) -> ToolAnswer:
    """Statements by event, the event that changed last first; then other names and events that may be meant."""
    place = _read_place(arguments.cursor)
    part = await context.client.speaker(arguments.name, limit=EVENTS_AT_ONCE, cursor=place.cursor)
    others = _others(part, context.links)
    items = [*_statements(part, context.evidence), *(others if part.next is None else ())]
    head = ToolAnswer(about=_head(part, context.links), notes=_notes(part) if arguments.cursor is None else ())
    answer, shown = context.fitted(head, items[place.offset :])
    end = place.offset + shown
    unlisted = _unlisted(part.events, place.offset, end)
    seen = place.seen + shown + unlisted
    if end < len(items):
        following: _Place | None = _Place(seen, end, items[end - 1].id or "", place.cursor)
    else:
        following = None if part.next is None else _Place(seen, cursor=part.next)
    left = len(items) - end if part.next is None else max(part.counts.statements - seen, 1) + len(others)
    moved = () if place.is_in(items) else (LIST_MOVED,)
    return answer.model_copy(
        update={
            "left_out": left,
            "next": None if following is None else str(following),
            "notes": (*answer.notes, *_gaps(unlisted), *moved),
        },
    )


@dataclass(frozen=True)
class _Place:
    """A place in the list."""

    seen: int = 0
    """Statements before it."""
    offset: int = 0
    """Items before it in the api's part."""
    last: str = ""
    """Id of the item before it."""
    cursor: str | None = None
    """Of the api's part."""

    def __str__(self) -> str:
        """As a cursor of ours."""
        return f"{self.seen}~{self.offset}~{self.last}~{self.cursor or ''}"

    def is_in(self, items: Sequence[Item]) -> bool:
        """Whether the items before it are still as many."""
        return self.offset == 0 or (self.offset <= len(items) and (items[self.offset - 1].id or "") == self.last)


def _unlisted(events: Sequence[SpeakerEvent], start: int, end: int) -> int:
    """How many statements the api does not list of events whose last listed one is among these of the part."""
    unlisted = place = 0
    for event in events:
        place += len(event.statements)
        if place <= end and (place > start or start == 0):
            unlisted += event.more_statements
    return unlisted


def _read_place(cursor: str | None) -> _Place:
    if cursor is None:
        return _Place()
    place = _PLACE.fullmatch(cursor)
    if place is None:
        raise bad_cursor()
    return _Place(int(place["seen"]), int(place["offset"]), place["last"], place["cursor"] or None)


def _head(part: FoundSpeaker, links: Links) -> Item:
    """Who it is, in numbers. The page's address is made of the name: both are words of others."""
    counts = part.counts
    return Item(
        kind="speaker",
        quoted_title=inert_name(part.name),
        facts=facts(
            events=part.total,
            statements=counts.statements,
            quotations=counts.quotations,
            denials=counts.denials,
            unconfirmed=counts.unconfirmed,
        ),
        quoted_url=short_url(links.page(part.page)),
    )


def _notes(part: FoundSpeaker) -> tuple[str, ...]:
    """Of the first answer."""
    has_others = bool(part.stands_for or part.alone.total)
    notes = [part.matching]
    if not part.events and not has_others:
        notes.append("Nobody of this name is quoted in any event that is here. Try `search` with the name.")
    elif not part.events:
        notes.append(
            "No event has this as a full name. Ask for one of the fuller names, or read the events that have the name "
            "alone, where it does not tell who is meant."
        )
    elif has_others:
        notes.append(
            "After the statements come fuller names, and events that give only this name, which may mean somebody else."
        )
    unlisted = part.alone.total - len(part.alone.events)
    if unlisted > 0:
        notes.append(f"{unlisted} further events have the name alone: `search` with the name has them.")
    return tuple(notes)


def _gaps(unlisted: int) -> tuple[str, ...]:
    return (
        (f"{unlisted} further statements of these events are not listed here: `event` has them.",) if unlisted else ()
    )


def _statements(part: FoundSpeaker, evidence: Evidence) -> list[Item]:
    return [_statement_item(event, statement, evidence) for event in part.events for statement in event.statements]


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


def _others(part: FoundSpeaker, links: Links) -> list[Item]:
    """Fuller names, then events that have the name alone."""
    names = [
        Item(kind="other_name", quoted_title=inert_name(other.name), facts=facts(events=other.events))
        for other in part.stands_for
    ]
    events = [
        Item(
            kind="event_of_name_alone",
            id=event.event_id,
            quoted_title=inert_name(event.headline),
            link=links.event(event.event_id),
        )
        for event in part.alone.events
    ]
    return [*names, *events]
