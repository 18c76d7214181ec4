"""What tools take. Pure."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.mcp.fitting import DEFAULT_TOKENS, LEAST_TOKENS, MOST_TOKENS

MOST_TEXT_CHARS = 50_000
Name = Annotated[str, Field(min_length=1, max_length=300)]
EventId = Annotated[str, Field(min_length=1, max_length=100, description="evt_…, as search gives it")]
Time = Annotated[str, Field(max_length=40, description="date or RFC 3339 time")]


class Arguments(BaseModel):
    """Of every tool that gives a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cursor: Annotated[str, Field(max_length=500)] | None = Field(default=None, description="`next` of an answer")
    max_tokens: int = Field(default=DEFAULT_TOKENS, ge=LEAST_TOKENS, le=MOST_TOKENS)


class SearchArguments(Arguments):
    """Of `search`."""

    query: Name | None = Field(default=None, description="words, all of which an event has; names")
    outlet: Name | None = Field(default=None, description="name or domain")
    entity: Name | None = Field(default=None, description="person, organisation or place")
    speaker: Name | None = Field(default=None, description="who is quoted")
    language: Annotated[str, Field(max_length=3)] | None = Field(default=None, description="ISO 639 code")
    since: Time | None = None
    until: Time | None = None
    min_origins: Annotated[int, Field(ge=1)] | None = Field(default=None, description="independent texts, at least")
    has: Literal["contradiction", "conflicting_figure", "denial", "correction"] | None = None


class EventArguments(Arguments):
    """Of tools about one event."""

    event_id: EventId


class ChangesArguments(Arguments):
    """Of `whats_changed`."""

    event_id: EventId | None = Field(default=None, description="without it: which events changed")
    since: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        description="date or RFC 3339 time; for an event also a version you know, such as 7"
    )


class CheckArguments(Arguments):
    """Of `check_text`."""

    text: Annotated[str, Field(min_length=1, max_length=MOST_TEXT_CHARS)]
    title: Annotated[str, Field(max_length=2_000)] | None = None
    published_at: Annotated[str, Field(max_length=40)] | None = Field(default=None, description="RFC 3339")
    event_id: EventId | None = Field(default=None, description="without it the event is found")


class SpeakerArguments(Arguments):
    """Of `speaker`."""

    name: Name = Field(description="full name")


class NoArguments(BaseModel):
    """Of `limits`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
