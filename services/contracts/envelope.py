"""CloudEvents 1.0 in Kafka's binary content mode: attributes in headers, JSON in the value.

Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

from services.contracts.base import Contract, UtcDatetime

SPEC_VERSION = "1.0"
CONTENT_TYPE = "application/json"
CONTRACT_VERSION = 1
"""Number of the schemas as released: each release that changes one adds 1 (`generate --release` insists on it).

It tells readers who is older than whom. A reader that cannot read a message of a higher number is to be deployed anew;
one that can, because only fields were added, goes on. The major version is in the topic's name.
"""
CONTRACT_VERSION_HEADER = "ce_contractversion"


class Envelope(Contract):
    """The attributes of one message."""

    id: str
    """Same message, same id: derived from what the message says, so that a repeated publication shows."""
    type: str
    """Name of the topic without any prefix: what happened, and the major version of the value."""
    source: str
    """The service that published it, as `newsweave/<service>`."""
    subject: str
    """What it is about: the message's key."""
    time: UtcDatetime
    """When the fact came about, in UTC."""
    traceparent: str | None = None
    """W3C trace context, handed from message to message."""

    def to_headers(self) -> list[tuple[str, bytes]]:
        """Kafka headers, in a fixed order."""
        pairs = [
            ("ce_specversion", SPEC_VERSION),
            ("ce_id", self.id),
            ("ce_type", self.type),
            ("ce_source", self.source),
            ("ce_subject", self.subject),
            ("ce_time", self.time.isoformat().replace("+00:00", "Z")),
            (CONTRACT_VERSION_HEADER, str(CONTRACT_VERSION)),
            ("content-type", CONTENT_TYPE),
        ]
        if self.traceparent is not None:
            pairs.append(("traceparent", self.traceparent))
        return [(name, value.encode()) for name, value in pairs]
