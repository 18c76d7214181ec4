"""The end of the history by age, against a real Redis."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from prometheus_client import REGISTRY
from pydantic import ValidationError
from redis.asyncio import Redis

from services.api.changes import document_of
from services.api.errors import Refused
from services.api.history import dropping
from services.api.history.dropping import HistoryDropper
from services.api.history.history_store import HistoryStore
from services.api.history.keeping import WHOLE_EVERY
from services.api.history.packing import pack_delta
from services.api.history.reading import read_version
from services.api.search.index_row_store import IndexRowStore
from services.api.settings import MOST_DAYS, ApiSettings
from services.api.updates.frame_making import FrameMaker
from services.api.updates.row_reader import RowReader
from services.api.updates.update_log import Update
from services.api.view_store import ViewStore
from services.contracts.event import Event, EventStatus
from services.runtime.clock import FixedClock
from tests.support.polling import eventually_async
from tests.unit.api.examples import event
from tests.unit.api.history.test_history import growing, kept_changes, versions
from tests.unit.api.history.test_http_history import FIRST, URL, at, tell, tell_changes
from tests.unit.api.test_event_lists import told
from tests.unit.api.view import snapshot

DAY = 24 * 60
PAGE = "/events/evt_a"


async def round_of(redis: Redis, minutes: float, days: float = 1) -> None:
    """One walk through all events, so many minutes after the first version."""
    dropper, cursor = HistoryDropper(redis, FixedClock(FIRST + timedelta(minutes=minutes)), days), 0
    while cursor := await dropper.step(cursor):
        pass


async def tell_both(redis: Redis, events: list[Event], minutes: float = 0) -> None:
    """Versions and their changes, a minute apart."""
    await tell(redis, *events, minutes=minutes)
    await tell_changes(redis, told(events), minutes=minutes)


async def test_what_was_replaced_longer_ago_goes_and_the_newest_version_stays(redis: Redis) -> None:
    events = growing(9)
    await tell_both(redis, events)
    # Version n came at minute n - 1 and was replaced at minute n.
    await round_of(redis, DAY + 5.5)
    assert await versions(redis) == {one.version: document_of(one) for one in events[5:]}
    assert {one.version for one in await kept_changes(redis)} == {6, 7, 8, 9}
    await round_of(redis, 100 * DAY)
    assert await versions(redis) == {9: document_of(events[8])}
    assert {one.version for one in await kept_changes(redis)} == {9}
    assert await redis.hlen("view:event-packs:evt_a") == 0
    assert await redis.hkeys("view:event-changes:evt_a") == [b"9"]


async def test_the_version_that_held_when_the_history_begins_is_kept(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell(redis, *growing(2))
    await tell(redis, growing(3)[2], minutes=10 * DAY)
    await round_of(redis, 10 * DAY + 60)
    assert list(await versions(redis)) == [2, 3]
    answer = await http.get(URL, params={"as_of": at(9 * DAY + 61)})
    assert answer.json()["version"] == 2


async def test_an_event_that_goes_on_keeps_what_is_younger(redis: Redis) -> None:
    events = growing(6)
    await tell_both(redis, events[:3])
    await round_of(redis, 10 * DAY)
    await tell(redis, *events[3:], minutes=10 * DAY)
    await round_of(redis, 10 * DAY + 60)
    assert await versions(redis) == {one.version: document_of(one) for one in events[2:]}


async def test_any_version_stays_within_reach_however_often_old_ones_go(redis: Redis) -> None:
    events, age = growing(3 * WHOLE_EVERY), WHOLE_EVERY + 50
    for number, one in enumerate(events):
        await tell(redis, one, minutes=number)
        await round_of(redis, number, days=age / DAY)
    kept = await versions(redis)
    assert len(kept) >= age
    assert kept == {one.version: document_of(one) for one in events if one.version in kept}


async def test_dropping_again_or_by_two_replicas_at_once_drops_nothing_more(redis: Redis) -> None:
    for event_id in ("evt_a", "evt_b"):
        await tell_both(redis, growing(40, event_id))
    await asyncio.gather(*(round_of(redis, DAY + 20.5) for _ in range(4)))
    await round_of(redis, DAY + 20.5)
    for event_id in ("evt_a", "evt_b"):
        assert list(await versions(redis, event_id)) == list(range(21, 41))
        assert {one.version for one in await kept_changes(redis, event_id)} == set(range(21, 41))
    before = await snapshot(redis)
    await round_of(redis, DAY + 20.5)
    assert await snapshot(redis) == before


async def test_a_version_that_comes_while_old_ones_go_is_kept(redis: Redis) -> None:
    events = growing(60)
    await tell(redis, *events[:30])

    async def drop() -> None:
        for _ in range(30):
            await round_of(redis, DAY + 25.5)

    await asyncio.gather(drop(), tell(redis, *events[30:], minutes=30))
    await round_of(redis, DAY + 25.5)
    assert await versions(redis) == {one.version: document_of(one) for one in events[25:]}


async def test_a_message_that_comes_again_brings_back_nothing(redis: Redis) -> None:
    events = growing(5)
    await tell_both(redis, events)
    await round_of(redis, 10 * DAY)
    await tell_both(redis, events)
    assert list(await versions(redis)) == [5]
    assert {one.version for one in await kept_changes(redis)} == {5}


async def test_more_than_goes_in_one_transaction_goes_in_several(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropping, "MOST_AT_A_TIME", 4)
    await tell_both(redis, growing(15))
    await round_of(redis, 10 * DAY)
    assert list(await versions(redis)) == [15]


async def test_old_versions_go_also_while_the_store_is_full(redis: Redis) -> None:
    await tell_both(redis, growing(5))
    try:
        await redis.config_set("maxmemory", "1")
        await round_of(redis, 10 * DAY)
    finally:
        await redis.config_set("maxmemory", "0")
    assert list(await versions(redis)) == [5]


async def test_a_merged_event_keeps_its_last_word(http: httpx.AsyncClient, redis: Redis) -> None:
    merged = event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b")
    await tell(redis, event("evt_b", 1))
    await tell(redis, event("evt_a", 1), merged)
    await round_of(redis, 10 * DAY)
    assert (await http.get(URL, params={"version": 2})).json()["merged_into"] == "evt_b"
    assert (await http.get(URL)).json()["event_id"] == "evt_b"


async def test_one_step_looks_at_a_part_of_the_keys(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropping, "KEYS_AT_A_TIME", 10)
    for number in range(40):
        await tell(redis, *growing(2, f"evt_{number}"))
    dropper = HistoryDropper(redis, FixedClock(FIRST + timedelta(days=10)), 1)
    cursor, steps = await dropper.step(0), 1
    kept = [len(await versions(redis, f"evt_{number}")) for number in range(40)]
    assert kept.count(2) > 30
    while cursor:
        cursor, steps = await dropper.step(cursor), steps + 1
    assert steps > 3
    assert {len(await versions(redis, f"evt_{number}")) for number in range(40)} == {1}


async def test_what_was_dropped_is_counted(redis: Redis) -> None:
    def counted(kind: str) -> float:
        return REGISTRY.get_sample_value("newsweave_api_history_dropped_total", {"kind": kind}) or 0.0

    before = counted("version"), counted("changes_of_version")
    await tell_both(redis, growing(5))
    await round_of(redis, 10 * DAY)
    assert (counted("version") - before[0], counted("changes_of_version") - before[1]) == (4, 4)


async def test_dropping_runs_until_the_service_stops(redis: Redis) -> None:
    await tell(redis, *growing(5))
    stopping = asyncio.Event()
    dropper = HistoryDropper(redis, FixedClock(FIRST + timedelta(days=10)), 1)
    running = asyncio.create_task(dropper.run(stopping))

    async def dropped() -> bool:
        return [entry.version for entry in await HistoryStore(redis).versions("evt_a")] == [5]

    await eventually_async(dropped, what="the old versions are gone")
    stopping.set()
    await asyncio.wait_for(running, 5)


async def test_what_is_gone_says_at_which_version_the_history_begins(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell_both(redis, growing(6))
    await round_of(redis, DAY + 3.5)
    begins = "the history of the event evt_a begins at version 4"
    for parameters in ({"version": 2}, {"as_of": at(1)}):
        answer = await http.get(URL, params=parameters)
        assert answer.status_code == 404
        assert begins in answer.json()["detail"].replace("The history", "the history")
        assert answer.json()["first_version"] == 4
    # RFC 7089, section 4.5.3: who speaks Memento gets the first one.
    speaking = {"Accept-Datetime": "Wed, 04 Mar 2026 16:01:00 GMT"}
    assert (await http.get(URL, headers=speaking)).json()["version"] == 4
    assert 'version=4>; rel="first memento"' in (await http.get(URL, params={"version": 6})).headers["link"]


@pytest.mark.parametrize(
    ("since", "whole"), [(None, False), ("1", False), ("3", True), ("4", True), (at(1), False), (at(3.6), True)]
)
async def test_changes_say_that_they_do_not_reach_back(
    http: httpx.AsyncClient, redis: Redis, since: str | None, whole: bool
) -> None:
    await tell_both(redis, growing(6))
    await round_of(redis, DAY + 3.5)
    body = (await http.get(f"{URL}/changes", params={"since": since} if since else {})).json()
    assert (body["whole"], body["kept_after"], body["version"]) == (whole, 3, 6)


async def test_changes_of_a_whole_history_are_kept_from_the_beginning(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell_both(redis, growing(3))
    assert (await http.get(f"{URL}/changes")).json()["kept_after"] == 0


async def test_a_permalink_of_a_dropped_version_leads_to_the_event(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell_both(redis, growing(6))
    await round_of(redis, DAY + 3.5)
    answer = await http.get(f"{PAGE}@2", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "begins at version 4" in answer.text
    assert f'href="{PAGE}"' in answer.text
    assert (await http.get(f"{PAGE}@4", headers={"Accept": "text/html"})).status_code == 200
    since = await http.get(PAGE, params={"since": "2"}, headers={"Accept": "text/html"})
    assert "Some changes since then are no longer kept." in since.text


async def test_a_version_that_goes_while_it_is_read_is_not_taken_for_another(redis: Redis) -> None:
    await tell(redis, *growing(9))
    store = HistoryStore(redis)
    entries = await store.versions("evt_a")
    await round_of(redis, DAY + 4.5)
    assert await read_version(store, "evt_a", entries, 6) == document_of(growing(9)[6])
    with pytest.raises(Refused, match="begins at version 5"):
        await read_version(store, "evt_a", entries, 1)


async def test_a_version_that_an_earlier_release_packed_may_be_further_from_one_that_is_whole(redis: Redis) -> None:
    events = growing(WHOLE_EVERY + 30)
    await tell(redis, *events)
    pack = pack_delta(document_of(events[WHOLE_EVERY - 1]), document_of(events[WHOLE_EVERY]))
    await redis.hset("view:event-packs:evt_a", str(WHOLE_EVERY), pack)
    assert await versions(redis) == {one.version: document_of(one) for one in events}


async def test_a_frame_whose_first_changes_are_gone_does_not_pass_for_a_whole_one(redis: Redis) -> None:
    await tell_both(redis, growing(4))
    store = ViewStore(redis)
    update = Update("5-1", "evt_a", version=4, previous_version=1, moved_from="", merged_into="")

    async def kinds() -> frozenset[str] | None:
        (frame,) = await FrameMaker(RowReader(IndexRowStore(redis)), store.history, store.lists).make([update])
        return frame.kinds

    assert await kinds()
    await round_of(redis, DAY + 2.5)
    assert await kinds() is None


async def test_changes_that_go_while_they_are_read_are_missing(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell_both(redis, growing(6))
    await redis.hdel("view:event-changes:evt_a", "1", "2")
    body = (await http.get(f"{URL}/changes")).json()
    assert (body["whole"], min(one["version"] for one in body["changes"])) == (False, 3)


def test_the_history_is_never_shorter_than_what_streams_and_webhooks_go_on_from() -> None:
    assert ApiSettings().history_days is None
    assert ApiSettings(history_days=30).history_days == 30
    with pytest.raises(ValidationError, match="NEWSWEAVE_STREAM_DAYS"):
        ApiSettings(history_days=5)
    assert ApiSettings(history_days=5, stream_days=5).history_days == 5


@pytest.mark.parametrize("days", [1_000_000.0, float("inf")])
def test_an_age_beyond_the_calendar_is_refused_at_the_start(days: float) -> None:
    with pytest.raises(ValidationError, match="history_days"):
        ApiSettings(history_days=days)
    with pytest.raises(ValidationError, match="stream_days"):
        ApiSettings(stream_days=days)


async def test_the_greatest_age_drops_nothing(redis: Redis) -> None:
    await tell_both(redis, growing(3))
    await round_of(redis, 3, MOST_DAYS)
    assert await redis.llen("view:event-versions:evt_a") == 3
