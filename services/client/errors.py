"""What can go wrong between a program and Newsweave. Every message says what to do."""

from collections.abc import Mapping, Sequence
from typing import Any


class NewsweaveError(Exception):
    """Base of everything that the client raises."""


class BadAddressError(NewsweaveError):
    """The address of a service is not a web address, or the environment names a proxy that cannot be used."""


class UnavailableError(NewsweaveError):
    """Nothing answers, or the service cannot for now. Asking again later may help.

    `retry_after`: the seconds after which the service asks to be asked again; None: it does not say.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        """Keep what the answer said beside the message."""
        super().__init__(message)
        self.retry_after = retry_after


class NotReachableError(UnavailableError):
    """No answer came: nothing listens there, the connection broke, or it took too long."""


class BusyError(UnavailableError):
    """The service says that it cannot for now (503), or that this client asks too often (429)."""


class UnreadableAnswerError(NewsweaveError):
    """The answer is not what this client knows: the address is another service's, or versions differ."""


class RefusedError(NewsweaveError):
    """The service will not do this. To ask again the same way is no use.

    `status` is the HTTP status; `problem` the problem+json (RFC 9457) of the answer, empty if it had none; `faults` its
    `errors`: {line?, field, message}.
    """

    def __init__(self, status: int, message: str, problem: Mapping[str, Any] | None = None) -> None:
        """Keep what the answer said beside the message."""
        super().__init__(message)
        self.status = status
        self.problem = problem or {}

    @property
    def faults(self) -> Sequence[Mapping[str, Any]]:
        """What is wrong, field by field."""
        faults = self.problem.get("errors")
        return [fault for fault in faults if isinstance(fault, dict)] if isinstance(faults, list) else []

    @property
    def request_id(self) -> str | None:
        """Names the request in the logs of the service: give it when you report a fault."""
        request_id = self.problem.get("request_id")
        return request_id if isinstance(request_id, str) else None


class InvalidRequestError(RefusedError):
    """A parameter or a field is wrong (400, 413, 415, 422): the message names it. Of a header, nothing was sent."""


class AccessError(RefusedError):
    """No API key, one that does not hold, or one that may not do this (401, 403); or the key cannot be read or sent."""


class NotFoundError(RefusedError):
    """There is no such event, version, article or address (404)."""


class GoneError(RefusedError):
    """The stream no longer holds that position (410): some updates can no longer be had.

    Read what you need from the lists anew, then begin the stream after `floor`.
    """

    @property
    def floor(self) -> str | None:
        """The oldest position that is held."""
        floor = self.problem.get("floor")
        return floor if isinstance(floor, str) else None
