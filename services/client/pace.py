"""How fast a service lets this client ask: its `RateLimit` headers, obeyed before it has to refuse. Pure.

Source: draft-ietf-httpapi-ratelimit-headers-10, as our services send it: `"requests";r=0;t=41`.
"""

import re

from services.client.exchange import Answer

_FIELD = re.compile(r";\s*(?P<name>[rt])=(?P<number>[0-9]{1,9})")


class Pace:
    """When the next request may be sent."""

    def __init__(self) -> None:
        """Nothing is known yet: at once."""
        self._not_before = 0.0

    def wait_seconds(self, now: float) -> float:
        """How long to wait before the next request; 0: not at all. `now` is in seconds of the clock of `note`."""
        return max(0.0, self._not_before - now)

    def note(self, answer: Answer, now: float) -> None:
        """Remember what an answer says is left: where nothing is, the next request waits for the next window."""
        fields = {match["name"]: int(match["number"]) for match in _FIELD.finditer(answer.headers.get("ratelimit", ""))}
        if fields.get("r") == 0 and "t" in fields:
            self._not_before = now + fields["t"]
