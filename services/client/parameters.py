"""What callers give, as query parameters. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict

from services.client.exchange import Query

Texts = str | Sequence[str]
"""One value, or several of which any suffices. The service parts texts other than `q` at commas."""
Moment = str | date | datetime
"""A time with its offset, or a date."""


class EventConditions(TypedDict, total=False):
    """Which events: "Conditions" in docs/http-api.md. `not_x` holds exactly where `x` does not."""

    q: Texts
    publisher: Texts
    family: Texts
    language: Texts
    entity: Texts
    speaker: Texts
    kind: Texts
    status: Texts
    updated_since: Moment
    updated_until: Moment
    published_since: Moment
    published_until: Moment
    mentions_date: Texts
    min_origins: int
    min_publishers: int
    single_origin: bool
    has: Texts
    not_q: Texts
    not_publisher: Texts
    not_family: Texts
    not_language: Texts
    not_entity: Texts
    not_speaker: Texts
    not_kind: Texts
    not_status: Texts
    not_updated_since: Moment
    not_updated_until: Moment
    not_published_since: Moment
    not_published_until: Moment
    not_mentions_date: Texts
    not_min_origins: int
    not_min_publishers: int
    not_single_origin: bool
    not_has: Texts
    saved: str


class ClaimConditions(TypedDict, total=False):
    """Which claims: docs/http-api.md, `GET /v1/claims`."""

    q: Texts
    speaker: Texts
    entity: Texts
    publisher: Texts
    kind: Texts
    commitment: Texts
    event: Texts
    min_origins: int
    published_since: Moment
    published_until: Moment
    not_q: Texts
    not_speaker: Texts
    not_entity: Texts
    not_publisher: Texts
    not_kind: Texts
    not_commitment: Texts


def as_query(values: Mapping[str, object]) -> Query:
    """Query parameters of what was given; None and empty lists ask for nothing.

    Raises:
        ValueError: A time has no offset.
    """
    return tuple((name, text) for name, value in values.items() for text in _texts(name, value))


def _texts(name: str, value: object) -> Sequence[str]:
    match value:
        case None:
            return ()
        case bool():
            return ("true" if value else "false",)
        case str() | int():
            return (str(value),)
        case datetime():
            if value.tzinfo is None:
                raise ValueError(f"{name}: give a time with its offset, such as datetime(…, tzinfo=UTC)")
            return (value.isoformat(),)
        case date():
            return (value.isoformat(),)
        case Sequence():
            return [text for part in value for text in _texts(name, part)]
        case _:
            raise TypeError(f"{name}: give a text, a number, a time or a list of texts, not {type(value).__name__}")
