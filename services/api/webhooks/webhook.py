"""Subscriptions of an address to a saved search. Pure."""

from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from services.api.saved_searches.saved_search import NAME_PATTERN
from services.contracts.base import Contract, UtcDatetime

LONGEST_URL = 2_000
SECRET_PREFIX = "whsec_"  # noqa: S105 - what all of them begin with
SECRET_BYTES = 24
"""Of a secret, before it is written in base64: as many as Standard Webhooks wants at least."""
WebhookName = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
EXAMPLE = {"name": "desk", "url": "https://desk.example/newsweave", "saved": "ferry"}


class WebhookStatus(StrEnum):
    """Whether anything is sent."""

    ACTIVE = "active"
    """Changes are sent as they come."""
    DISABLED = "disabled"
    """Nothing is sent, and nothing new is kept to be sent: the address said 410, or somebody disabled it."""


class NewWebhook(Contract):
    """A webhook that is to be made."""

    model_config = ConfigDict(extra="forbid")

    name: WebhookName
    """Its name."""
    url: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_URL, pattern=r"^https?://[!-~]+$")]
    """Where deliveries are posted: http or https, on the internet."""
    saved: Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
    """Name of the saved search whose events it is told of."""


class WebhookView(Contract):
    """A webhook, without its secret."""

    name: str
    """Its name."""
    url: str
    """Where deliveries are posted."""
    saved: str
    """Name of its saved search."""
    status: WebhookStatus = WebhookStatus.ACTIVE
    """Whether anything is sent."""
    reason: str | None = None
    """Why it is disabled."""
    created_at: UtcDatetime
    """It is told of versions of events that were first to be had then or later."""


class Webhook(WebhookView):
    """A webhook with its secret: what is kept, and what whoever makes it is shown, once."""

    secret: str
    """Signs deliveries, as Standard Webhooks has it: `whsec_` and base64."""

    @property
    def view(self) -> WebhookView:
        """What is shown later."""
        return WebhookView.model_validate(self.model_dump(exclude={"secret"}))

    @property
    def is_active(self) -> bool:
        """Whether anything is sent."""
        return self.status is WebhookStatus.ACTIVE


class WebhookList(Contract):
    """All webhooks."""

    webhooks: tuple[WebhookView, ...]
    """In order of their names."""


class Redelivery(Contract):
    """Which deliveries are to be sent again."""

    model_config = ConfigDict(extra="forbid")

    since: UtcDatetime
    """Those made then or later."""
    until: UtcDatetime
    """Those made then or earlier."""
    only_dead: bool = False
    """Only those that were given up."""


class Redelivered(Contract):
    """What is sent again."""

    deliveries: int = Field(ge=0)
    """How many. Their ids stay what they were."""
