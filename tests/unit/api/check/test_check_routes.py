"""`POST /v1/check` over a view."""

from collections.abc import AsyncIterator

import httpx
import pytest
from redis.asyncio import Redis

from services.contracts.event import EventStatus, Omitted
from tests.unit.api.drafts import BothServices, client_with_drafts
from tests.unit.api.examples import citing, event, extracted
from tests.unit.api.view import project_articles, project_events


@pytest.fixture
async def client(redis: Redis) -> AsyncIterator[httpx.AsyncClient]:
    await project_articles(redis, [extracted("art_1")])
    await project_events(redis, [citing("art_1")])
    async with client_with_drafts(redis, BothServices()) as found:
        yield found


async def test_each_claim_of_a_draft_is_put_beside_the_event_that_is_named(client: httpx.AsyncClient) -> None:
    text = "Nine people died, the port said. A whale was seen in the bay."
    answer = await client.post("/v1/check", json={"text": text, "event_id": "evt_c"})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["event_id"], found["event_version"], found["match"]) == ("evt_c", 1, None)
    for claim in found["claims"]:
        assert text[claim["span"]["start"] : claim["span"]["end"]] == claim["text"]
    assert [claim["status"] for claim in found["claims"]][-1] == "not_reported"
    assert sum(found["counts"].values()) == len(found["claims"]) >= 2


async def test_claims_that_a_snapshot_leaves_out_are_counted(client: httpx.AsyncClient, redis: Redis) -> None:
    cut = citing("art_1").model_copy(update={"version": 2, "omitted": Omitted(claims=7)})
    await project_events(redis, [cut])
    answer = await client.post("/v1/check", json={"text": "Nine people died.", "event_id": "evt_c"})
    assert answer.json()["not_compared"] == 7


async def test_claims_of_a_draft_after_the_first_four_hundred_are_counted(client: httpx.AsyncClient) -> None:
    text = " ".join(f"The port said {number} people died." for number in range(401))
    answer = (await client.post("/v1/check", json={"text": text, "event_id": "evt_c"})).json()
    assert (len(answer["claims"]), answer["not_checked"]) == (400, 1)


async def test_a_draft_about_no_event_here_is_not_reported_and_the_match_says_why(redis: Redis) -> None:
    async with client_with_drafts(redis, BothServices()) as client:
        answer = (await client.post("/v1/check", json={"text": "A whale was seen in the bay."})).json()
    assert answer["event_id"] is None
    assert answer["match"]["matched"] is False
    assert {claim["status"] for claim in answer["claims"]} == {"not_reported"}


async def test_an_event_that_is_not_there_is_404_and_a_merged_one_answers_as_its_successor(
    client: httpx.AsyncClient, redis: Redis
) -> None:
    body = {"text": "Nine people died.", "event_id": "evt_old"}
    assert (await client.post("/v1/check", json=body)).status_code == 404
    await project_events(redis, [event("evt_old", status=EventStatus.MERGED, merged_into="evt_c", articles=())])
    assert (await client.post("/v1/check", json=body)).json()["event_id"] == "evt_c"


@pytest.mark.parametrize(
    ("service", "setting"), [("extract", "NEWSWEAVE_EXTRACT_URL"), ("dedupe", "NEWSWEAVE_DEDUPE_URL")]
)
async def test_without_one_of_its_services_the_answer_says_which_and_what_to_do(
    redis: Redis, service: str, setting: str
) -> None:
    class One(BothServices):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.host == service:
                raise httpx.ConnectError("refused", request=request)
            return await super().handle_async_request(request)

    async with client_with_drafts(redis, One()) as client:
        answer = await client.post("/v1/check", json={"text": "Nine people died."})
    assert answer.status_code == 503
    assert service in answer.json()["detail"]
    assert f"NEWSWEAVE_{service.upper()}_URL" in answer.json()["detail"]
