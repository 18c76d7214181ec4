"""Clients of an app with settings of its own."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
from redis.asyncio import Redis

from services.api.app import create_app
from services.api.settings import ApiSettings
from services.api.view_store import ViewStore
from services.runtime.api_keys import ApiKey, Scope, hash_of, key_text, write_keys
from services.runtime.clock import Clock
from services.runtime.http_guard import HttpGuard

HOST = "newsweave.test"


def client_of(redis: Redis, *, clock: Clock | None = None, **settings: object) -> httpx.AsyncClient:
    """As the service's process serves it, to a client that takes answers as they are."""
    api = ApiSettings.model_validate({"trusted_hosts": HOST} | settings)
    guarded = HttpGuard(create_app(ViewStore(redis), api, clock), api)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=guarded),
        base_url=f"http://{HOST}",
        headers={"Accept-Encoding": "identity"},
    )


def key(number: int) -> str:
    """A key; the same for the same number."""
    return key_text(f"{number:08x}", f"{number:064x}")


def write_key_file(file: Path, *scopes: Scope) -> None:
    """Keys 1, 2, …, each with one of the scopes."""
    made_at = datetime(2031, 3, 3, tzinfo=UTC)
    entries = [
        ApiKey(
            id=f"{number:08x}", name=f"key {number}", sha256=hash_of(key(number)), scopes=(scope,), created_at=made_at
        )
        for number, scope in enumerate(scopes, start=1)
    ]
    write_keys(file, entries)


def shown(number: int) -> dict[str, str]:
    """The header that shows a key."""
    return {"Authorization": f"Bearer {key(number)}"}
