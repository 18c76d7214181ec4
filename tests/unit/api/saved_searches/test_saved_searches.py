"""Filters with names, over a real Redis."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from services.api.saved_searches import saved_search_store
from services.api.saved_searches.saved_search_store import SEARCHES
from services.api.search.following import IndexFollower
from tests.unit.api.examples import disputed, event
from tests.unit.api.search.followers import caught_up, client_of, following
from tests.unit.api.view import project_events

PATH = "/v1/saved-searches"
DISPUTED = {"name": "disputed", "filter": {"has": ["contradiction"]}, "description": "Where reports differ"}


@pytest.fixture
async def follower(redis: Redis, tmp_path: Path) -> AsyncIterator[IndexFollower]:
    async with following(redis, tmp_path) as running:
        yield running


@pytest.fixture
async def search(redis: Redis, follower: IndexFollower) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app with an index, which filters need."""
    async with client_of(redis, follower) as client:
        yield client


async def save(http: httpx.AsyncClient, **definition: Any) -> httpx.Response:
    return await http.post(PATH, json=definition)


async def test_a_search_is_saved_listed_read_and_deleted(http: httpx.AsyncClient) -> None:
    made = await save(http, **DISPUTED)
    assert (made.status_code, made.headers["location"]) == (201, f"{PATH}/disputed")
    assert made.json()["filter"]["has"] == ["contradiction"]
    assert made.json()["alerts"] == []
    await save(http, name="all")
    assert [search["name"] for search in (await http.get(PATH)).json()["searches"]] == ["all", "disputed"]
    assert (await http.get(f"{PATH}/disputed")).json() == made.json()
    assert (await http.delete(f"{PATH}/disputed")).status_code == 204
    assert (await http.get(f"{PATH}/disputed")).status_code == 404
    assert (await http.delete(f"{PATH}/disputed")).status_code == 404


@pytest.mark.parametrize("text", ["\u0301", " ".join(map(str, range(100, 131)))])
async def test_words_that_the_list_would_refuse_are_not_saved(http: httpx.AsyncClient, text: str) -> None:
    refused = await save(http, name="words", filter={"q": [text]})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "body.filter"


async def test_commas_in_names_are_no_matter_in_lists(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed()])
    await caught_up(follower, redis)
    listed = []
    for saved, names in (("plain", "Ilya Marchenkov"), ("commas", "Ilya, Marchenkov"), ("other", "Ilya, Nobody")):
        assert (await save(search, name=saved, filter={"speaker": [names]})).status_code == 201
        listed.append((await search.get("/v1/events", params={"saved": saved})).json())
    assert [len(answer["events"]) for answer in listed] == [1, 1, 0]


async def test_a_name_that_is_taken_is_not_given_twice(http: httpx.AsyncClient) -> None:
    await save(http, **DISPUTED)
    again = await save(http, **DISPUTED | {"filter": {}})
    assert again.status_code == 409
    assert "PUT it at /v1/saved-searches/disputed" in again.json()["detail"]
    assert (await http.get(f"{PATH}/disputed")).json()["filter"]["has"] == ["contradiction"]


async def test_a_search_is_changed_in_place(http: httpx.AsyncClient) -> None:
    made = (await save(http, **DISPUTED)).json()
    changed = await http.put(f"{PATH}/disputed", json={"filter": {"has": ["denial"]}, "alerts": ["first_denial"]})
    assert changed.status_code == 200
    search = (await http.get(f"{PATH}/disputed")).json()
    assert search["filter"]["has"] == ["denial"]
    assert search["alerts"] == ["first_denial"]
    assert search["created_at"] == made["created_at"]
    assert (await http.put(f"{PATH}/other", json={})).status_code == 404


@pytest.mark.parametrize(
    ("definition", "field"),
    [
        ({"name": "Upper"}, "body.name"),
        ({"name": "a b"}, "body.name"),
        ({"name": ""}, "body.name"),
        ({}, "body.name"),
        ({"name": "a", "filter": {"hass": ["denial"]}}, "body.filter.hass"),
        ({"name": "a", "filter": {"has": ["nothing"]}}, "body.filter.has.0"),
        ({"name": "a", "alerts": ["doom"]}, "body.alerts.0"),
        ({"name": "a", "filtr": {}}, "body.filtr"),
        ({"name": "a", "filter": {"single_origin": "true"}}, "body.filter.single_origin"),
        ({"name": "a", "filter": {"updated_since": 0}}, "body.filter.updated_since"),
        ({"name": "a", "filter": {"min_origins": "2"}}, "body.filter.min_origins"),
    ],
)
async def test_a_search_that_is_not_valid_is_refused_by_its_field(
    http: httpx.AsyncClient, definition: dict[str, Any], field: str
) -> None:
    answer = await save(http, **definition)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_feed_takes_a_saved_search_by_its_name(
    search: httpx.AsyncClient, follower: IndexFollower, redis: Redis
) -> None:
    await project_events(redis, [disputed(), event("evt_b")])
    await caught_up(follower, redis)
    await save(search, **DISPUTED)
    listed = (await search.get("/v1/events?saved=disputed")).json()["events"]
    assert [each["event_id"] for each in listed] == ["evt_d"]
    feed = (await search.get("/events.json?saved=disputed")).json()
    assert [item["_newsweave"]["event_id"] for item in feed["items"]] == ["evt_d"]
    assert feed["title"] == "Newsweave: saved disputed"


async def test_a_condition_beside_a_saved_search_takes_the_place_of_its_own(
    search: httpx.AsyncClient, follower: IndexFollower, redis: Redis
) -> None:
    await project_events(redis, [disputed(), event("evt_b")])
    await caught_up(follower, redis)
    await save(search, **DISPUTED | {"filter": {"has": ["denial"], "status": ["open"]}})
    assert (await search.get("/events.json?saved=disputed")).json()["items"] == []
    feed = (await search.get("/events.json?saved=disputed&has=contradiction")).json()
    assert [item["_newsweave"]["event_id"] for item in feed["items"]] == ["evt_d"]


@pytest.mark.parametrize("query", ["saved=a&saved=b", "saved=", "saved=UPPER"])
async def test_what_is_no_name_is_told_by_its_parameter(http: httpx.AsyncClient, query: str) -> None:
    answer = await http.get(f"/events.atom?{query}")
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["query.saved"]


async def test_a_search_that_is_not_there_is_not_found(http: httpx.AsyncClient) -> None:
    answer = await http.get("/events.atom?saved=none")
    assert answer.status_code == 404
    assert "/v1/saved-searches lists all" in answer.json()["detail"]


async def test_there_are_only_so_many(http: httpx.AsyncClient, redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_search_store, "MOST_SEARCHES", 2)
    assert [(await save(http, name=name)).status_code for name in ("a", "b", "c", "a")] == [201, 201, 409, 409]
    assert (await http.put(f"{PATH}/a", json={})).status_code == 200
    assert await redis.hlen(SEARCHES) == 2


async def test_times_of_a_filter_stay_what_they_were(http: httpx.AsyncClient) -> None:
    made = await save(http, name="march", filter={"updated_since": "2026-03-01T00:00:00+01:00"})
    assert made.json()["filter"]["updated_since"] == "2026-02-28T23:00:00Z"


async def test_a_body_is_json_of_a_bounded_size(http: httpx.AsyncClient) -> None:
    form = await http.post(PATH, content=b"name=a", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert form.status_code == 415
    large = await http.post(PATH, content=b" " * 70_000, headers={"Content-Type": "application/json"})
    assert large.status_code == 413
    broken = await http.post(PATH, content=b"\xff", headers={"Content-Type": "application/json; charset=utf-8"})
    assert broken.status_code == 422
    assert broken.json()["errors"][0]["field"] == "body"


async def test_a_method_that_is_not_offered_names_all_that_are(http: httpx.AsyncClient) -> None:
    answer = await http.patch(f"{PATH}/a")
    assert (answer.status_code, answer.headers["allow"]) == (405, "DELETE, GET, PUT")
    assert (await http.delete(PATH)).headers["allow"] == "GET, POST"
