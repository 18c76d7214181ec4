"""Who may submit, and for which domains."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request

from services.contracts.article import Article
from services.ingest import metrics
from services.ingest.errors import FieldError
from services.ingest.push.receiving import Refusal, client_of
from services.ingest.settings import IngestSettings
from services.runtime import http_access
from services.runtime.api_keys import ApiKey, Scope
from services.runtime.http_access import SECURITY_SCHEME, Denied
from services.runtime.problems import problem_response

_RISK = "Whoever may submit can replace and withdraw articles"
_COUNTED = frozenset({"key", "rate"})
"""Reasons that the metric of refused requests has."""


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

    def __init__(self, settings: IngestSettings, *, takes_basic: bool = False) -> None:
        """Read the keys, where they are asked for. Raises KeysMissing, UnreadableKeys.

        `takes_basic`: a key may also be given as a password, as browsers do.
        """
        self._access = http_access.Access(settings, risk=_RISK, takes_basic=takes_basic)

    @property
    def asks_for_keys(self) -> bool:
        """Whether requests need one."""
        return self._access.asks_for_keys

    def admit(self, request: Request, scope: Scope) -> Sender:
        """Who sends the request. Raises Refusal: 401, 403 or 429."""
        try:
            admitted = self._access.admit(client_of(request), request.headers.getlist("authorization"), scope)
        except Denied as denied:
            if denied.reason in _COUNTED:
                metrics.TURNED_AWAY.labels(denied.reason).inc()
            raise Refusal(problem_response(denied.status, detail=denied.detail, headers=denied.headers)) from denied
        return Sender(admitted.client, admitted.key, admitted.headers)

    def refusals(self, *statuses: int) -> tuple[int, ...]:
        """These statuses, and those that a request may be refused with here."""
        return self._access.refusals(*statuses)


def security(access: Access) -> dict[str, Any]:
    """What the API document says of an operation that asks for a key; nothing where none is asked for."""
    return {"security": [{SECURITY_SCHEME: []}]} if access.asks_for_keys else {}


def _host(url: str | None) -> str | None:
    return urlsplit(url).hostname if url else None
