"""Answers that are no success, as errors that say what to do. Pure."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic_core import from_json

from services.client.errors import (
    AccessError,
    BusyError,
    GoneError,
    InvalidRequestError,
    NewsweaveError,
    NotFoundError,
    NotReachableError,
    RefusedError,
)
from services.client.exchange import Answer, Request, Unanswered

_BUSY = frozenset((HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE))
_REFUSALS: Mapping[int, type[RefusedError]] = {
    HTTPStatus.BAD_REQUEST: InvalidRequestError,
    HTTPStatus.UNAUTHORIZED: AccessError,
    HTTPStatus.FORBIDDEN: AccessError,
    HTTPStatus.NOT_FOUND: NotFoundError,
    HTTPStatus.GONE: GoneError,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: InvalidRequestError,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: InvalidRequestError,
    HTTPStatus.UNPROCESSABLE_ENTITY: InvalidRequestError,
}
MOST_RETRY_SECONDS = 86_400.0
_HOW_TO_SHOW_A_KEY = (
    "Give the key as api_key, or in NEWSWEAVE_API_KEY or NEWSWEAVE_API_KEY_FILE (the file that holds it)."
)


def error_of(request: Request, answer: Answer, address: str) -> NewsweaveError:
    """What an answer that is no success means.

    Args:
        request: What was asked.
        answer: What came.
        address: Of the service.
    """
    problem = problem_in(answer)
    words = describe(request, answer, address)
    if answer.status in _BUSY:
        return BusyError(f"{address}: {words}", retry_after=retry_after(answer))
    if answer.status == HTTPStatus.UNAUTHORIZED:
        words = f"{words} {_HOW_TO_SHOW_A_KEY}"
    return _REFUSALS.get(answer.status, RefusedError)(answer.status, words, problem)


def no_answer_error(unanswered: Unanswered, address: str) -> NotReachableError | InvalidRequestError:
    """That no answer came, or that nothing could be asked."""
    if not unanswered.was_sent:
        return InvalidRequestError(HTTPStatus.BAD_REQUEST, f"nothing was sent to {address}: {unanswered.reason}")
    if unanswered.timed_out:
        return NotReachableError(f"{address} did not answer in time. Is it busy? Try again.")
    return NotReachableError(
        f"nothing answers at {address} ({unanswered.reason}). Is it running? `newsweave up` starts a stack on this "
        "machine; NEWSWEAVE_API_URL and NEWSWEAVE_INGEST_URL name one elsewhere"
    )


def no_stream_error(address: str) -> NotReachableError:
    """That what came is not a stream. A proxy's page says so while the service is away: it may be back later."""
    return NotReachableError(f"{address} answered with something other than a stream. Is that address Newsweave's?")


def describe(request: Request, answer: Answer, address: str) -> str:
    """What an error answer says: problem+json (RFC 9457) in words, else what was asked and the status."""
    problem = problem_in(answer)
    if "title" not in problem:
        return f"{request.method} {address}{request.path} was answered with {answer.status} {_phrase(answer.status)}"
    said = ": ".join(str(problem[part]) for part in ("title", "detail") if problem.get(part))
    faults = RefusedError(answer.status, said, problem).faults
    return "\n".join([said, *(_describe_fault(fault) for fault in faults)])


def problem_in(answer: Answer) -> Mapping[str, Any]:
    """The body of an error answer, if it is a JSON object; else nothing."""
    try:
        body = from_json(answer.body)  # which refuses, as `json` does not, what is nested too deeply
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def retry_after(answer: Answer) -> float | None:
    """Seconds of `Retry-After`, a day at most; None without it, and for a date, which our services do not send."""
    value = answer.headers.get("retry-after", "").strip()
    return min(float(value), MOST_RETRY_SECONDS) if value.isascii() and value.isdigit() else None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _describe_fault(fault: Mapping[str, Any]) -> str:
    line = f"line {fault['line']}: " if "line" in fault else ""
    return f"  {line}{fault.get('field') or 'whole'}: {fault.get('message')}"
