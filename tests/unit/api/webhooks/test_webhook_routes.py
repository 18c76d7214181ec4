"""Webhooks over HTTP."""

from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from services.api.webhooks import webhook_store
from services.api.webhooks.delivery import DeliveryOutcome
from services.api.webhooks.webhook import Webhook
from tests.unit.api.examples import event
from tests.unit.api.manners.clients import client_of
from tests.unit.api.view import project_events
from tests.unit.api.webhooks.rig import open_webhook_rig, receiving, status

PATH = "/v1/webhooks"
DESK = {"name": "desk", "url": "https://desk.example/newsweave", "saved": "all"}


@pytest.fixture(autouse=True)
async def search(http: httpx.AsyncClient) -> None:
    await http.post("/v1/saved-searches", json={"name": "all"})


async def test_a_webhook_is_made_with_a_secret_that_is_shown_once(http: httpx.AsyncClient) -> None:
    made = await http.post(PATH, json=DESK)
    assert (made.status_code, made.headers["location"]) == (201, f"{PATH}/desk")
    assert made.json()["secret"].startswith("whsec_")
    assert (await http.post(PATH, json=DESK | {"name": "other"})).json()["secret"] != made.json()["secret"]
    shown = (await http.get(f"{PATH}/desk")).json()
    assert shown == {key: value for key, value in made.json().items() if key != "secret"}
    assert [webhook["name"] for webhook in (await http.get(PATH)).json()["webhooks"]] == ["desk", "other"]
    assert "secret" not in (await http.get(PATH)).text


async def test_a_name_is_given_once_until_it_is_free_again(http: httpx.AsyncClient) -> None:
    assert [(await http.post(PATH, json=DESK)).status_code for _ in range(2)] == [201, 409]
    assert (await http.delete(f"{PATH}/desk")).status_code == 204
    assert (await http.delete(f"{PATH}/desk")).status_code == 404
    assert (await http.post(PATH, json=DESK)).status_code == 201


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"url": "ftp://desk.example/"}, "body.url"),
        ({"url": "https://user:secret@desk.example/"}, "body.url"),
        ({"url": "http://localhost/"}, "body.url"),
        ({"url": "http://127.0.0.1/"}, "body.url"),
        ({"url": "http://169.254.169.254/latest/meta-data"}, "body.url"),
        ({"url": "http://2130706433/"}, "body.url"),
        ({"url": "http://desk.example:22/"}, "body.url"),
        ({"saved": "none"}, "body.saved"),
        ({"name": "No"}, "body.name"),
        ({"secret": "x"}, "body.secret"),
    ],
)
async def test_what_nothing_could_ever_be_sent_to_is_refused_by_its_field(
    http: httpx.AsyncClient, given: dict[str, str], field: str
) -> None:
    answer = await http.post(PATH, json=DESK | given)
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_saved_search_that_is_used_is_not_deleted(http: httpx.AsyncClient) -> None:
    await http.post(PATH, json=DESK)
    refused = await http.delete("/v1/saved-searches/all")
    assert refused.status_code == 409
    assert refused.json()["detail"] == "Webhooks use it: desk. Delete these first."
    await http.delete(f"{PATH}/desk")
    assert (await http.delete("/v1/saved-searches/all")).status_code == 204


async def test_there_are_only_so_many(http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_store, "MOST_WEBHOOKS", 1)
    assert (await http.post(PATH, json=DESK)).status_code == 201
    assert "Too many webhooks" in (await http.post(PATH, json=DESK | {"name": "b"})).text


async def test_it_is_disabled_and_enabled(http: httpx.AsyncClient) -> None:
    await http.post(PATH, json=DESK)
    disabled = (await http.post(f"{PATH}/desk/disable")).json()
    assert (disabled["status"], disabled["reason"]) == ("disabled", "disabled by request")
    assert (await http.get(f"{PATH}/desk")).json()["status"] == "disabled"
    assert (await http.post(f"{PATH}/desk/enable")).json()["status"] == "active"
    assert (await http.get(f"{PATH}/desk")).json()["reason"] is None


async def test_one_that_is_deleted_while_it_is_enabled_is_not_there(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await http.post(PATH, json=DESK)
    find = webhook_store.WebhookStore.find

    async def find_and_delete(store: webhook_store.WebhookStore, name: str) -> Webhook | None:
        webhook = await find(store, name)
        await store.remove(name)
        return webhook

    monkeypatch.setattr(webhook_store.WebhookStore, "find", find_and_delete)
    assert (await http.post(f"{PATH}/desk/enable")).status_code == 404


@pytest.mark.parametrize("path", ["/enable", "/disable", "/test", "/deliveries", ""])
async def test_of_a_webhook_that_is_not_there_nothing_is_known(http: httpx.AsyncClient, path: str) -> None:
    method = "GET" if path in {"", "/deliveries"} else "POST"
    assert (await http.request(method, f"{PATH}/none{path}")).status_code == 404


async def test_a_test_is_sent_and_listed(redis: Redis) -> None:
    async with open_webhook_rig(redis) as rig, receiving(status(200)) as receiver:
        http = client_of(redis, clock=rig.clock)
        await rig.subscribe(receiver.url)
        made = await http.post(f"{PATH}/desk/test")
        assert (made.status_code, made.json()["outcome"]) == (202, "pending")
        await rig.turns()
        assert receiver.received[0].headers["webhook-id"] == made.json()["message_id"]
        (listed,) = (await http.get(f"{PATH}/desk/deliveries")).json()["deliveries"]
        assert (listed["type"], listed["outcome"], listed["event_id"]) == (
            "newsweave.webhook.test.v1",
            "delivered",
            None,
        )


async def test_deliveries_are_listed_part_by_part_and_by_time(http: httpx.AsyncClient, redis: Redis) -> None:
    async with open_webhook_rig(redis) as rig, receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url)
        for number in range(5):
            await project_events(redis, [event(f"evt_{number}")])
            await rig.turns()
            rig.clock.forward(hours=1)
        walked: list[str] = []
        cursor: str | None = None
        while True:
            given: dict[str, Any] = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            part = (await http.get(f"{PATH}/desk/deliveries", params=given)).json()
            walked += [delivery["event_id"] for delivery in part["deliveries"]]
            cursor = part["next"]
            if cursor is None:
                break
        assert walked == ["evt_4", "evt_3", "evt_2", "evt_1", "evt_0"]
        times = {"since": "2026-03-03T13:00:00Z", "until": "2026-03-03T14:30:00Z"}
        some = (await http.get(f"{PATH}/desk/deliveries", params=times)).json()["deliveries"]
        assert [delivery["event_id"] for delivery in some] == ["evt_2", "evt_1"]


async def test_what_was_given_up_is_listed_and_sent_again_by_its_time(redis: Redis) -> None:
    async with open_webhook_rig(redis) as rig, receiving(status(500)) as receiver:
        http = client_of(redis, clock=rig.clock)
        await rig.subscribe(receiver.url)
        await project_events(redis, [event("evt_a")])
        await rig.turns()
        while (await rig.listed())[0].outcome is DeliveryOutcome.PENDING:
            rig.clock.forward(hours=25)
            await rig.turns()
        receiver.answer = status(200)
        await project_events(redis, [event("evt_b")])
        await rig.turns()
        dead = (await http.get(f"{PATH}/desk/deliveries?only_dead=true")).json()["deliveries"]
        assert [(each["event_id"], each["tries"]) for each in dead] == [("evt_a", 10)]
        range_of_all = {"since": "2026-03-01T00:00:00Z", "until": "2026-04-01T00:00:00Z"}
        again = await http.post(f"{PATH}/desk/resend", json=range_of_all | {"only_dead": True})
        assert (again.status_code, again.json()) == (202, {"deliveries": 1})
        await rig.turns()
        assert len(receiver.received) == 12
        assert receiver.ids[-1] == receiver.ids[0]
        assert (await http.get(f"{PATH}/desk/deliveries?only_dead=true")).json()["deliveries"] == []
        assert (await http.post(f"{PATH}/desk/resend", json=range_of_all)).json() == {"deliveries": 2}
        nothing = {"since": "2025-01-01T00:00:00Z", "until": "2025-02-01T00:00:00Z"}
        assert (await http.post(f"{PATH}/desk/resend", json=nothing)).json() == {"deliveries": 0}


@pytest.mark.parametrize(("query", "field"), [("since=x", "query.since"), ("cursor=x", "query.cursor")])
async def test_a_query_that_is_not_valid_is_told_by_its_parameter(
    http: httpx.AsyncClient, query: str, field: str
) -> None:
    await http.post(PATH, json=DESK)
    answer = await http.get(f"{PATH}/desk/deliveries?{query}")
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
