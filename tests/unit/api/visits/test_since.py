"""What changed since a version, on the page of an event and as words for its script, over a real Redis."""

import httpx
import pytest
from redis.asyncio import Redis

from services.api.pages.event_page import event_page
from services.api.pages.rendering import Pages
from services.api.pages.since_view import since_view
from services.api.visits.reading import MOST_CHANGES, ChangesSince
from services.contracts.changed import EventChange
from services.contracts.event import Event, EventStatus, LineageEntry
from tests.support.big_view import big_view
from tests.unit.api.examples import disputed, event, member
from tests.unit.api.pages.outline import page, words
from tests.unit.api.test_event_lists import told
from tests.unit.api.view import project_changes, project_events
from tests.unit.api.visits.test_net_changes import change


async def take(redis: Redis, *versions: Event) -> None:
    """Let the view have the versions, with the changes between them."""
    await project_events(redis, versions)
    await project_changes(redis, told(versions))


@pytest.fixture
def grown() -> tuple[Event, Event]:
    """An event with one article, and with three that disagree."""
    after = disputed().model_copy(update={"version": 2})
    return event("evt_d", articles=after.articles[:1], headline=after.headline), after


async def test_the_page_lists_what_changed_since_a_version_without_a_script(
    http: httpx.AsyncClient, redis: Redis, grown: tuple[Event, Event]
) -> None:
    await take(redis, *grown)
    outline = await page(http, "/events/evt_d?since=1")
    text = words(outline)
    changed = text[text.index("Since version 1 of ") : text.index("Where reports differ")]
    assert "1 new disagreement At least 14 against 9" in changed
    assert "3 more claims" in changed
    assert "2 more articles" in changed
    assert outline.links.count("#clm_door") == 2  # here, and in the matrix
    assert "/v1/events/evt_d/changes?since=1" in outline.links
    body = (await http.get("/events/evt_d?since=1")).text
    assert body.count('<span class="tag new">new</span>') == 3


async def test_nothing_is_said_without_a_version_and_that_nothing_changed_with_the_latest(
    http: httpx.AsyncClient, redis: Redis, grown: tuple[Event, Event]
) -> None:
    await take(redis, *grown)
    assert "Since version" not in words(await page(http, "/events/evt_d"))
    assert "Nothing of note has changed." in words(await page(http, "/events/evt_d?since=2"))
    answer = await http.get("/events/evt_d?since=yesterday", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "or a version of the event, such as 7" in answer.text


async def test_the_script_is_told_in_words_what_waits(
    http: httpx.AsyncClient, redis: Redis, grown: tuple[Event, Event]
) -> None:
    await take(redis, *grown)
    news = "/events/evt_d/news"
    while_open = await http.get(news, params={"since": 1, "shown": 1})
    assert while_open.headers["content-type"].startswith("text/plain")
    assert while_open.text.startswith("This page has changed: 1 new disagreement, ")
    assert "2 more articles" in while_open.text
    away = await http.get(news, params={"since": 1, "shown": 2})
    assert away.text == while_open.text.replace("This page has changed", "Since your last visit")
    assert (await http.get(news, params={"since": 2, "shown": 2})).text == ""
    assert (await http.get(news, params={"since": "x", "shown": 2})).status_code == 400
    assert (await http.get("/events/evt_none/news", params={"since": 1, "shown": 1})).status_code == 404


async def test_changes_that_the_page_cannot_have_yet_are_not_announced(
    http: httpx.AsyncClient, redis: Redis, grown: tuple[Event, Event]
) -> None:
    await project_events(redis, grown[:1])
    await project_changes(redis, told(grown))
    assert (await http.get("/events/evt_d/news", params={"since": 1, "shown": 1})).text == ""


async def test_a_version_whose_changes_have_not_come_is_announced_without_them(
    http: httpx.AsyncClient, redis: Redis, grown: tuple[Event, Event]
) -> None:
    await project_events(redis, grown)
    assert (await http.get("/events/evt_d/news", params={"since": 1, "shown": 1})).text == "This page has changed"


async def test_a_merged_event_says_so_and_leads_on(http: httpx.AsyncClient, redis: Redis) -> None:
    merge = LineageEntry(kind="merged", event_id="evt_b", reason="Both tell of one ferry.", at="2026-03-03T12:00:00Z")
    merged = event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b", articles=())
    await take(redis, event("evt_a"), merged.model_copy(update={"lineage": (merge,)}))
    await take(redis, event("evt_b"))
    answer = await http.get("/events/evt_a/news", params={"since": 1, "shown": 1})
    assert answer.text.startswith("This page has changed: merged into another event")
    outline = await page(http, "/events/evt_a?since=1")
    assert "Merged into another event" in words(outline)
    assert "/events/evt_b" in outline.links


async def test_many_changes_of_a_kind_are_counted_and_some_listed(http: httpx.AsyncClient, redis: Redis) -> None:
    many = event("evt_a", 2, articles=tuple(member(f"art_{number}") for number in range(30)))
    await take(redis, event("evt_a", articles=many.articles[:1]), many)
    body = (await http.get("/events/evt_a?since=1")).text
    section = body[
        body.index('<section class="since"') : body.index("</section>", body.index('<section class="since"'))
    ]
    assert "29 more articles" in section
    assert section.count("<li>") == 5
    assert "and 24 more" in section


def test_what_changed_about_a_big_event_leaves_its_page_small() -> None:
    whole = big_view(1_000, 1_500)
    small = big_view(200, 300).model_copy(update={"event_id": whole.event_id, "version": 1})
    changes = told([small, whole.model_copy(update={"version": 2})])
    view = event_page(whole, whole.event_id)
    since = since_view(
        ChangesSince(whole.event_id, 1, None, tuple(changes[-MOST_CHANGES:]), True, True), view.claim_ids
    )
    assert since.groups
    assert len(Pages().render("event.html", event=view, since=since).body) <= 150_000


def turned(*changes: EventChange) -> list[tuple[str, list[str], int]]:
    """What a page says of such changes of the event: titles, lines and how many more."""
    view = since_view(ChangesSince("evt_a", 1, None, changes, True, False), ())
    return [(group.title, [line.words for line in group.lines], group.more) for group in view.groups]


def test_more_turns_of_a_kind_than_are_listed_are_counted() -> None:
    moves = [change("moved", other_event_id=f"evt_{number}", reason=f"Reason {number}.") for number in range(7)]
    assert turned(*moves) == [
        ("Articles moved between this and other events", [f"Reason {number}." for number in range(5)], 2)
    ]
    assert turned(moves[0])[0][0] == "Articles moved between this and another event"


def test_reasons_name_no_event_or_article_by_its_id() -> None:
    reason = f"art_{'a' * 20} went to evt_{'b' * 20}: it fits better there."
    moved = change("moved", other_event_id=f"evt_{'b' * 20}", reason=reason)
    assert turned(moved) == [
        (
            "Articles moved between this and another event",
            ["An article went to another event: it fits better there."],
            0,
        )
    ]


def test_who_gives_a_new_figure_is_shown_as_other_names_are() -> None:
    value = {
        "surface": "9",
        "value": 9,
        "low": 9,
        "high": 9,
        "bound": "exact",
        "source": "Port\u202e authority " + "x" * 400,
    }
    figure = {"counted": "people killed", "verdict": "single", "value": value}
    view = since_view(ChangesSince("evt_a", 1, None, (change("figure_added", figure=figure),), True, False), ())
    who = view.groups[0].lines[0].who
    assert who is not None
    assert "\u202e" not in who
    assert len(who) < 310
