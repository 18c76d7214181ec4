"""How many requests a client may send in a window of time, told in the standard headers. Pure but for its clock.

Source: draft-ietf-httpapi-ratelimit-headers-10 (RateLimit header fields for HTTP).
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

POLICY = "requests"
"""What the headers call our only policy."""
MAX_CLIENTS = 10_000
"""Clients whose windows are kept. Beyond them the one that began its window first is forgotten."""


@dataclass(frozen=True)
class Quota:
    """What one client may send: so many requests in so many seconds."""

    requests: int
    seconds: int


@dataclass(frozen=True)
class Verdict:
    """Whether a request is within its client's quota, and what is left of it."""

    allowed: bool
    remaining: int
    reset_seconds: int
    quota: Quota

    @property
    def headers(self) -> Mapping[str, str]:
        """`RateLimit` and `RateLimit-Policy`; for a refused request also `Retry-After`."""
        headers = {
            "RateLimit-Policy": f'"{POLICY}";q={self.quota.requests};w={self.quota.seconds}',
            "RateLimit": f'"{POLICY}";r={self.remaining};t={self.reset_seconds}',
        }
        return headers if self.allowed else headers | {"Retry-After": str(self.reset_seconds)}


@dataclass
class _Window:
    began: float
    used: int = 0


class RateLimit:
    """Counts each client's requests in windows that begin with its first request. Each process counts for itself."""

    def __init__(self, quota: Quota, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._quota = quota
        self._monotonic = monotonic
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    def take(self, client: str) -> Verdict:
        """Count a request."""
        now, quota = self._monotonic(), self._quota
        window = self._windows.get(client)
        if window is None or now - window.began >= quota.seconds:
            window = self._windows[client] = _Window(now)
            self._windows.move_to_end(client)
            if len(self._windows) > MAX_CLIENTS:
                self._windows.popitem(last=False)
        allowed = window.used < quota.requests
        window.used += allowed
        reset = max(1, math.ceil(window.began + quota.seconds - now))
        return Verdict(allowed, quota.requests - window.used, reset, quota)
