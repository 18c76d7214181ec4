"""`newsweave saved-searches` and `newsweave webhooks` on a running stack, with a receiver of our own."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.support.pipeline import Pipeline, running_pipeline, sample_rows
from tests.support.polling import eventually
from tests.support.stack import newsweave
from tests.unit.api.webhooks.rig import receiving, status

pytestmark = pytest.mark.timeout(600)


async def test_a_desk_saves_a_search_and_is_told_of_its_events(tmp_path: Path) -> None:
    home = tmp_path / "home"

    async def run(*arguments: str) -> str:
        told = await asyncio.to_thread(newsweave, home, *arguments)
        assert told.returncode == 0, told.stderr
        return told.stdout

    async def refused(*arguments: str) -> str:
        told = await asyncio.to_thread(newsweave, home, *arguments)
        assert told.returncode == 1, told.stdout
        assert "Traceback" not in told.stderr
        return told.stderr

    local = {"NEWSWEAVE_WEBHOOK_ALLOWED_HOSTS": "127.0.0.1", "NEWSWEAVE_WEBHOOK_ALLOWED_PORTS": "*"}
    async with receiving(status(200)) as receiver:
        opening = running_pipeline(home, **local)
        pipeline: Pipeline = await asyncio.to_thread(opening.__enter__)
        try:
            await run("saved-searches", "add", "ferry", "--filter", "q=ferry", "--filter", "language=en")
            await run("saved-searches", "add", "ferry", "--filter", "q=ferry", "--replace")
            assert "did you mean has?" in await refused("saved-searches", "add", "x", "--filter", "hass=denial")
            assert "q=ferry" in await run("saved-searches", "list")
            secret = await run("webhooks", "add", "desk", receiver.url, "--saved", "ferry")
            assert secret.startswith("whsec_")
            assert "took it with status 200" in await run("webhooks", "test", "desk")
            await asyncio.to_thread(pipeline.submit, sample_rows())
            await asyncio.to_thread(pipeline.settle)
            await eventually(lambda: len(receiver.received) > 1, what="the ferry is told of")
            told = [json.loads(each.body)["data"] for each in receiver.received[1:]]
            headlines = " ".join(data["event"]["headline"] for data in told)
            assert "ferry" in headlines
            assert "interest rates" not in headlines
            assert "delivered" in await run("webhooks", "deliveries", "desk")
            receiver.answer = status(500)
            assert "desk did not take it: status 500" in await refused("webhooks", "test", "desk")
            receiver.answer = status(200)
            assert "sent again" in await run("webhooks", "resend", "desk", "--since", "2020-01-01")
            assert "Webhooks use it: desk" in await refused("saved-searches", "remove", "ferry")
            await run("webhooks", "disable", "desk")
            assert "disabled by request" in await run("webhooks", "list", "--json")
            await run("webhooks", "enable", "desk")
            await run("webhooks", "remove", "desk")
            await run("saved-searches", "remove", "ferry")
            assert json.loads(await run("webhooks", "list", "--json")) == {"webhooks": []}
        finally:
            await asyncio.to_thread(opening.__exit__, None, None, None)
