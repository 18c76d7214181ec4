"""A text that a client sends to have it compared with the view. Pure."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from services.contracts.base import Contract
from services.contracts.drafts import MOST_TEXT_CHARS, MOST_TITLE_CHARS

MOST_URL_CHARS = 2_000
_YEARS = range(1900, 2200)

EXAMPLE: JsonDict = {
    "title": "Ferry capsizes off Port Eldrin",
    "text": "At least 14 people died when a ferry capsized off Port Eldrin on Tuesday, the coastguard said.",
    "published_at": "2026-03-04T09:00:00Z",
}


def _of_this_age(moment: datetime) -> datetime:
    """Far from the ends of the calendar, where offsets and differences cannot be computed."""
    if moment.year not in _YEARS:
        raise ValueError(f"give a time between {_YEARS.start} and {_YEARS.stop - 1}")
    return moment


def _as_text(value: object) -> object:
    """Numbers are no times: pydantic would read them as seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError("give a time as text, such as 2026-03-04T09:00:00Z")  # noqa: TRY004 - becomes a 422
    return value


_Given = Annotated[AwareDatetime, BeforeValidator(_as_text), AfterValidator(_of_this_age)]


class SentFields(Contract):
    """An object that a client sends. It takes its own fields alone."""

    model_config = ConfigDict(extra="forbid")

    most_fields: ClassVar[int] = 50
    """Of an object with more, none is named: to list hundreds of thousands would hold up all other requests."""

    @model_validator(mode="before")
    @classmethod
    def _bounded(cls, value: object) -> object:
        if isinstance(value, dict) and len(value) > cls.most_fields:
            raise ValueError(f"give no other fields than {', '.join(cls.model_fields)}")
        return value


class Draft(SentFields):
    """A text that may be about an event: a draft, a page, a message."""

    title: str | None = Field(default=None, max_length=MOST_TITLE_CHARS)
    """Headline; null without one."""
    text: str = Field(min_length=1, max_length=MOST_TEXT_CHARS)
    """The text. Spans in answers count its characters."""
    published_at: _Given | None = None
    """When it was or will be published, with an offset: by this day reports are told from later ones of the same
    kind, and "on Monday" is read. Null: not known."""
    url: str | None = Field(default=None, max_length=MOST_URL_CHARS)
    """Its address: an event that has an article of this address is the one."""
