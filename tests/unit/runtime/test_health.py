"""Readiness: never too early, and quick to answer."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from services.runtime import health
from services.runtime.errors import TransientError
from services.runtime.health import Readiness, add_health_routes


async def test_a_condition_does_not_hold_before_somebody_meets_it() -> None:
    readiness = Readiness(["connected", "consumes a"])
    readiness.meet("connected")
    assert await readiness.unmet() == ["consumes a"]
    ready = asyncio.Event()
    readiness.meet("consumes a", ready.is_set)
    assert await readiness.unmet() == ["consumes a"]
    ready.set()
    assert await readiness.unmet() == []
    ready.clear()
    assert await readiness.unmet() == ["consumes a"]


def test_a_condition_that_was_not_named_at_the_start_is_a_bug() -> None:
    with pytest.raises(LookupError, match="'consumes b' is no condition of readiness: connected"):
        Readiness(["connected"]).meet("consumes b")


async def test_a_store_that_does_not_answer_or_takes_too_long_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails() -> None:
        raise TransientError("away")

    async def hangs() -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(health, "CHECK_SECONDS", 0.01)
    readiness = Readiness([])
    readiness.add_async("redis", fails)
    readiness.add_async("slow", hangs)
    assert await readiness.unmet() == ["redis", "slow"]


async def test_the_routes_tell_operators_what_is_waited_for() -> None:
    app, readiness = FastAPI(), Readiness(["connected"])
    add_health_routes(app, readiness)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"status": "not ready", "waiting_for": ["connected"]})
        readiness.meet("connected")
        assert (await client.get("/readyz")).status_code == 200
        assert "newsweave_messages_total" in (await client.get("/metrics")).text
        assert (await client.get("/openapi.json")).json()["paths"] == {}
