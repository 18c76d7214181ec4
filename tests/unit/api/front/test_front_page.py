"""The front page over a real Redis and an index that follows it."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from redis.asyncio import Redis

from services.api.front.waiting import MOST_UPDATES_READ
from services.api.pages.front_page import LABELS
from services.api.search.following import IndexFollower
from services.api.updates.update_log import UpdateLog
from services.contracts.claim import Commitment
from services.contracts.event import Counts, Event
from tests.unit.api.examples import citing, disputed, event
from tests.unit.api.pages.outline import page, words
from tests.unit.api.search.followers import caught_up, client_of, following
from tests.unit.api.view import project_events


@pytest.fixture
async def follower(redis: Redis, tmp_path: Path) -> AsyncIterator[IndexFollower]:
    async with following(redis, tmp_path) as running:
        yield running


@pytest.fixture
async def front(redis: Redis, follower: IndexFollower) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(redis, follower) as client:
        yield client


async def shown_events(front: httpx.AsyncClient, path: str) -> list[str]:
    return [link.removeprefix("/events/") for link in (await page(front, path)).links if link.startswith("/events/")]


def widely_reported(event_id: str, origins: int, minutes: int = 0) -> Event:
    return event(event_id, minutes=minutes).model_copy(
        update={"counts": Counts(articles=origins, publishers=origins, origins=origins)}
    )


async def test_the_form_asks_for_events_without_a_script(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed(), event("evt_quiet", headline="Bridge reopens")])
    await caught_up(follower, redis)
    asked = "/?q=bridge&language=&publisher=&entity=&published_since=&published_until=&min_origins=&sort="
    assert await shown_events(front, asked) == ["evt_quiet"]
    assert await shown_events(front, "/?q=&has=contradiction") == ["evt_d"]
    text = words(await page(front, asked))
    assert "1 event matches, best match of the words first." in text
    body = (await front.get(asked)).text
    assert 'value="bridge"' in body
    assert "<mark>Bridge</mark> reopens" in body


async def test_claims_that_have_the_words_stand_under_their_event(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [citing("art_a")])
    await caught_up(follower, redis)
    body = (await front.get("/?q=door")).text
    assert "was open" in body
    assert "<mark>door</mark>" in body
    assert "/events/evt_c#clm_" in body


async def test_a_claim_that_is_found_and_denied_is_shown_as_denied(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    given = citing("art_a")
    denied = tuple(one.model_copy(update={"commitment": Commitment.DENIES, "cue": "denied"}) for one in given.claims)
    await project_events(redis, [given.model_copy(update={"claims": denied})])
    await caught_up(follower, redis)
    assert "Denied: " in words(await page(front, "/?q=door"))


async def test_the_order_is_said_and_can_be_chosen(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [widely_reported("evt_wide", 5), widely_reported("evt_late", 1, minutes=60)])
    await caught_up(follower, redis)
    assert await shown_events(front, "/?sort=origins") == ["evt_wide", "evt_late"]
    assert await shown_events(front, "/?sort=updated") == ["evt_late", "evt_wide"]
    text = words(await page(front, "/"))
    assert "2 events, most new independent origins in the last day first, then the latest change." in text
    assert "2 events, latest change first." in words(await page(front, "/?sort=updated"))


async def test_where_none_matches_the_page_says_which_condition_to_leave_out(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed(), event("evt_quiet", headline="Bridge reopens")])
    await caught_up(follower, redis)
    outline = await page(front, "/?q=bridge&has=contradiction")
    text = words(outline)
    assert "No event matches: words “bridge”, with disagreements." in text
    assert "Without words “bridge”: 1 event" in text
    assert {"/?has=contradiction", "/?q=bridge"} <= set(outline.links)
    assert "Without one of these" not in words(await page(front, "/?q=zeppelin"))


async def test_a_field_that_cannot_be_read_is_named_and_stays_in_the_form(front: httpx.AsyncClient) -> None:
    answer = await front.get("/?min_origins=many&q=ferry")
    assert answer.status_code == 400
    assert "Origins, at least: give a whole number from 1 in plain digits." in answer.text
    labels = re.findall(r"<label for=[^>]*>([^<]*)</label>", answer.text)
    assert set(LABELS.values()) == set(labels)
    assert 'value="ferry"' in answer.text


async def test_conditions_without_a_field_are_kept_by_the_form(front: httpx.AsyncClient) -> None:
    body = (await front.get("/?speaker=Ada+Lind&not_status=closed&q=a1&q=b1")).text
    for name, value in (("speaker", "Ada Lind"), ("not_status", "closed"), ("q", "b1")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in body


async def test_each_condition_can_be_taken_away(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed()])
    await caught_up(follower, redis)
    outline = await page(front, "/?q=ferry&has=contradiction&language=en&sort=origins")
    assert {"/?q=ferry&language=en&sort=origins", "/?q=ferry&has=contradiction&sort=origins"} <= set(outline.links)
    assert "Remove condition: English" in words(outline)


async def test_the_list_leads_to_its_feed_and_its_json(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed(), event("evt_quiet", headline="Bridge reopens")])
    await caught_up(follower, redis)
    links = (await page(front, "/?q=bridge&language=en")).links
    feed = next(link for link in links if link.startswith("/events.atom?"))
    assert "Bridge reopens" in (answer := await front.get(feed)).text
    assert "evt_d" not in answer.text
    listed = next(link for link in links if link.startswith("/v1/events?"))
    assert [each["event_id"] for each in (await front.get(listed)).json()["events"]] == ["evt_quiet"]


async def test_the_form_suggests_what_events_have(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed()])
    await caught_up(follower, redis)
    body = ""
    async with asyncio.timeout(20):  # they are read beside the first request
        while '<option value="en">English</option>' not in body:
            body = (await front.get("/")).text
    assert '<option value="harbourpost.example"></option>' in body


async def test_the_list_alone_is_the_same_as_on_the_page(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed(), event("evt_quiet")])
    await caught_up(follower, redis)
    part, whole = (await front.get("/list?has=contradiction")).text, (await front.get("/?has=contradiction")).text
    assert part.strip().startswith('<div id="results"')
    assert part.strip() in whole


async def test_what_is_new_or_changed_in_the_list_is_counted_since_its_position(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed(), event("evt_a")])
    await caught_up(follower, redis)
    after = await UpdateLog(redis).head()
    assert f'data-position="{after}"' in (await front.get("/")).text
    assert (await front.get("/news", params={"after": after})).text == ""
    await project_events(redis, [event("evt_b"), event("evt_c"), event("evt_a", 2)])
    await caught_up(follower, redis)
    assert (await front.get("/news", params={"after": after})).text == "2 new events, 1 changed"
    assert (await front.get("/news", params={"after": after, "has": "contradiction"})).text == ""
    etag = (await front.get("/news", params={"after": after})).headers["etag"]
    again = await front.get("/news", params={"after": after}, headers={"If-None-Match": etag})
    assert again.status_code == 304


async def test_after_a_position_that_the_log_no_longer_holds_changes_are_not_counted(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [event("evt_a")])
    await caught_up(follower, redis)
    assert (await front.get("/news?after=1-1")).text == "Many events are new or have changed"
    assert (await front.get("/news?after=x")).status_code == 400


async def test_a_question_that_finds_nothing_says_from_where_to_ask_next(
    front: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed()])
    await caught_up(follower, redis)
    after = await UpdateLog(redis).head()
    await project_events(redis, [event(f"evt_{number}") for number in range(MOST_UPDATES_READ + 5)])
    await project_events(redis, [disputed().model_copy(update={"version": disputed().version + 1})])
    await caught_up(follower, redis)
    assert (await front.get("/news", params={"after": after})).text == "Many events are new or have changed"
    asked = {"after": after, "has": "contradiction"}
    first = await front.get("/news", params=asked)
    assert first.text == ""
    second = await front.get("/news", params=asked | {"after": first.headers["newsweave-position"]})
    assert second.text == "1 event has changed"


async def test_a_page_of_events_stays_small(front: httpx.AsyncClient, redis: Redis, follower: IndexFollower) -> None:
    long = "Ferry " * 400
    await project_events(redis, [event(f"evt_{number}", headline=f"{long}{number}") for number in range(30)])
    await caught_up(follower, redis)
    answer = await front.get("/?q=ferry")
    assert len(answer.content) < 150_000
    assert answer.text.count("<li>") == 20


async def test_only_modules_of_ours_run_on_the_page(front: httpx.AsyncClient) -> None:
    policy = (await front.get("/")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
