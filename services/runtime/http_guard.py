"""Around every HTTP API of ours: security headers on every answer, and no request by another site's name.

DNS rebinding: a web page on a name of its own lets that name point to this machine, and its scripts then read our
answers as their own site's. The `Host` header still carries that name, so a list of names that are ours stops it.
"""

from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.runtime.problems import ProblemResponse, problem_response
from services.runtime.settings import RuntimeSettings

SECURITY_HEADERS = {
    # For answers that are no pages: a browser that shows one loads and runs nothing. Pages set their own policy.
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
"""Trusted always: nobody else can let these point anywhere, and health checks use them."""
_ANY_ADDRESS = {"0.0.0.0", "::", ""}  # noqa: S104 - listened on, never the name of anything
_READING = {"GET", "HEAD", "OPTIONS"}
_SETTING = "NEWSWEAVE_TRUSTED_HOSTS"


class TrustedHosts:
    """The names that requests may be sent to."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take names without ports. `*.example.org`: every name below it; `*`: any name."""
        cleaned = {name.strip().strip("[]").rstrip(".").lower() for name in names} - {""}
        self._any = "*" in cleaned
        self._below = tuple(name.removeprefix("*") for name in cleaned if name.startswith("*."))
        self._exact = frozenset(cleaned)

    @classmethod
    def of(cls, settings: RuntimeSettings) -> "TrustedHosts":
        """Loopback, the address that is listened on, and what the settings name."""
        own = {settings.http_host} - _ANY_ADDRESS
        return cls([*LOOPBACK_NAMES, *own, *settings.trusted_hosts.split(",")])

    def trusts(self, authority: str) -> bool:
        """Whether `host` or `host:port` is one of the names, on any port."""
        if self._any:
            return True
        name = _name(authority)
        return name in self._exact or name.endswith(self._below)

    def trusts_origin(self, origin: str) -> bool:
        """Whether an `Origin` header, such as `http://localhost:3000`, names one of them. `null` names nobody."""
        scheme, _, authority = origin.partition("://")
        return self._any or (scheme in {"http", "https"} and self.trusts(authority))


def _name(authority: str) -> str:
    """The host of `host:port`, in lower case; empty where there is none to be read."""
    try:
        parts = urlsplit(f"//{authority}")
        _ = parts.port  # raises for what is no port
    except ValueError:
        return ""
    if parts.netloc != authority or parts.username is not None:
        return ""
    return (parts.hostname or "").rstrip(".")


class HttpGuard:
    """Middleware outside everything else, so that also refusals and answers to our own bugs have the headers."""

    def __init__(self, app: ASGIApp, settings: RuntimeSettings) -> None:
        """Guard `app`, which may set any of the headers itself."""
        self._app = app
        self._trusted = TrustedHosts.of(settings)
        self._origins = settings.trusted_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on; add the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> ProblemResponse | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._trusted.trusts(hosts[0]):
            return problem_response(
                HTTPStatus.MISDIRECTED_REQUEST,
                detail="This service does not go by the name in the request's Host header. If it should, add the name "
                f"to {_SETTING}, which lists names separated by commas.",
            )
        # Browsers send Origin with whatever may change something; other clients do not.
        origins = [] if method in _READING else headers.getlist("origin")
        if not all(origin in self._origins or self._trusted.trusts_origin(origin) for origin in origins):
            return problem_response(
                HTTPStatus.FORBIDDEN,
                detail="The request was made by a page of another site (its Origin header). If that site may send "
                f"requests, add its host name to {_SETTING}.",
            )
        return None
