"""Who may send a request, and how many: API keys and rate limits, both only where others can reach the service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response

from services.contracts.article import Article
from services.ingest import metrics
from services.ingest.errors import FieldError
from services.ingest.push.receiving import Refusal, client_of
from services.ingest.settings import IngestSettings
from services.runtime.api_keys import ApiKey, KeyFile, Scope
from services.runtime.problems import problem_response
from services.runtime.rate_limits import Quota, RateLimit

SECURITY_SCHEME = "key"
_REALM = 'Bearer realm="newsweave"'
_HOW = "Send `Authorization: Bearer KEY`. Whoever runs this service makes keys with `newsweave keys add`."


class KeysMissing(Exception):  # noqa: N818 - a fact about the configuration
    """Others can reach the service, and it has no keys. The text says what to do."""


@dataclass(frozen=True)
class Sender:
    """Who sends a request. Without a key: whoever reaches the service, by address."""

    client: str
    key: ApiKey | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """That every answer carries."""

    @property
    def scope_id(self) -> str:
        """Whose idempotency keys the request's is one of: those of two API keys are never the same."""
        return self.key.id if self.key else ""

    def objections(self, article: Article) -> list[FieldError]:
        """Why the article is none that the sender may submit; nothing, if it may."""
        key = self.key
        if key is None or not key.domains:
            return []
        whose = f"this key submits articles of {', '.join(key.domains)} only"
        addresses = {"url": _host(article.url), "html": _host(article.canonical_url)}
        publisher = article.publisher.domain
        faults = {name: host for name, host in addresses.items() if host and not key.may_submit_for(host)}
        known = [host for host in addresses.values() if host]
        # Without a publisher of its own an article has the registered domain, which may lie above the key's.
        is_above = any(host.endswith(f".{publisher}") for host in known)
        if publisher and not is_above and not key.may_submit_for(publisher):
            faults["publisher"] = publisher
        if not known and not publisher:
            return [FieldError("url", f"{whose}: give the article's url, or publisher.domain")]
        return [FieldError(name, f"{host} is another's: {whose}") for name, host in faults.items()]


class Access:
    """Lets requests in."""

    def __init__(self, settings: IngestSettings) -> None:
        """Read the keys, where they are asked for.

        Raises:
            KeysMissing: there are none.
            UnreadableKeys: their file cannot be read.
        """
        quota = settings.request_quota
        self._limit = RateLimit(Quota(quota, settings.rate_limit_seconds)) if quota else None
        self._keys = _key_file(settings) if settings.is_exposed else None

    @property
    def asks_for_keys(self) -> bool:
        """Whether requests need one."""
        return self._keys is not None

    @property
    def limits_rates(self) -> bool:
        """Whether a client may send only so many requests."""
        return self._limit is not None

    def admit(self, request: Request, scope: Scope) -> Sender:
        """Who sends the request. Raises Refusal: 401, 403 or 429."""
        client = client_of(request)
        key = self._key(request)
        # Who shows a wrong key counts by address, so that nobody may go on trying.
        headers = self._count(key.id if key else client)
        if self._keys is not None and key is None:
            metrics.TURNED_AWAY.labels("key").inc()
            raise Refusal(_no_key(request, headers))
        if key is not None and not key.allows(scope):
            headers["WWW-Authenticate"] = f'{_REALM}, error="insufficient_scope", scope="{scope}"'
            detail = f"This key does not have the scope {scope}."
            raise Refusal(problem_response(HTTPStatus.FORBIDDEN, detail=detail, headers=headers))
        return Sender(client, key, headers)

    def _key(self, request: Request) -> ApiKey | None:
        """The key that the request shows, if it is one that holds."""
        given = request.headers.getlist("authorization")
        scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        return self._keys.current().find(token.strip()) if self._keys and scheme.lower() == "bearer" else None

    def _count(self, client: str) -> dict[str, str]:
        """Count the request; what its answer says of the limit. Raises Refusal: 429."""
        if self._limit is None:
            return {}
        verdict = self._limit.take(client)
        if not verdict.allowed:
            metrics.TURNED_AWAY.labels("rate").inc()
            detail = f"More than {verdict.quota.requests:,} requests within {verdict.quota.seconds} s."
            answer = problem_response(HTTPStatus.TOO_MANY_REQUESTS, detail=detail, headers=verdict.headers)
            raise Refusal(answer)
        return dict(verdict.headers)


def _key_file(settings: IngestSettings) -> KeyFile:
    if settings.keys_file is None:
        raise KeysMissing(_missing(settings, "NEWSWEAVE_KEYS_FILE names no file"))
    keys = KeyFile(settings.keys_file)
    if not keys.current():
        raise KeysMissing(_missing(settings, f"{settings.keys_file} has no key"))
    return keys


def _no_key(request: Request, headers: Mapping[str, str]) -> Response:
    given = "authorization" in request.headers
    challenge = f'{_REALM}, error="invalid_token"' if given else _REALM
    what = "That is no key that holds here." if given else "This service asks for a key."
    return problem_response(
        HTTPStatus.UNAUTHORIZED, detail=f"{what} {_HOW}", headers={**headers, "WWW-Authenticate": challenge}
    )


def security(access: Access) -> dict[str, Any]:
    """What the API document says of an operation that asks for a key; nothing where none is asked for."""
    return {"security": [{SECURITY_SCHEME: []}]} if access.asks_for_keys else {}


def refusals(access: Access, *statuses: int) -> tuple[int, ...]:
    """These statuses, and those that a request may be refused with here."""
    keys = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN} if access.asks_for_keys else set()
    rates = {HTTPStatus.TOO_MANY_REQUESTS} if access.limits_rates else set()
    return tuple(sorted({*statuses, *keys, *rates}))


def _host(url: str | None) -> str | None:
    return urlsplit(url).hostname if url else None


def _missing(settings: IngestSettings, what: str) -> str:
    return (
        f"it listens on {settings.http_host}, where others can reach it, and {what}. Whoever may submit can replace "
        "and withdraw articles: make a key with `newsweave keys add NAME --file FILE` and set "
        "NEWSWEAVE_KEYS_FILE=FILE; or set NEWSWEAVE_EXPOSED=no if nobody but you can reach that address"
    )
