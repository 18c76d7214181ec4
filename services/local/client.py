"""HTTP client of our own services, with errors that say what to do."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
from httpx_sse import ServerSentEvent, SSEError, connect_sse

from services.local.errors import UserError
from services.runtime.passwords import read_password

SILENCE_SECONDS = 50.0
"""Longest silence of a stream: three heartbeats, and some."""
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class UnavailableError(UserError):
    """Nothing answers, or the service says that it cannot for now. Asking again later may help.

    `retry_after`: the seconds after which the service asks to be asked again, if it says so.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        """Keep what the answer said beside the message."""
        super().__init__(message)
        self.retry_after = retry_after


class RefusedError(UserError):
    """The service answered that it will not do this.

    `status` is the HTTP status, `faults` are the `errors` of its problem+json: {line?, field, message}.
    """

    def __init__(self, status: int, message: str, faults: Sequence[Mapping[str, Any]] = ()) -> None:
        """Keep what the answer said beside the message."""
        super().__init__(message)
        self.status = status
        self.faults = faults


class Client:
    """Requests to one service."""

    def __init__(self, base_url: str, *, timeout_seconds: float, key_file: Path | None = None) -> None:
        """Prepare; no connection is made yet.

        Args:
            base_url: Address of the service.
            timeout_seconds: Longest wait for an answer.
            key_file: Holds the API key to show, where the service asks for one.

        Raises:
            UserError: The address is none, or the file cannot be read.
        """
        self.base_url = base_url.rstrip("/")
        address = urlsplit(self.base_url)
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise UserError(f"{base_url!r} is no web address: give one such as http://127.0.0.1:8001")
        self._timeout_seconds = timeout_seconds
        self._client = httpx.Client(
            base_url=self.base_url,
            timeout=timeout_seconds,
            headers={} if key_file is None else {"Authorization": f"Bearer {_key_in(key_file)}"},
            # A proxy in the environment is meant for other machines.
            trust_env=address.hostname not in _LOOPBACK,
        )

    def __enter__(self) -> Self:
        """Keep connections open between requests."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them."""
        self._client.close()

    def get(self, path: str, parameters: Mapping[str, str | int | list[str]] | None = None) -> Any:
        """The JSON at `path`.

        Raises:
            UnavailableError: Nothing answers, or not for now.
            RefusedError: Any other answer than success.
        """
        return self._read(self._send("GET", path, params=parameters))

    def post(self, path: str, body: bytes, content_type: str) -> Any:
        """Send `body`; the JSON of the answer. Raises as `get` does."""
        return self._read(self._send("POST", path, content=body, headers={"Content-Type": content_type}))

    def post_json(self, path: str, body: Any) -> Any:
        """Send `body` as JSON, or nothing for None; the JSON of the answer. Raises as `get` does."""
        return self._read(self._send("POST", path) if body is None else self._send("POST", path, json=body))

    def put(self, path: str, body: Any) -> Any:
        """Put `body` as JSON in the place of what is at `path`; the JSON of the answer. Raises as `get` does."""
        return self._read(self._send("PUT", path, json=body))

    def delete(self, path: str) -> None:
        """Delete what is at `path`. Raises as `get` does."""
        answer = self._send("DELETE", path)
        if answer.status_code != httpx.codes.NO_CONTENT:
            self._read(answer)

    def events(self, path: str, parameters: Sequence[tuple[str, str]]) -> Iterator[ServerSentEvent]:
        """The server-sent events at `path`, until the stream ends; of a heartbeat the data is empty.

        Raises:
            UnavailableError: Nothing answers, not for now, or no more.
            RefusedError: Any other answer than success.
        """
        patience = httpx.Timeout(self._timeout_seconds, read=SILENCE_SECONDS)
        try:
            with connect_sse(self._client, "GET", path, params=list(parameters), timeout=patience) as source:
                if not source.response.is_success:
                    source.response.read()
                    self._read(source.response)
                yield from source.iter_sse()
        except (httpx.TransportError, SSEError) as error:
            raise UnavailableError(f"{self.base_url} no longer answers ({error})") from error

    def _send(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        try:
            return self._client.request(method, path, **arguments)
        except httpx.TimeoutException as error:
            raise UnavailableError(f"{self.base_url} did not answer in time. Is it busy? Try again.") from error
        except httpx.TransportError as error:
            raise UnavailableError(
                f"nothing answers at {self.base_url} ({error}). Is it running? `newsweave up` starts a stack here; "
                "--url names one elsewhere"
            ) from error

    def _read(self, answer: httpx.Response) -> Any:
        if answer.status_code in {httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.TOO_MANY_REQUESTS}:
            raise UnavailableError(f"{self.base_url}: {describe_problem(answer)}", retry_after=_retry_after(answer))
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            how = "Put the key into a file, and name the file in NEWSWEAVE_API_KEY_FILE."
            raise RefusedError(answer.status_code, f"{describe_problem(answer)} {how}")
        if not answer.is_success:
            raise RefusedError(answer.status_code, describe_problem(answer), _faults(_problem(answer)))
        try:
            return answer.json()
        except ValueError as error:
            raise UserError(f"{answer.url} answers, but not with JSON: is that address Newsweave's?") from error


def _key_in(file: Path) -> str:
    try:
        return read_password(file).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"cannot read the API key in {file}, which NEWSWEAVE_API_KEY_FILE names") from error


def describe_problem(answer: httpx.Response) -> str:
    """What an error answer says: problem+json (RFC 9457) in words, else status and path."""
    problem = _problem(answer)
    if "title" not in problem:
        return f"{answer.request.method} {answer.url} was answered with {answer.status_code} {answer.reason_phrase}"
    told = ": ".join(str(problem[part]) for part in ("title", "detail") if problem.get(part))
    return "\n".join([told, *(_describe_fault(fault) for fault in _faults(problem))])


def _retry_after(answer: httpx.Response) -> float | None:
    """Seconds of `Retry-After`; None without it, and for a date, which our services do not send."""
    value = answer.headers.get("Retry-After", "").strip()
    return float(value) if value.isascii() and value.isdigit() else None


def _problem(answer: httpx.Response) -> Mapping[str, Any]:
    """The body of an error answer, if it is a JSON object; else nothing."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _faults(problem: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    faults = problem.get("errors")
    return [fault for fault in faults if isinstance(fault, dict)] if isinstance(faults, list) else []


def _describe_fault(fault: Mapping[str, Any]) -> str:
    line = f"line {fault['line']}: " if "line" in fault else ""
    return f"  {line}{fault.get('field') or 'whole'}: {fault.get('message')}"
