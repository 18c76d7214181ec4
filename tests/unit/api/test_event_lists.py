"""All articles and claims of an event, kept from its changes."""

from collections.abc import Sequence
from itertools import pairwise

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from services.api.event_lists import ListedClaim, ListMark, due
from services.api.view_store import ViewStore
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import EventChange
from services.contracts.event import ArticleRole, Event, EventStatus
from services.dedupe.event_changes.changes import changes_between
from services.dedupe.event_changes.snapshot import build_snapshot
from tests.support.big_view import big_view
from tests.support.random_views import streams
from tests.unit.api.examples import event, extracted, member
from tests.unit.api.view import project_articles, project_changes, project_events, snapshot


def told(events: Sequence[Event]) -> list[EventChange]:
    """All changes of one event."""
    return [change for before, after in pairwise((None, *events)) if after for change in changes_between(before, after)]


async def pages(http: httpx.AsyncClient, path: str, limit: int = 100) -> list[dict[str, object]]:
    """Every entry of a list, part by part."""
    name = path.rpartition("/")[2]
    found: list[dict[str, object]] = []
    cursor: str | None = None
    while True:
        given = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {})
        answer = await http.get(path, params=given)
        assert answer.status_code == 200, answer.text
        found += answer.json()[name]
        cursor = answer.json()["next"]
        if cursor is None:
            assert answer.json()["total"] == len(found)
            return found


@pytest.fixture(scope="module")
def whole() -> Event:
    return big_view(230, 120)


async def lists(redis: Redis) -> dict[bytes, object]:
    """The view without the history, which tells the way and not only where it led."""
    return {key: value for key, value in (await snapshot(redis)).items() if not key.startswith(b"view:event-changes")}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(streams(), st.integers(1, 20))
async def test_the_lists_have_what_the_last_view_has_however_the_changes_were_cut(
    redis: Redis, events: list[Event], size: int
) -> None:
    await redis.flushall()
    changes = told(events)
    await project_changes(redis, *[changes[at : at + size] for at in range(0, len(changes), size)])
    view = await lists(redis)
    await redis.flushall()
    await project_changes(redis, changes_between(None, events[-1]))
    assert await lists(redis) == view
    await project_changes(redis, changes_between(None, events[-1]))
    assert await lists(redis) == view


async def test_changes_that_come_again_change_nothing(redis: Redis) -> None:
    changes = told([event("evt_a", 1), event("evt_a", 2, articles=(member("art_1"), member("art_2")))])
    await project_changes(redis, changes)
    before = await snapshot(redis)
    await project_changes(redis, changes, changes[1:], [changes[0]])
    assert await snapshot(redis) == before


def test_a_change_that_does_not_follow_on_the_last_one_shows() -> None:
    first, second, third = (event("evt_a", number, headline=f"Ferry {number}") for number in (1, 2, 3))
    start = ListMark(event_id="evt_a")
    all_of_it = told([first, second, third])
    assert due(start, all_of_it) == (ListMark(event_id="evt_a", version=3), all_of_it)
    for missing in range(len(all_of_it)):
        mark, _ = due(start, [*all_of_it[:missing], *all_of_it[missing + 1 :]])
        assert not mark.whole or missing == len(all_of_it) - 1


async def test_articles_and_claims_can_all_be_paged_through_whatever_the_snapshot_leaves_out(
    http: httpx.AsyncClient, redis: Redis, whole: Event
) -> None:
    cut = build_snapshot(whole, 60_000)
    assert cut.omitted.articles > 100
    assert cut.omitted.claims > 50
    await project_events(redis, [cut])
    await project_changes(redis, told([whole]))
    path = f"/v1/events/{whole.event_id}"
    articles = await pages(http, f"{path}/articles", limit=50)
    assert articles == [one.model_dump(mode="json") for one in whole.articles]
    claims = await pages(http, f"{path}/claims", limit=50)
    expected = {one.claim_id: ListedClaim.of_merged(one).model_dump(mode="json") for one in whole.claims}
    assert {str(one["claim_id"]): one for one in claims} == expected
    times = [str(one["first_reported_at"]) for one in claims]
    assert times == sorted(times)
    told_of_list = (await http.get(f"{path}/articles")).json()
    assert (told_of_list["whole"], told_of_list["version"]) == (True, 7)


async def test_what_comes_in_while_a_client_pages_shifts_nothing(http: httpx.AsyncClient, redis: Redis) -> None:
    before = big_view(40, 5)
    more = before.model_copy(update={"version": 8, "articles": before.articles[1:]})
    await project_events(redis, [build_snapshot(before)])
    await project_changes(redis, told([before]))
    path = f"/v1/events/{before.event_id}/articles"
    first = (await http.get(path, params={"limit": "10"})).json()
    await project_changes(redis, changes_between(before, more))
    second = (await http.get(path, params={"limit": "10", "cursor": first["next"]})).json()
    ids = [one["article_id"] for one in (*first["articles"], *second["articles"])]
    assert ids == [one.article_id for one in before.articles[:20]]


async def test_where_changes_are_missing_the_snapshot_answers_and_says_so(
    http: httpx.AsyncClient, redis: Redis, whole: Event
) -> None:
    cut = build_snapshot(whole, 60_000)
    await project_events(redis, [cut])
    path = f"/v1/events/{whole.event_id}"
    for changes in ([], told([whole])[5:]):
        await project_changes(redis, changes)
        listed = await pages(http, f"{path}/articles", limit=30)
        assert listed == [one.model_dump(mode="json") for one in cut.articles]
        claims = await pages(http, f"{path}/claims")
        assert {one["claim_id"] for one in claims} == {one.claim_id for one in cut.claims}
        assert (await http.get(f"{path}/claims")).json()["whole"] is False
    await project_events(redis, [event("evt_small")])
    assert (await http.get("/v1/events/evt_small/articles")).json()["whole"] is True


async def test_the_lists_of_a_merged_event_are_those_of_the_event_that_took_it_in(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    old = [event("evt_a", 1, articles=(member("art_1"),))]
    old.append(event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b", articles=()))
    new = event("evt_b", 3, articles=(member("art_1"), member("art_2")))
    await project_events(redis, old)
    early = await http.get("/v1/events/evt_a/articles")
    assert (early.status_code, early.headers["content-type"]) == (409, "application/problem+json")
    await project_events(redis, [new])
    await project_changes(redis, told(old), told([new]))
    answer = await http.get("/v1/events/evt_a/articles")
    assert answer.json()["event_id"] == "evt_b"
    assert [one["article_id"] for one in answer.json()["articles"]] == ["art_1", "art_2"]
    assert answer.headers["newsweave-requested-event"] == "evt_a"
    assert answer.headers["content-location"] == "/v1/events/evt_b/articles"


@pytest.mark.parametrize("name", ["articles", "claims"])
async def test_lists_refuse_what_they_cannot_answer(http: httpx.AsyncClient, redis: Redis, name: str) -> None:
    await project_events(redis, [event()])
    for path, status in (
        (f"/v1/events/evt_none/{name}", 404),
        (f"/v1/events/evt_a/{name}?cursor=nonsense", 400),
        (f"/v1/events/evt_a/{name}?limit=0", 422),
    ):
        answer = await http.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    etag = (await http.get(f"/v1/events/evt_a/{name}")).headers["etag"]
    assert (await http.get(f"/v1/events/evt_a/{name}", headers={"If-None-Match": etag})).status_code == 304


async def test_undated_articles_come_last_and_can_be_continued_after(http: httpx.AsyncClient, redis: Redis) -> None:
    undated = [member(f"art_{letter}").model_copy(update={"published_at": None}) for letter in "abc"]
    view = event("evt_a", articles=(*undated, member("art_z")))
    await project_events(redis, [view])
    for changes in ([], told([view])):
        await project_changes(redis, changes)
        listed = await pages(http, "/v1/events/evt_a/articles", limit=1)
        assert [one["article_id"] for one in listed] == ["art_z", "art_a", "art_b", "art_c"]


async def test_an_article_that_the_snapshot_leaves_out_still_knows_its_event_and_why(
    http: httpx.AsyncClient, redis: Redis, whole: Event
) -> None:
    cut = build_snapshot(whole, 60_000)
    left_out = next(one for one in whole.articles if one.article_id not in {each.article_id for each in cut.articles})
    await project_articles(redis, [extracted(left_out.article_id)])
    await project_events(redis, [cut])
    assert (await http.get(f"/v1/articles/{left_out.article_id}")).json()["event_id"] is None
    await project_changes(redis, told([whole]))
    assert (await http.get(f"/v1/articles/{left_out.article_id}")).json()["event_id"] == whole.event_id
    found = (await http.get(f"/v1/articles/{left_out.article_id}/membership")).json()
    assert found["membership"] == left_out.membership.model_dump(mode="json")
    assert (found["event_id"], found["event_version"], found["headline"]) == (whole.event_id, 7, whole.headline)


async def test_without_changes_the_membership_is_that_of_the_snapshot(http: httpx.AsyncClient, redis: Redis) -> None:
    placed = member("art_a", role=ArticleRole.MEMBER)
    await project_articles(redis, [extracted("art_a")])
    await project_events(redis, [event(articles=(placed,))])
    found = (await http.get("/v1/articles/art_a/membership")).json()
    assert found["membership"] == placed.membership.model_dump(mode="json")


async def test_an_article_that_moves_is_in_the_event_that_it_went_to(redis: Redis) -> None:
    await project_articles(redis, [extracted("art_1")])
    here = [
        event("evt_a", 1, articles=(member("art_0"), member("art_1"))),
        event("evt_a", 2, articles=(member("art_0"),)),
    ]
    there = [event("evt_b", 1, articles=(member("art_1"),))]
    await project_events(redis, here[:1])
    await project_changes(redis, told(here), told(there))
    stored = await ViewStore(redis).article("art_1")
    assert stored is not None
    assert stored.event_id == "evt_b"


async def test_kinds_that_are_not_known_yet_are_passed_over(redis: Redis) -> None:
    changes = told([event()])
    odd = [
        one.model_copy(update={"kind": "weather_turned"}) if one.kind == ChangeKind.EVENT_FOUNDED else one
        for one in changes
    ]
    await project_changes(redis, odd)
    mark = (await ViewStore(redis).lists.marks(["evt_a"]))["evt_a"]
    assert (mark.version, mark.whole) == (1, True)


async def test_a_summary_counts_what_the_snapshot_leaves_out(
    http: httpx.AsyncClient, redis: Redis, whole: Event
) -> None:
    await project_events(redis, [build_snapshot(whole, 60_000)])
    (summary,) = (await http.get("/v1/events")).json()["events"]
    assert (summary["claims"], summary["contradictions"]) == (len(whole.claims), len(whole.contradictions))
