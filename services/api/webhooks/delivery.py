"""One message to one webhook, and what becomes of it. Pure."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus

from pydantic import Field

from services.contracts.base import Contract, UtcDatetime

KEEP = timedelta(days=30)
"""How long a delivery is listed and can be sent again."""
MINUTE, HOUR = 60, 3_600
SCHEDULE_SECONDS = (0, 5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
"""Pause before each try: ten within 75 hours and a half.

Source: the Standard Webhooks specification, "Deliverability and reliability"."""
JITTER = 0.1
"""By which share a pause is made longer or shorter, so that receivers that come back are not met by all at once."""
LONGEST_PAUSE_SECONDS = float(24 * HOUR)
"""However long a receiver asks us to wait."""


class DeliveryOutcome(StrEnum):
    """What became of a delivery so far."""

    PENDING = "pending"
    """It is to be tried, for the first time or again."""
    DELIVERED = "delivered"
    """The receiver took it, with a 2xx."""
    DEAD = "dead"
    """It was given up after the last try: a dead letter. It can be sent again."""


class DeliveryView(Contract):
    """A delivery as it is listed."""

    message_id: str
    """As in `webhook-id`: the same for each try, and when it is sent again."""
    type: str
    """What it says, as the body's `type`."""
    event_id: str | None = None
    """The event; null for a test."""
    outcome: DeliveryOutcome = DeliveryOutcome.PENDING
    """What became of it so far."""
    tries: int = Field(default=0, ge=0)
    """How often it was tried since it was made or sent again."""
    created_at: UtcDatetime
    """When it was made."""
    last_tried_at: UtcDatetime | None = None
    """When it was tried last."""
    last_status: int | None = None
    """HTTP status of the last answer; null where none came."""
    last_error: str | None = None
    """What was wrong with the last try."""
    next_try_at: UtcDatetime | None = None
    """When it is tried next; null: not again."""


class Delivery(DeliveryView):
    """A delivery as it is kept."""

    webhook: str
    """Name of the webhook."""
    body: str
    """JSON, byte for byte what is sent and signed."""

    @property
    def view(self) -> DeliveryView:
        """What is listed."""
        return DeliveryView.model_validate(self.model_dump(exclude={"webhook", "body"}))


class DeliveryList(Contract):
    """Part of the deliveries of a webhook, the latest first."""

    deliveries: tuple[DeliveryView, ...]
    """The deliveries."""
    next: str | None = None
    """Pass it as `cursor` to continue; null: this was the last part."""


@dataclass(frozen=True)
class Attempt:
    """How one try ended."""

    at: datetime
    status: int | None = None
    """HTTP status; None where no answer came."""
    error: str | None = None
    """What was wrong; None after a 2xx."""
    retry_after_seconds: float | None = None
    """How long the receiver asks us to wait."""

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has it."""
        return self.error is None

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants nothing any more."""
        return self.status == HTTPStatus.GONE


def message_id(webhook: str, made_at: datetime, *what: str | int) -> str:
    """Id of the message to a webhook about something: the same whenever it is made anew."""
    name = "|".join(map(str, (webhook, made_at.isoformat(), *what)))
    return f"msg_{hashlib.sha256(name.encode()).hexdigest()[:24]}"


def after(delivery: Delivery, attempt: Attempt, random: Callable[[], float]) -> Delivery:
    """The delivery after a try. `random` gives numbers in [0, 1)."""
    tries = delivery.tries + 1
    noted = {
        "tries": tries,
        "last_tried_at": attempt.at,
        "last_status": attempt.status,
        "last_error": attempt.error,
        "next_try_at": None,
    }
    if attempt.is_taken:
        return delivery.model_copy(update=noted | {"outcome": DeliveryOutcome.DELIVERED})
    if tries >= len(SCHEDULE_SECONDS):
        return delivery.model_copy(update=noted | {"outcome": DeliveryOutcome.DEAD})
    pause = SCHEDULE_SECONDS[tries] * (1 + JITTER * (2 * random() - 1))
    asked = min(attempt.retry_after_seconds or 0.0, LONGEST_PAUSE_SECONDS)
    due = attempt.at + timedelta(seconds=max(pause, asked))
    return delivery.model_copy(update=noted | {"outcome": DeliveryOutcome.PENDING, "next_try_at": due})


def again(delivery: Delivery, now: datetime) -> Delivery:
    """The delivery, to be tried anew from now on."""
    return delivery.model_copy(update={"outcome": DeliveryOutcome.PENDING, "tries": 0, "next_try_at": now})
