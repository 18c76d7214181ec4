"""W3C trace context, handed from message to message."""

import re

_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


def well_formed(traceparent: str | None) -> str | None:
    """The `traceparent` as it is, or null for what is none: it comes from outside, and is sent on with every message.

    Source: https://www.w3.org/TR/trace-context/#traceparent-header
    """
    return traceparent if traceparent is not None and _TRACEPARENT.fullmatch(traceparent) else None
