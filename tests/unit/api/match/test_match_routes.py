"""`POST /v1/match` over a view."""

from collections.abc import AsyncIterator

import httpx
import pytest
from redis.asyncio import Redis

from services.api.updates.update_log import UpdateLog
from services.contracts.event import EventStatus
from tests.unit.api.drafts import BothServices, client_with_drafts, lay_article
from tests.unit.api.examples import event
from tests.unit.api.view import project_events

STORM = "A storm hit Corrow Bay on Monday, and Ada Reyl of the coastguard said 14 boats had sunk in the harbour."
TRADE = "The ministry of trade published a quarterly table of exports, in which wool and tin fell against last year."
URL = "https://corrowgazette.example/storm"


@pytest.fixture
async def client(redis: Redis) -> AsyncIterator[httpx.AsyncClient]:
    await lay_article(redis, "evt_storm", "art_storm", "Storm sinks boats in Corrow Bay", STORM, url=URL)
    await lay_article(redis, "evt_trade", "art_trade", "Wool and tin exports fall", TRADE)
    async with client_with_drafts(redis, BothServices()) as found:
        yield found


DRAFT = {
    "title": "Boats sink in storm at Corrow Bay",
    "text": f"{STORM} Reyl said more.",
    "published_at": "2026-03-03T15:00:00Z",
}


async def test_the_event_of_a_text_is_named_with_what_was_compared(client: httpx.AsyncClient, redis: Redis) -> None:
    answer = await client.post("/v1/match", json=DRAFT)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["matched"] is True
    assert found["best"]["event"]["event_id"] == "evt_storm"
    assert found["best"]["nearest_article_id"] == "art_storm"
    assert found["best"]["probability"] >= found["threshold"] > found["runner_up"]["probability"]
    assert found["best"]["signals"]["same_day"] == 1
    assert found["best"]["for_it"]
    assert found["runner_up"]["event"]["event_id"] == "evt_trade"
    assert found["position"] == await UpdateLog(redis).head()
    assert "letters@000000000000" in found["decision"]


async def test_a_text_about_something_else_is_about_no_event_and_the_reason_says_why(client: httpx.AsyncClient) -> None:
    text = "Zoe Quix won the jazz quiz at Vaux, jazz players explained."
    answer = (await client.post("/v1/match", json={"text": text, "published_at": "2019-07-01T00:00:00Z"})).json()
    assert answer["matched"] is False
    assert answer["best"]["probability"] < answer["threshold"]
    assert answer["reason"].startswith("No event is probable enough.")
    assert answer["best"]["against_it"][0] in answer["reason"]


async def test_an_article_of_the_same_address_decides(client: httpx.AsyncClient) -> None:
    answer = (await client.post("/v1/match", json={"text": "Zoe Quix won the quiz.", "url": URL})).json()
    assert (answer["matched"], answer["best"]["event"]["event_id"]) == (True, "evt_storm")
    assert answer["best"]["same_url"] is True
    assert answer["reason"] == "One of its articles has this address."


async def test_several_texts_are_answered_in_order(client: httpx.AsyncClient) -> None:
    trade = {"text": TRADE, "published_at": "2026-03-03T15:00:00Z"}
    answer = await client.post("/v1/match", json={"drafts": [trade, DRAFT, trade]})
    best = [each["best"]["event"]["event_id"] for each in answer.json()["matches"]]
    assert best == ["evt_trade", "evt_storm", "evt_trade"]


async def test_closed_events_are_found_and_merged_ones_are_not(client: httpx.AsyncClient, redis: Redis) -> None:
    closed = event("evt_trade", 2, status=EventStatus.CLOSED, headline="Wool and tin exports fall")
    merged = event("evt_storm", 2, status=EventStatus.MERGED, merged_into="evt_trade", articles=())
    await project_events(redis, [closed, merged])
    answer = (await client.post("/v1/match", json={"text": TRADE, "published_at": "2026-03-03T15:00:00Z"})).json()
    assert (answer["best"]["event"]["event_id"], answer["runner_up"]) == ("evt_trade", None)
    assert answer["best"]["event"]["status"] == "closed"


async def test_over_an_empty_view_a_text_is_about_nothing(redis: Redis) -> None:
    async with client_with_drafts(redis, BothServices()) as client:
        answer = (await client.post("/v1/match", json=DRAFT)).json()
    assert (answer["matched"], answer["best"], answer["runner_up"]) == (False, None, None)
    assert "nothing is near" in answer["reason"]
    assert answer["position"] == "0-0"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "Rain", "tittle": "Rain"}, "tittle"),
        ({"text": "Rain", "published_at": "0001-01-01T00:00:00+23:00"}, "published_at"),
        ({"text": "Rain", "published_at": "2026-03-03T15:00:00"}, "published_at"),
        ({"text": "Rain", "published_at": 1772550000}, "published_at"),
        ({"drafts": []}, "drafts"),
        ({"drafts": [{"text": "Rain"}] * 51}, "drafts"),
    ],
)
async def test_what_is_wrong_with_a_request_is_named(client: httpx.AsyncClient, body: object, field: str) -> None:
    answer = await client.post("/v1/match", json=body)
    assert answer.status_code == 422
    assert any(fault["field"].endswith(field) for fault in answer.json()["errors"]), answer.text


MANY = 100_000


@pytest.mark.parametrize(
    "body",
    [
        {"drafts": [{}] * MANY},
        {"drafts": [{"text": "Rain", **{f"field_{number}": 1 for number in range(MANY)}}]},
        {"drafts": [], **{f"field_{number}": 1 for number in range(MANY)}},
        {f"field_{number}": 1 for number in range(MANY)},
    ],
    ids=["drafts", "fields of one of several", "fields beside drafts", "fields"],
)
async def test_of_a_body_with_errors_without_end_a_few_are_named(client: httpx.AsyncClient, body: object) -> None:
    answer = await client.post("/v1/match", json=body)
    assert answer.status_code == 422
    first, *others = answer.json()["errors"]
    assert first["message"].startswith("give ")
    assert len(others) <= 1  # that no text is left


async def test_of_many_errors_a_hundred_are_named(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/match", json={"drafts": [{"title": 1, "tittle": 2}] * 50})  # three each
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 100


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/match", content=b" " * (4 * 1024 * 1024 + 1))
    assert answer.status_code == 413


async def test_without_dedupe_the_answer_says_what_to_do(redis: Redis) -> None:
    async with client_with_drafts(redis, httpx.MockTransport(_refuse)) as client:
        answer = await client.post("/v1/match", json=DRAFT)
    assert answer.status_code == 503
    assert "dedupe does not answer" in answer.json()["detail"]
    assert "NEWSWEAVE_DEDUPE_URL" in answer.json()["detail"]


def _refuse(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)
