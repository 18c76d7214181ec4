"""What travels between client and service: a request, its answer, and how the answer is read. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")
Query = tuple[tuple[str, str], ...]
"""Query parameters in order; a name may be repeated."""


class Service(StrEnum):
    """Who is asked."""

    API = "api"
    """Serves events and articles."""
    INGEST = "ingest"
    """Takes articles in."""


@dataclass(frozen=True)
class Request:
    """One HTTP request."""

    method: str
    path: str
    """Escaped: what an id holds stays one segment."""
    query: Query = ()
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    service: Service = Service.API


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300  # noqa: PLR2004 - RFC 9110, section 15


@dataclass(frozen=True)
class Unanswered:
    """That no answer came."""

    reason: str
    """In words."""
    timed_out: bool = False
    was_sent: bool = True
    """Whether the request went out, as far as is known; False: HTTP does not allow it."""


@dataclass(frozen=True)
class Call(Generic[T]):
    """A request, and what reads its successful answer."""

    request: Request
    read: Callable[[Answer], T]
