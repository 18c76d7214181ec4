"""Who may send a request, and how many: API keys and rate limits, both only where others can reach the service.

A key is shown as a bearer token (RFC 6750) or, where a service allows it, as the password of HTTP Basic (RFC 7617):
browsers and feed readers can log in with that, and with nothing else.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

from services.runtime.api_keys import ApiKey, KeyFile, Scope
from services.runtime.exposure import ExposureSettings
from services.runtime.rate_limits import Quota, RateLimit, Verdict

SECURITY_SCHEME = "key"
"""What OpenAPI documents call the bearer token."""
_BEARER = 'Bearer realm="newsweave"'
_BASIC = 'Basic realm="newsweave", charset="UTF-8"'
_HOW = "Send `Authorization: Bearer KEY`. Whoever runs this service makes keys with `newsweave keys add`."


class KeysMissing(Exception):  # noqa: N818 - a fact about the configuration
    """Others can reach the service, and it has no keys. The text says what to do."""


class Denied(Exception):  # noqa: N818 - an answer
    """The request is refused: 401, 403 or 429. `detail` says what the client can do about it."""

    def __init__(
        self, status: HTTPStatus, reason: Literal["key", "scope", "rate"], detail: str, headers: Mapping[str, str]
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.reason = reason
        self.detail = detail
        self.headers = headers


@dataclass(frozen=True)
class Admitted:
    """Who sends a request that may go on."""

    client: str
    """The address that it counts for where no key is asked for."""
    key: ApiKey | None = None
    rate: Verdict | None = None
    """What is left of the client's quota; None: any number."""
    headers: dict[str, str] = field(default_factory=dict)
    """What every answer carries."""


class Access:
    """Lets requests in."""

    def __init__(self, settings: ExposureSettings, *, risk: str, takes_basic: bool = False) -> None:
        """Read the keys, where they are asked for.

        Args:
            settings: Whether keys are asked for, where they are, how many requests a client may send.
            risk: What anybody could do without keys; a sentence for the operator.
            takes_basic: Whether a key may also be shown as the password of HTTP Basic, under any user name.

        Raises:
            KeysMissing: there are none.
            UnreadableKeys: their file cannot be read.
        """
        quota = settings.request_quota
        self._limit = RateLimit(Quota(quota, settings.rate_limit_seconds)) if quota else None
        self._keys = _key_file(settings, risk) if settings.is_exposed else None
        self._takes_basic = takes_basic

    @property
    def asks_for_keys(self) -> bool:
        """Whether requests need one."""
        return self._keys is not None

    @property
    def limits_rates(self) -> bool:
        """Whether a client may send only so many requests."""
        return self._limit is not None

    def admit(self, client: str, authorizations: Sequence[str], scope: Scope) -> Admitted:
        """Who sends the request.

        Args:
            client: The address that it comes from (`client_key`).
            authorizations: Its `Authorization` headers: a key holds in a single one only.
            scope: What the request needs.

        Raises:
            Denied: no key that holds, a key without the scope, or too many requests.
        """
        key = self._key(authorizations)
        # Who shows a wrong key counts by address, so that nobody may go on trying.
        rate = self._count(key.id if key else client)
        headers = dict(rate.headers) if rate else {}
        if self._keys is not None and key is None:
            raise self._no_key(bool(authorizations), headers)
        if key is not None and not key.allows(scope):
            headers["WWW-Authenticate"] = f'{_BEARER}, error="insufficient_scope", scope="{scope}"'
            detail = f"This key does not have the scope {scope}."
            raise Denied(HTTPStatus.FORBIDDEN, "scope", detail, headers)
        return Admitted(client, key, rate, headers)

    def refusals(self, *statuses: int) -> tuple[int, ...]:
        """These statuses, and those that a request may be refused with here."""
        keys = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN} if self.asks_for_keys else set()
        rates = {HTTPStatus.TOO_MANY_REQUESTS} if self.limits_rates else set()
        return tuple(sorted({*statuses, *keys, *rates}))

    def _key(self, authorizations: Sequence[str]) -> ApiKey | None:
        """The key that the request shows, if it is one that holds."""
        if self._keys is None or len(authorizations) != 1:
            return None
        scheme, _, token = authorizations[0].partition(" ")
        if scheme.lower() == "bearer":
            return self._keys.current().find(token.strip())
        if scheme.lower() == "basic" and self._takes_basic:
            return self._keys.current().find(_password(token.strip()))
        return None

    def _count(self, client: str) -> Verdict | None:
        """Count the request; what is left of the limit. Raises Denied: 429."""
        if self._limit is None:
            return None
        verdict = self._limit.take(client)
        if not verdict.allowed:
            detail = f"More than {verdict.quota.requests:,} requests within {verdict.quota.seconds} s."
            raise Denied(HTTPStatus.TOO_MANY_REQUESTS, "rate", detail, verdict.headers)
        return verdict

    def _no_key(self, shows_one: bool, headers: Mapping[str, str]) -> Denied:
        challenge = f'{_BEARER}, error="invalid_token"' if shows_one else _BEARER
        if self._takes_basic:
            challenge = f"{challenge}, {_BASIC}"
        what = "That is no key that holds here." if shows_one else "This service asks for a key."
        how = f"{_HOW} In a browser or feed reader, give the key as the password." if self._takes_basic else _HOW
        return Denied(HTTPStatus.UNAUTHORIZED, "key", f"{what} {how}", {**headers, "WWW-Authenticate": challenge})


def _password(token: str) -> str:
    """The password of HTTP Basic credentials; empty where they are not valid."""
    try:
        return base64.b64decode(token, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):  # ValueError: not ASCII, or no UTF-8 in it
        return ""


def _key_file(settings: ExposureSettings, risk: str) -> KeyFile:
    if settings.keys_file is None:
        raise KeysMissing(_missing(settings, "NEWSWEAVE_KEYS_FILE names no file", risk))
    keys = KeyFile(settings.keys_file)
    if not keys.current():
        raise KeysMissing(_missing(settings, f"{settings.keys_file} has no key", risk))
    return keys


def _missing(settings: ExposureSettings, what: str, risk: str) -> str:
    return (
        f"it listens on {settings.http_host}, where others can reach it, and {what}. {risk}: make a key with "
        "`newsweave keys add NAME --file FILE` and set NEWSWEAVE_KEYS_FILE=FILE; or set NEWSWEAVE_EXPOSED=no if nobody "
        "but you can reach that address"
    )
