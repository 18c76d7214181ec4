"""What `/v1/limits` answers. Pure."""

from pydantic import Field

from services.contracts.base import Contract
from services.runtime.api_keys import Scope


class KeyLimits(Contract):
    """The API key that the request shows."""

    id: str
    """Its public part."""
    name: str
    """Who has it."""
    scopes: tuple[Scope, ...]
    """What it may do."""


class RequestLimits(Contract):
    """How many requests the client may send: a key, or without one an address. Each replica counts for itself."""

    limit: int = Field(ge=1)
    """Requests in a window."""
    window_seconds: int = Field(ge=1)
    """Length of a window, which begins with its first request."""
    remaining: int = Field(ge=0)
    """Requests left in this window; this one counts."""
    reset_seconds: int = Field(ge=1)
    """Until the next window."""


class ConnectionLimits(Contract):
    """Open connections; further ones get 503."""

    total: int = Field(ge=1)
    """Of all clients together."""
    for_one_address: int = Field(ge=1)
    """Of one address."""


class PageLimits(Contract):
    """Entries in one part of a list."""

    default: int = Field(ge=1)
    """Where `limit` is left out."""
    most: int = Field(ge=1)
    """Largest `limit`."""


class StreamLimits(Contract):
    """Streams of updates."""

    most: int = Field(ge=0)
    """Open ones on this replica, of all clients together; further ones get 503."""
    resume_days: float = Field(gt=0)
    """How long a reader may be away and go on where it was."""


class WebhookLimits(Contract):
    """Saved searches and webhooks."""

    most_searches: int = Field(ge=1)
    """Saved searches, of all clients together."""
    most_webhooks: int = Field(ge=1)
    """Webhooks, of all clients together."""
    tries: int = Field(ge=1)
    """Of one delivery, until it is given up."""
    timeout_seconds: float = Field(gt=0)
    """Longest time for one try."""


class Limits(Contract):
    """What this client may do."""

    keys_required: bool
    """Whether requests need an API key."""
    key: KeyLimits | None
    """The key that was shown; null where none is asked for."""
    requests: RequestLimits | None
    """Null: any number."""
    connections: ConnectionLimits
    """Of this replica."""
    page_size: PageLimits
    """Of every list that is given in parts."""
    streams: StreamLimits
    """Of `/v1/events/stream`."""
    webhooks: WebhookLimits
    """Of `/v1/saved-searches` and `/v1/webhooks`."""
