"""Bodies of deliveries: CloudEvents 1.0 in JSON. Pure.

Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import orjson

from services.api.saved_searches.saved_search import Alert
from services.api.summaries import event_url, summarise
from services.contracts.event import Event

MEDIA_TYPE = "application/cloudevents+json"
SOURCE = "/v1/events"
CHANGED = "newsweave.event.changed.v1"
ALERT = "newsweave.event.alert.v1"
TEST = "newsweave.webhook.test.v1"


def event_message(
    message_id: str, event: Event, *, at: datetime, previous_version: int, saved: str, alerts: Iterable[Alert]
) -> str:
    """That an event has a new version.

    Args:
        message_id: Of the delivery.
        event: The version.
        at: When it was first to be had.
        previous_version: The version before; 0: the event is new.
        saved: Name of the saved search that asks for it.
        alerts: What became known, of what the search asks for; none: it asks for every change.
    """
    names = sorted(alerts)
    since = f"?since={previous_version}" if previous_version else ""
    data = {
        "saved": saved,
        "alerts": names,
        "version": event.version,
        "previous_version": previous_version,
        "merged_into": event.merged_into,
        "event": summarise(event).model_dump(mode="json"),
        "changes_url": f"{event_url(event.event_id)}/changes{since}",
    }
    return _message(message_id, ALERT if names else CHANGED, at, data, subject=event.event_id)


def check_message(message_id: str, *, at: datetime, webhook: str, saved: str) -> str:
    """That somebody tries the webhook."""
    return _message(message_id, TEST, at, {"webhook": webhook, "saved": saved})


def _message(message_id: str, kind: str, at: datetime, data: dict[str, Any], subject: str | None = None) -> str:
    envelope: dict[str, Any] = {
        "specversion": "1.0",
        "id": message_id,
        "source": SOURCE,
        "type": kind,
        "time": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
    }
    if subject is not None:
        envelope["subject"] = subject
    return orjson.dumps(envelope | {"data": data}).decode()
