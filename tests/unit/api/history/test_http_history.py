"""Changes and earlier versions of events over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from services.api.changes import document_of
from services.contracts.changed import EventChange
from services.contracts.event import Event, EventStatus
from services.runtime.messages import Message
from tests.unit.api.examples import event, member
from tests.unit.api.history.test_history import growing
from tests.unit.api.test_event_lists import told
from tests.unit.api.view import change_projector, event_projector, project_changes, project_events

FIRST = datetime(2026, 3, 4, 16, 0, 0, 250_000, tzinfo=UTC)
URL = "/v1/events/evt_a"


def at(minutes: float) -> str:
    return (FIRST + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def http_date(minutes: float) -> str:
    return (FIRST + timedelta(minutes=minutes)).strftime("%a, %d %b %Y %H:%M:%S GMT")


async def tell(redis: Redis, *events: Event, minutes: float = 0) -> None:
    """Let the projectors take the versions, the first of them at a time and each further one a minute later."""
    projector, logged_at = event_projector(redis), FIRST + timedelta(minutes=minutes)
    offset = (await projector.take_over(frozenset({0}))).get(0, 0)
    for number, one in enumerate(events):
        moment = logged_at + timedelta(minutes=number)
        await projector.handle([Message("event.updated.v1", 0, 0, one.event_id, one, logged_at=moment)])
        await projector.save({0: offset + number + 1})


async def tell_changes(redis: Redis, changes: list[EventChange], minutes: float = 0) -> None:
    projector, logged_at = change_projector(redis), FIRST + timedelta(minutes=minutes)
    offset = (await projector.take_over(frozenset({0}))).get(0, 0)
    messages = [
        Message("event.changed.v1", 0, 0, one.event_id, one, logged_at=logged_at + timedelta(minutes=one.version - 1))
        for one in changes
    ]
    await projector.handle(messages)
    await projector.save({0: offset + len(messages)})


async def walk(http: httpx.AsyncClient, **parameters: Any) -> list[dict[str, Any]]:
    """All changes that are asked for, part by part; each part must be whole."""
    found: list[dict[str, Any]] = []
    while True:
        answer = await http.get(f"{URL}/changes", params=parameters)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert body["whole"]
        found += body["changes"]
        if body["next"] is None:
            return found
        parameters["cursor"] = body["next"]


async def test_each_version_can_be_had_as_it_was_in_each_byte(http: httpx.AsyncClient, redis: Redis) -> None:
    events = growing(150)
    await tell(redis, *events)
    for one in (events[0], events[70], events[149]):
        answer = await http.get(URL, params={"version": one.version})
        assert (answer.status_code, answer.content) == (200, document_of(one))
        assert answer.headers["memento-datetime"] == http_date(one.version - 1)
        assert answer.headers["content-location"] == f"{URL}?version={one.version}"
        assert "immutable" in answer.headers["cache-control"]


async def test_a_version_has_the_etag_that_it_had_when_it_was_the_latest(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell(redis, event("evt_a", 1))
    etag = (await http.get(URL)).headers["etag"]
    await tell(redis, event("evt_a", 2))
    assert (await http.get(URL)).headers["etag"] != etag
    answer = await http.get(URL, params={"version": 1}, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.headers["etag"]) == (304, etag)


@pytest.mark.parametrize(("minutes", "version"), [(0, 1), (0.5, 1), (1, 2), (3.9, 4), (9_999, 5)])
async def test_as_of_a_time_the_version_of_then_is_given(
    http: httpx.AsyncClient, redis: Redis, minutes: float, version: int
) -> None:
    await tell(redis, *growing(5))
    assert (await http.get(URL, params={"as_of": at(minutes)})).json()["version"] == version
    answer = await http.get(URL, headers={"Accept-Datetime": http_date(minutes)})
    assert answer.json()["version"] == version
    assert answer.headers["content-location"] == f"{URL}?version={version}"
    assert "Accept-Datetime" in answer.headers["vary"]


async def test_a_date_is_what_was_known_at_its_end(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell(redis, *growing(5))
    assert (await http.get(URL, params={"as_of": "2026-03-04"})).json()["version"] == 5
    assert (await http.get(URL, params={"as_of": "2026-03-03"})).status_code == 404


async def test_the_date_of_a_memento_leads_back_to_it(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell(redis, *growing(3))
    given = (await http.get(URL, params={"version": 2})).headers["memento-datetime"]
    assert (await http.get(URL, headers={"Accept-Datetime": given})).json()["version"] == 2


async def test_a_memento_names_its_original_and_its_neighbours(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell(redis, *growing(5))
    links = (await http.get(URL, params={"version": 2})).headers["link"].split(", <")
    assert links[0] == f'<{URL}>; rel="original timegate"'
    dates = [http_date(minutes) for minutes in range(5)]
    assert links[1:] == [
        f'{URL}?version=1>; rel="first prev memento"; datetime="{dates[0]}"',
        f'{URL}?version=2>; rel="memento"; datetime="{dates[1]}"',
        f'{URL}?version=3>; rel="next memento"; datetime="{dates[2]}"',
        f'{URL}?version=5>; rel="last memento"; datetime="{dates[4]}"',
    ]


async def test_an_event_as_it_is_says_where_to_ask_for_it_as_it_was(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell(redis, event("evt_a"))
    answer = await http.get(URL)
    assert answer.headers["link"] == f'<{URL}>; rel="original timegate"'
    assert "Accept-Datetime" in answer.headers["vary"]
    assert "memento-datetime" not in answer.headers


async def test_before_all_that_is_kept_there_is_nothing_but_for_who_speaks_memento(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await tell(redis, event("evt_a", 7))
    refused = await http.get(URL, params={"as_of": at(-1)})
    assert (refused.status_code, refused.json()["first_version"]) == (404, 7)
    assert (await http.get(URL, headers={"Accept-Datetime": http_date(-1)})).json()["version"] == 7


async def test_a_version_that_is_not_kept_names_the_nearest_that_are(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell(redis, event("evt_a", 3), event("evt_a", 9))
    answer = await http.get(URL, params={"version": 5})
    assert answer.status_code == 404
    assert "3 and 9" in answer.json()["detail"]


async def test_a_merged_event_is_itself_before_and_the_other_one_after(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell(redis, event("evt_b", 1))
    merged = event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b")
    await tell(redis, event("evt_a", 1), merged, minutes=10)
    await tell(redis, event("evt_b", 2), minutes=12)
    before, after = [await http.get(URL, params={"as_of": at(minutes)}) for minutes in (10.5, 12.5)]
    assert (before.json()["event_id"], before.json()["version"]) == ("evt_a", 1)
    assert (after.json()["event_id"], after.json()["version"]) == ("evt_b", 2)
    assert after.headers["newsweave-requested-event"] == "evt_a"
    assert (await http.get(URL, params={"version": 2})).json()["merged_into"] == "evt_b"


@pytest.mark.parametrize(
    ("parameters", "status", "named"),
    [
        ({"version": "1", "as_of": "2026-03-04"}, 422, "not both"),
        ({"as_of": "yesterday"}, 400, "as_of"),
        ({"versoin": "1"}, 400, "did you mean version?"),
        ({"version": "0"}, 422, "version"),
    ],
)
async def test_what_cannot_be_read_is_told(
    http: httpx.AsyncClient, redis: Redis, parameters: dict[str, str], status: int, named: str
) -> None:
    await tell(redis, event("evt_a"))
    answer = await http.get(URL, params=parameters)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert named in answer.text


@pytest.mark.parametrize(
    "date",
    [
        "2026-03-04T16:00:00Z",
        "Wed, 99 Mar 2026 16:00:00 GMT",
        "Wed, 04 Mar 99999999999999999999 16:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59.999 GMT",
        "Fri, 31 Dec 10000 23:59:59 GMT",
        "",
    ],
)
async def test_an_accept_datetime_that_is_no_date_is_refused(http: httpx.AsyncClient, redis: Redis, date: str) -> None:
    await tell(redis, event("evt_a"))
    answer = await http.get(URL, headers={"Accept-Datetime": date})
    assert (answer.status_code, "GMT" in answer.text) == (400, True)


async def test_an_event_that_is_not_there_has_no_history(http: httpx.AsyncClient) -> None:
    for address in ("/v1/events/evt_x?version=1", "/v1/events/evt_x?as_of=2026-03-04", "/v1/events/evt_x/changes"):
        assert (await http.get(address)).status_code == 404


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
async def test_changes_are_walked_through_part_by_part(http: httpx.AsyncClient, redis: Redis, limit: int) -> None:
    changes = told(growing(12))
    await project_changes(redis, changes)
    expected = [one.model_dump(mode="json") for one in changes]
    assert await walk(http, limit=limit) == expected
    later = [one for one in expected if one["version"] > 8]
    assert await walk(http, limit=limit, since="8") == later


async def test_changes_since_a_time_begin_with_those_of_that_time(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell_changes(redis, told(growing(12)))
    assert {one["version"] for one in await walk(http, since=at(9))} == {10, 11, 12}
    assert await walk(http, since=at(11.1)) == []


async def test_changes_can_be_chosen_by_kind(http: httpx.AsyncClient, redis: Redis) -> None:
    changes = told([event("evt_a", 1), event("evt_a", 2, headline="Other"), event("evt_a", 3, headline="Third")])
    await project_changes(redis, changes)
    kinds = [one["kind"] for one in await walk(http, kind="headline_changed,event_founded", limit=1)]
    assert kinds == ["event_founded", "headline_changed", "headline_changed"]
    answer = await http.get(f"{URL}/changes", params={"kind": "headline_change"})
    assert (answer.status_code, "did you mean headline_changed?" in answer.text) == (400, True)


async def test_changes_that_are_missing_are_told_of(http: httpx.AsyncClient, redis: Redis) -> None:
    changes = told(growing(9))
    await project_changes(redis, [one for one in changes if one.version > 6])
    for since, whole in (("6", True), ("7", True), ("5", False), (None, False)):
        body = (await http.get(f"{URL}/changes", params={"since": since} if since else {})).json()
        assert (body["whole"], body["version"], body["next"]) == (whole, 9, None)
        assert min(one["version"] for one in body["changes"]) == (8 if since == "7" else 7)


async def test_a_version_whose_changes_are_on_their_way_is_not_the_end(http: httpx.AsyncClient, redis: Redis) -> None:
    changes = told([event("evt_a", 1, articles=tuple(member(f"art_{number}") for number in range(5)))])
    await project_changes(redis, changes[:3])
    body = (await http.get(f"{URL}/changes")).json()
    assert (len(body["changes"]), body["next"]) == (3, "1.3")
    await project_changes(redis, changes[3:])
    rest = (await http.get(f"{URL}/changes", params={"cursor": body["next"]})).json()
    assert [*body["changes"], *rest["changes"]] == [one.model_dump(mode="json") for one in changes]
    assert (rest["next"], rest["whole"]) == (None, True)


async def test_a_long_way_between_two_changes_of_a_kind_is_gone_in_parts(http: httpx.AsyncClient, redis: Redis) -> None:
    changes = told([*growing(250), event("evt_a", 251, headline="Other")])
    await project_changes(redis, changes)
    first = (await http.get(f"{URL}/changes", params={"kind": "headline_changed"})).json()
    assert (first["changes"], first["next"] is None) == ([], False)
    assert [one["version"] for one in await walk(http, kind="headline_changed")] == [251]


async def test_a_merged_event_tells_its_own_changes_to_the_end(http: httpx.AsyncClient, redis: Redis) -> None:
    merged = event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b", articles=())
    await project_changes(redis, told([event("evt_a", 1), merged]))
    body = (await http.get(f"{URL}/changes")).json()
    assert (body["event_id"], body["changes"][-1]["kind"]) == ("evt_a", "merged")


@pytest.mark.parametrize("parameters", [{"since": "soon"}, {"cursor": "soon"}, {"sinse": "1"}])
async def test_changes_refuse_what_cannot_be_read(
    http: httpx.AsyncClient, redis: Redis, parameters: dict[str, str]
) -> None:
    await project_events(redis, [event("evt_a")])
    answer = await http.get(f"{URL}/changes", params=parameters)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
