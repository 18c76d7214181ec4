"""The tools that a model may use: all of them read, none changes anything."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from mcp_types import Tool, ToolAnnotations

from services.mcp.answers import ToolAnswer, input_schema, output_schema
from services.mcp.arguments import (
    ChangesArguments,
    CheckArguments,
    EventArguments,
    NoArguments,
    SearchArguments,
    SpeakerArguments,
)
from services.mcp.context import ToolContext
from services.mcp.tool_changes import whats_changed
from services.mcp.tool_check import check_text
from services.mcp.tool_event import event, figures
from services.mcp.tool_limits import limits
from services.mcp.tool_search import search
from services.mcp.tool_sources import sources
from services.mcp.tool_speaker import speaker

Answering = Callable[[ToolContext, Any], Awaitable[ToolAnswer]]
READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=True)


@dataclass(frozen=True)
class ToolSpec:
    """A tool: what it is for, what it takes, what answers."""

    name: str
    description: str
    takes: type[SearchArguments | EventArguments | ChangesArguments | CheckArguments | SpeakerArguments | NoArguments]
    answers: Answering


TOOLS = {
    tool.name: tool
    for tool in (
        ToolSpec(
            "search",
            "Find news events by words, names, outlets and times. Start here: other tools take its event ids. Each "
            "event comes with sentences of its articles that show why it was found.",
            SearchArguments,
            search,
        ),
        ToolSpec(
            "event",
            "One event: what is reported, who says it, how many independent origins report it, where reports "
            "contradict each other, who denies what. Every sentence has its article, span and links.",
            EventArguments,
            event,
        ),
        ToolSpec(
            "whats_changed",
            "What is new since a time or version: of one event its changes one by one (new claims, denials, newer "
            "figures, corrections), without an event the events that changed.",
            ChangesArguments,
            whats_changed,
        ),
        ToolSpec(
            "check_text",
            "Hold a text against the reports of its event: each claim is reported, single_source, denied, superseded "
            "or not_reported, with the passages that say so. Nothing of the text is kept.",
            CheckArguments,
            check_text,
        ),
        ToolSpec(
            "speaker",
            "What one person or body said, over all events: each statement with how outlets quote it, and what "
            "contradicts it.",
            SpeakerArguments,
            speaker,
        ),
        ToolSpec(
            "figures",
            "The numbers of an event: every value given for every counted thing, by whom, and whether values agree, "
            "conflict or were superseded.",
            EventArguments,
            figures,
        ),
        ToolSpec(
            "sources",
            "Where the reports of an event come from: its articles by outlet, which are reprints, and the root sources "
            "that claims go back to.",
            EventArguments,
            sources,
        ),
        ToolSpec(
            "limits",
            "What Newsweave cannot tell: coverage, missed claims and contradictions. Read it before you conclude that "
            "something was not reported or not disputed.",
            NoArguments,
            limits,
        ),
    )
}
"""By name, in the order in which they are listed."""


def described(tool: ToolSpec) -> Tool:
    """A tool as the protocol lists it."""
    return Tool(
        name=tool.name,
        description=tool.description,
        input_schema=input_schema(tool.takes),
        output_schema=output_schema(),
        annotations=READ_ONLY,
    )
