"""Scripts of other sites' pages."""

from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError
from redis.asyncio import Redis

from services.api.settings import ApiSettings
from services.runtime.api_keys import Scope
from tests.unit.api.manners.clients import client_of, shown, write_key_file

DESK = "https://desk.example"
ASKING = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}


async def test_by_default_no_script_of_another_site_reads_anything(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/events", headers={"Origin": DESK})
    assert "access-control-allow-origin" not in answer.headers
    assert (await http.options("/v1/events", headers={"Origin": DESK} | ASKING)).status_code == 405


async def test_a_named_site_reads_the_answer_and_its_headers(redis: Redis) -> None:
    client = client_of(redis, cors_origins=f"{DESK}, https://other.example/")
    answer = await client.get("/v1/events", headers={"Origin": DESK})
    assert answer.headers["access-control-allow-origin"] == DESK
    assert "Origin" in answer.headers["vary"]
    assert {"ETag", "RateLimit", "Newsweave-Request-Id"} <= set(
        answer.headers["access-control-expose-headers"].split(", ")
    )
    stranger = await client.get("/v1/events", headers={"Origin": "https://stranger.example"})
    assert "access-control-allow-origin" not in stranger.headers


async def test_a_browser_that_asks_first_needs_no_key_for_that(redis: Redis, tmp_path: Path) -> None:
    write_key_file(tmp_path / "keys.json", Scope.EVENTS_READ)
    client = client_of(redis, exposed="yes", keys_file=tmp_path / "keys.json", cors_origins=DESK)
    asked = await client.options("/v1/events", headers={"Origin": DESK} | ASKING)
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, DESK)
    assert "authorization" in asked.headers["access-control-allow-headers"].lower()
    refused = await client.get("/v1/events", headers={"Origin": DESK})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, DESK)
    assert (await client.get("/v1/events", headers={"Origin": DESK} | shown(1))).status_code == 200


async def test_a_named_site_may_send_and_any_other_only_read(redis: Redis) -> None:
    named = client_of(redis, cors_origins=f"*,{DESK}")
    assert (await named.get("/v1/events", headers={"Origin": "https://any.example"})).headers[
        "access-control-allow-origin"
    ] == "*"
    assert (await named.post("/v1/nothing", headers={"Origin": DESK})).status_code == 404
    assert (await named.post("/v1/nothing", headers={"Origin": "https://any.example"})).status_code == 403


@pytest.mark.parametrize("given", ["desk.example", "https://desk.example/path", "ftp://desk.example", "null"])
def test_what_is_no_origin_is_refused_at_the_start(given: str) -> None:
    with pytest.raises(ValidationError, match="give origins with a scheme"):
        ApiSettings(cors_origins=given)


@pytest.mark.parametrize("given", ["https://desk.example", "http://[::1]:3000, http://localhost:3000", "*", ""])
def test_origins_are_taken(given: str) -> None:
    assert ApiSettings(cors_origins=given).origins == tuple(filter(None, given.split(", ")))
