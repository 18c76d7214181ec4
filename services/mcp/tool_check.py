"""`check_text`: what of a text is reported, claim by claim."""

import re
from datetime import datetime
from itertools import chain

from services.api.check.models import CheckAnswer, CheckedClaim, CitedPassage
from services.mcp.answers import Item, ToolAnswer, Words
from services.mcp.arguments import CheckArguments
from services.mcp.context import ToolContext, ToolError, bad_cursor
from services.mcp.event_items import event_head, facts, others
from services.mcp.evidence import Evidence
from services.mcp.inert import inert, inert_name

MOST_WORDS = 3
"""Passages shown beside a claim of the text."""
_OFFSET = re.compile(r"[0-9]{1,6}")


async def check_text(context: ToolContext, arguments: CheckArguments) -> ToolAnswer:
    """Each claim of a text beside the event that it is about."""
    if arguments.cursor is not None and not _OFFSET.fullmatch(arguments.cursor):
        raise bad_cursor()
    offset = int(arguments.cursor or 0)
    checked = await context.client.check(
        arguments.text,
        title=arguments.title,
        published_at=_read_time(arguments.published_at),
        event_id=arguments.event_id,
    )
    head = await _head(context, checked)
    rest = [_claim_item(claim, context.evidence) for claim in checked.claims[offset:]]
    answer, shown = context.fitted(head, rest)
    left = len(rest) - shown
    return answer.model_copy(update={"left_out": left, "next": str(offset + shown) if left else None})


async def _head(context: ToolContext, answer: CheckAnswer) -> ToolAnswer:
    if answer.event_id is None:
        why = answer.match.reason if answer.match else ""
        says = f"No known event matches this text, so its claims were not checked. {why}".strip()
        return ToolAnswer(about=Item(kind="check", says=says))
    event = await context.client.event(answer.event_id)
    counts = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in answer.counts.items() if number)
    notes = (
        f"Of the text's claims: {counts or 'none found'}. `not_reported` is no sign that a claim is wrong.",
        *([f"{answer.not_checked} claims were not checked: send the rest of the text."] if answer.not_checked else []),
        *([f"{answer.not_compared} claims of the event were not compared."] if answer.not_compared else []),
    )
    context.evidence.add_articles(event.articles)
    return ToolAnswer(about=event_head(event, context.links), notes=notes)


def _claim_item(claim: CheckedClaim, evidence: Evidence) -> Item:
    denials = chain.from_iterable(denial.passages[:1] for denial in claim.denials)
    amounts = chain.from_iterable(amount.passages[:1] for amount in claim.other_amounts)
    passages = [*denials, *amounts, *claim.passages]
    return Item(
        kind=claim.status.value,
        quoted_title=inert(claim.text, 240),
        quoted_by=inert_name(", ".join(claim.said_by)),
        quoted_note=inert(claim.explanation),
        facts=facts(origins=claim.origins),
        words=tuple(_passage(passage, evidence) for passage in passages[:MOST_WORDS]),
        **others([passage.article_id for passage in passages[MOST_WORDS:]]),
    )


def _passage(passage: CitedPassage, evidence: Evidence) -> Words:
    evidence.add(passage.article_id, passage.publisher, passage.published_at, None)
    return evidence.words(passage.article_id, passage.span, passage.text)


def _read_time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ToolError("published_at: give an RFC 3339 time such as 2026-03-04T09:00:00Z.") from error
    if moment.tzinfo is None:
        raise ToolError("published_at: give the time with its offset, such as 2026-03-04T09:00:00Z.")
    return moment
