"""The page of a big event: bounded, and quick to set."""

import re
import time
from datetime import timedelta

import httpx
import pytest
from redis.asyncio import Redis

from services.api.pages.event_page import event_page
from services.api.pages.rendering import Pages
from services.api.pages.shown_part import (
    MOST_ARTICLES,
    MOST_MOMENTS,
    MOST_REPORTS,
    MOST_SIDES,
    MOST_VALUES,
    shown_part,
)
from services.contracts.article import Publisher
from services.contracts.event import ArticleRole, Counts, Event, Omitted, TimelineEntry
from services.contracts.event_claims import Contradiction, ContradictionKind
from services.dedupe.event_changes.changes import changes_between
from services.dedupe.event_changes.snapshot import build_snapshot
from tests.support.big_view import big_view
from tests.unit.api.examples import NOON, disputed, event, extracted, member
from tests.unit.api.names.named_events import claim, speaker, support
from tests.unit.api.pages.outline import page, words
from tests.unit.api.view import project_articles, project_changes, project_events

MOST_BYTES = 150_000
MOST_SECONDS = 0.3


@pytest.fixture(scope="module")
def whole() -> Event:
    return big_view()


async def test_the_page_of_two_thousand_articles_is_small_and_leads_to_the_rest(
    http: httpx.AsyncClient, redis: Redis, whole: Event
) -> None:
    await project_events(redis, [build_snapshot(whole)])
    await project_changes(redis, changes_between(None, whole))
    path = f"/events/{whole.event_id}"
    answer = await http.get(path)
    assert len(answer.content) <= MOST_BYTES
    outline = await page(http, path)
    text = words(outline)
    assert "2,000 articles by" in text
    assert f"{2_000 - MOST_ARTICLES:,} more articles" in text
    assert re.search(r"\d\d of 1,5\d\d claims are on this page", text)
    assert {f"{path}/articles", f"{path}/claims"} <= set(outline.links)
    assert text.count("By which signals") == MOST_ARTICLES - 1  # all but the founder; the snapshot has none


def test_the_page_of_two_thousand_articles_is_set_within_a_third_of_a_second(whole: Event) -> None:
    document = build_snapshot(whole).model_dump_json()
    pages = Pages()
    took = []
    for _ in range(3):
        began = time.thread_time()
        view = event_page(Event.model_validate_json(document), whole.event_id)
        pages.render("event.html", event=view)
        took.append(time.thread_time() - began)
    assert min(took) <= MOST_SECONDS


async def test_a_snapshot_from_before_they_were_bounded_has_a_small_page_too(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    old = big_view(300, 300)
    await project_events(redis, [old])
    answer = await http.get(f"/events/{old.event_id}")
    assert (answer.status_code, len(answer.content) <= MOST_BYTES) == (200, True)
    assert f"{300 - MOST_ARTICLES} more articles" in words(await page(http, f"/events/{old.event_id}"))


def reprinted() -> Event:
    """An event of fourteen outlets: one text that all but one of them print, with a claim that both texts have."""
    articles = tuple(
        member(
            f"art_{number:02}",
            publisher=Publisher(name=f"Outlet {number}", domain=f"outlet{number}.example"),
            origin_id="org_own" if number == 13 else "org_wire",
        )
        for number in range(14)
    )
    text, who = "The door was open.", speaker("Ada Reyl")
    opened = claim("clm_open", text, who, [support(article, text, who) for article in articles])
    shut = claim("clm_shut", "It was shut.", None, [support(articles[13], "It was shut.", None)])
    sides = Contradiction(kind=ContradictionKind.POLARITY, sides=("clm_open", "clm_shut"), explanation="Open or shut")
    return event(articles=articles).model_copy(
        update={
            "claims": (opened.model_copy(update={"origins": 2}), shut),
            "contradictions": (sides,),
            "counts": Counts(articles=14, publishers=14, origins=2),
        }
    )


def test_reports_that_a_big_page_has_no_room_for_are_counted() -> None:
    view = event_page(reprinted(), "evt_a")
    (opened,) = view.corroborated
    assert len(opened.reports) == MOST_REPORTS
    assert opened.more_reports == 14 - MOST_REPORTS
    assert opened.strip.words == "2 independent origins, 12 reprints"
    assert view.disagreements[0].columns[0][0].strip.words == opened.strip.words
    text = Pages().fragment("event.html", event=view)
    assert f"and {14 - MOST_REPORTS} more" in text


def test_reprints_are_not_counted_where_a_snapshot_leaves_reports_out() -> None:
    whole = reprinted()
    view = event_page(whole.model_copy(update={"omitted": Omitted(supports=3)}), "evt_a")
    assert view.corroborated[0].strip.words == "2 independent origins"


def test_a_small_event_is_shown_as_it_is() -> None:
    given = disputed()
    shown = shown_part(given)
    assert shown.model_copy(update={"entities": given.entities}) == given
    assert shown_part(shown) == shown


async def test_an_article_page_says_why_it_is_in_its_event(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted("art_a")])
    assert "Why it is in its event" not in words(await page(http, "/articles/art_a"))
    placed = member("art_a", role=ArticleRole.MEMBER)
    view = event(articles=(member("art_0"), placed))
    await project_events(redis, [build_snapshot(view)])
    assert "Its similarity to the event is 0.83 on a scale of 0 to 1; 0.50 is enough to join." in words(
        await page(http, "/articles/art_a")
    )
    await project_changes(redis, changes_between(None, view))
    assert "title tfidf0.61" in words(await page(http, "/articles/art_a"))


@pytest.mark.parametrize(
    ("name", "entries", "total"), [("articles", 230, "230 articles"), ("claims", 120, "120 claims")]
)
async def test_all_of_a_big_event_can_be_leafed_through(
    http: httpx.AsyncClient, redis: Redis, name: str, entries: int, total: str
) -> None:
    whole = big_view(230, 120)
    await project_events(redis, [build_snapshot(whole, 60_000)])
    await project_changes(redis, changes_between(None, whole))
    path: str | None = f"/events/{whole.event_id}/{name}"
    seen: list[str] = []
    while path is not None:
        outline = await page(http, path)
        assert total in words(outline)
        assert f"/events/{whole.event_id}" in outline.links
        seen += (
            [one for one in outline.ids if one.startswith("clm_")]
            if name == "claims"
            else [link for link in outline.links if link.startswith("/articles/") and "#" not in link]
        )
        path = next((link for link in outline.links if "?cursor=" in link), None)
    assert len(seen) == len(set(seen)) == entries


async def test_a_list_page_says_that_it_is_not_whole_and_refuses_in_words(
    http: httpx.AsyncClient, redis: Redis, whole: Event
) -> None:
    await project_events(redis, [build_snapshot(whole)])
    assert "The event has more than can be listed here" in words(await page(http, f"/events/{whole.event_id}/claims"))
    for path, status in (("/events/evt_none/articles", 404), (f"/events/{whole.event_id}/claims?cursor=x", 400)):
        answer = await http.get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["content-type"][:9]) == (status, "text/html")


def test_what_the_page_leaves_out_is_said_in_one_and_in_several() -> None:
    def said(**omitted: int) -> str:
        view = event_page(disputed().model_copy(update={"omitted": Omitted(**omitted)}), "evt_d")
        return " ".join(Pages().fragment("event.html", event=view).split())

    assert "There is 1 more disagreement." in said(contradictions=1)
    link = '<a href="/v1/events/evt_d">The event as JSON</a> lists all that are stored.'
    assert f"There are 2 more rows of figures. {link}" in said(figures=2)
    assert "There is 1 more disagreement and 1 more row of figures." in said(contradictions=1, figures=1)
    assert "There is 1 more report of claims" in said(supports=1)
    assert "There are 3 more reports of claims" in said(supports=3)


def test_sides_and_values_that_a_big_page_has_no_room_for_are_counted() -> None:
    given = disputed()
    claims = tuple(given.claims[1].model_copy(update={"claim_id": f"clm_{number}"}) for number in range(MOST_SIDES + 3))
    sides = given.contradictions[0].model_copy(update={"sides": tuple(claim.claim_id for claim in claims)})
    value = given.figures[0].values[0]
    values = tuple(
        value.model_copy(update={"surface": str(number), "value": number, "low": number})
        for number in range(MOST_VALUES + 1)
    )
    figure = given.figures[0].model_copy(update={"values": values})
    many = given.model_copy(update={"claims": claims, "contradictions": (sides,), "figures": (figure,)})
    text = Pages().fragment("event.html", event=event_page(many, "evt_d"))
    assert "3 more sides are not shown." in text
    assert "1 more value is not shown." in text
    assert "not shown" not in Pages().fragment("event.html", event=event_page(given, "evt_d"))


def test_a_timeline_that_is_cut_says_of_how_many_reports_it_lists_some() -> None:
    entries = tuple(
        TimelineEntry(at=NOON + timedelta(minutes=minute), what=f"Report {minute}", article_id="art_1")
        for minute in range(MOST_MOMENTS + 5)
    )
    text = Pages().fragment(
        "event.html", event=event_page(disputed().model_copy(update={"timeline": entries}), "evt_d")
    )
    assert f"The reports as a list ({MOST_MOMENTS} of {MOST_MOMENTS + 5})" in text
