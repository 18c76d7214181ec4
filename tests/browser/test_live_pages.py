"""Pages that follow what is new, in a browser over a running stack: nothing moves by itself, and no tab is left out."""

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from services.contracts.event import Event
from tests.support.browser import PHONE, Reader, reading
from tests.support.pipeline import FETCHED_AT, Pipeline

pytestmark = pytest.mark.browser

WAIT_MS = 30_000
TABS = 8
NO_WORKER = "delete window.SharedWorker;"
NO_LOCKS = f"{NO_WORKER} delete Navigator.prototype.locks;"
"""What browsers lack where a page does not come safely."""
expect.set_options(timeout=WAIT_MS)
_numbers = itertools.count()


NEWS = (
    ("Comet found beyond Neptune", "Astronomers at the Quarrow observatory found a comet beyond Neptune on Monday."),
    ("Bakers of Vellby end their strike", "Bakers in Vellby went back to work after nine days without bread."),
    ("Sturmark wins the curling final", "Sturmark beat Ilkova by six stones in the curling final on Saturday."),
    ("Penhask museum gets its violin back", "A violin stolen from the Penhask museum in 1974 was found in an attic."),
    ("Dorvale bans cars from its old town", "The council of Dorvale voted to keep cars out of its old town from May."),
    (
        "Maubrin vaccine passes its trial",
        "A vaccine against river fever protected nine in ten patients in Maubrin.",
    ),
    ("Tessary mine floods", "Water broke into the copper mine at Tessary, and the night shift climbed out."),
    ("Orlo airport reopens its runway", "The second runway of Orlo airport opened again after a year of repairs."),
)
"""Each is about something that no sample and no other of them is about."""


def news_of(number: int) -> dict[str, str]:
    """An article that founds an event."""
    title, text = NEWS[number]
    return {
        "url": f"https://observer.example/{number}",
        "publisher": "The Observer",
        "title": title,
        "text": text,
        "published_at": f"2026-03-24T{number + 8:02}:30:00Z",
        "fetched_at": FETCHED_AT,
    }


def further_report_of(event: Event, number: int) -> dict[str, str]:
    """The first article of an event again, at another outlet, with a sentence of its own."""
    first = event.articles[0]
    text = httpx.get(f"{SITE['api']}/v1/articles/{first.article_id}").json()["article"]
    return {
        "url": f"https://mirror{number}.example/report",
        "publisher": f"Mirror {number}",
        "title": text["title"],
        "text": f"{text['text']}\n\nThe mayor of Zorbenville {number} called it a dark day for the coast.",
        "published_at": (first.published_at or event.updated_at).isoformat(),
        "fetched_at": FETCHED_AT,
    }


SITE: dict[str, str] = {}


@pytest.fixture(autouse=True)
def _addresses(pipeline: Pipeline) -> None:
    SITE.update(pipeline.urls)


def biggest(pipeline: Pipeline) -> Event:
    return max(pipeline.events(), key=lambda event: (len(event.articles), event.event_id))


def news(page: Page) -> str:
    return page.locator("#news-words").inner_text()


@contextmanager
def tabs(reader: Reader, count: int, without: str = "") -> Iterator[list[Page]]:
    """Tabs of one browser, all on the front page; `without`: a script that takes something from each."""
    if without:
        reader.page.context.add_init_script(without)
    opened = [reader.page, *(reader.page.context.new_page() for _ in range(count - 1))]
    for page in opened:
        page.goto("/")
    yield opened


def test_a_reader_types_filters_and_opens_an_event(browser: Browser, pipeline: Pipeline, site: str) -> None:
    event = biggest(pipeline)
    word = max(re.findall(r"[A-Za-z]+", event.headline), key=len)
    with reading(browser, site) as reader:
        page = reader.page
        page.goto("/")
        everything = page.locator(".events > li").count()
        page.get_by_label("Search events").press_sequentially(word, delay=30)
        expect(page.locator("#found")).to_contain_text(re.compile(r"^\d+ events? match"))
        expect(page).to_have_url(re.compile(rf"/\?q={word}$"))
        assert page.locator(".events > li").count() < everything
        expect(page.locator(".events mark").first).to_be_visible()
        page.get_by_text("Filters and order").click()
        page.get_by_label("Origins, at least").fill("2")
        expect(page).to_have_url(re.compile(r"min_origins=2"))
        page.get_by_label("Search events").fill("zeppelin")
        expect(page.get_by_text("No event matches: words “zeppelin”")).to_be_visible()
        page.get_by_role("link", name="Without words “zeppelin”").click()
        expect(page.locator("#found")).to_contain_text("match")
        page.goto(f"/?q={word}")
        page.get_by_role("link", name=event.headline).click()
        expect(page.locator("h1")).to_have_text(event.headline)
        assert reader.layout_shift() == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_state_of_the_form_is_a_barrier(browser: Browser, site: str, dark: bool) -> None:
    with reading(browser, site, dark=dark, window=PHONE) as reader:
        for address in ("/?q=ferry&has=contradiction", "/?q=zeppelin&has=denial&language=en", "/?min_origins=many"):
            reader.page.goto(address)
            reader.open_all_details()
            assert reader.barriers() == "", address
            assert not reader.scrolls_sideways(), address
        reader.complaints.clear()  # the browser says that the last one was refused


def test_a_search_that_a_later_one_overtakes_is_no_failure(browser: Browser, site: str) -> None:
    def leave_open(_: Route) -> None:
        """Never answer it."""

    with reading(browser, site) as reader:
        page = reader.page
        page.route(re.compile(r"/list\?q=fer$"), leave_open)
        page.goto("/")
        page.evaluate("""() => {
            window.said = [];
            const found = document.getElementById("found");
            new MutationObserver(() => window.said.push(found.textContent)).observe(found, {childList: true});
        }""")
        field = page.get_by_label("Search events")
        with page.expect_request(re.compile(r"/list\?q=fer$")):
            field.press_sequentially("fer")
        field.press_sequentially("ry")
        expect(page.locator("#found")).to_contain_text(re.compile(r"^\d+ events? match"))
        assert [words for words in page.evaluate("window.said") if "match" not in words] == []


def test_a_list_that_does_not_come_is_said_in_our_words(browser: Browser, site: str) -> None:
    with reading(browser, site) as reader:
        page = reader.page
        page.route(re.compile(r"/list\?"), lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
        page.goto("/")
        page.get_by_label("Search events").fill("ferry")
        expect(page.locator("#found")).to_have_text("The list could not be loaded. Press Search to try again.")
        reader.complaints.clear()  # the browser says that it was 502


def test_the_form_works_without_scripts(browser: Browser, pipeline: Pipeline, site: str) -> None:
    event = biggest(pipeline)
    with reading(browser, site, scripts=False) as reader:
        page = reader.page
        page.goto("/")
        page.get_by_label("Search events").fill(event.headline)
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name=event.headline).click()
        page.goto(f"{page.url}?since=1")
        expect(page.get_by_role("heading", name="Since version 1")).to_be_visible()


def test_a_new_event_waits_behind_a_button_and_nothing_moves(browser: Browser, pipeline: Pipeline, site: str) -> None:
    with reading(browser, site) as reader:
        page = reader.page
        page.goto("/")
        pipeline.eventually(lambda: streams(site) == 1, what="the stream is open")
        before = page.locator("#results").inner_html()
        article = news_of(next(_numbers))
        pipeline.submit([article])
        expect(page.locator("#news-words")).to_contain_text("1 new event")
        assert page.locator("#results").inner_html() == before
        assert reader.layout_shift() == 0
        page.get_by_role("button", name="Show").press("Enter")
        expect(page.get_by_role("link", name=article["title"])).to_be_visible()
        expect(page.locator("#news-words")).to_have_text("")
        assert reader.layout_shift() == 0
        assert reader.barriers() == ""


def test_an_open_event_page_changes_when_asked_and_keeps_what_the_reader_has(
    browser: Browser, pipeline: Pipeline, site: str
) -> None:
    event = biggest(pipeline)
    with reading(browser, site) as reader:
        page = reader.page
        page.goto(f"/events/{event.event_id}")
        pipeline.eventually(lambda: streams(site) == 1, what="the stream is open")
        page.locator("details.meaning > summary").click()
        claim = page.locator(".claims > li").nth(2)
        name = claim.get_attribute("id")
        claim.evaluate("(element) => element.scrollIntoView()")
        pipeline.submit([further_report_of(event, next(_numbers))])
        expect(page.locator("#news-words")).to_contain_text("This page has changed: ")
        assert "1 more article" in news(page)
        assert page.locator("#since").count() == 0
        top = page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top", name)
        page.locator(".side").evaluate("(element) => { element.scrollTop = 200; }")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#news-words")).to_have_text("This page is up to date.")
        assert page.locator("details.meaning").get_attribute("open") is not None
        moved = page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top", name) - top
        assert abs(moved) < 2
        assert page.locator(".side").evaluate("(element) => element.scrollTop") == 200
        assert reader.layout_shift() == 0
        page.get_by_role("button", name="See what changed").click()
        expect(page.locator("#since")).to_be_focused()
        assert "Mirror" in page.locator(".since").inner_text()
        assert reader.barriers() == ""


def test_a_reader_who_comes_back_is_told_what_is_new_since_then(
    browser: Browser, pipeline: Pipeline, site: str
) -> None:
    event = biggest(pipeline)
    with reading(browser, site) as reader:
        page = reader.page
        page.goto(f"/events/{event.event_id}")
        page.goto("/")
        pipeline.submit([further_report_of(event, next(_numbers))])
        pipeline.settle()
        page.goto(f"/events/{event.event_id}")
        expect(page.locator("#news-words")).to_contain_text("Since your last visit: ")
        assert page.locator("#since").count() == 0
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_role("heading", name=re.compile("^Since version"))).to_be_attached()
        expect(page.locator(".tag.new").first).to_be_attached()
        assert page.context.cookies() == []
        with page.expect_response(re.compile(r"/news\?")) as asked:
            page.goto(f"/events/{event.event_id}")
        assert asked.value.text() == ""
        assert news(page) == ""


def test_the_browser_remembers_the_events_that_were_seen_last(browser: Browser, pipeline: Pipeline, site: str) -> None:
    event = biggest(pipeline)
    with reading(browser, site) as reader:
        page = reader.page
        page.goto("/docs")
        page.evaluate(
            """() => localStorage.setItem("newsweave-visits", JSON.stringify(
                Object.fromEntries(Array.from({length: 300}, (_, at) => [`evt_${at}`, [1, at]]))))"""
        )
        page.goto(f"/events/{event.event_id}")
        visits = page.evaluate("() => JSON.parse(localStorage.getItem('newsweave-visits'))")
        assert len(visits) == 300
        assert visits[event.event_id][0] == event.version
        assert "evt_0" not in visits
        for other in ("no JSON", "null", '{"evt_0": null}', f'{{"{event.event_id}": ["1", null]}}'):
            page.evaluate("(other) => localStorage.setItem('newsweave-visits', other)", other)
            page.reload()
            expect(page.locator("h1")).to_have_text(event.headline)
            visits = page.evaluate("() => JSON.parse(localStorage.getItem('newsweave-visits'))")
            assert list(visits) == [event.event_id]


@pytest.mark.parametrize("without", ["", NO_WORKER], ids=["worker", "elected tab"])
def test_eight_tabs_share_one_stream_and_none_hangs(
    browser: Browser, pipeline: Pipeline, site: str, without: str
) -> None:
    with reading(browser, site) as reader, tabs(reader, TABS, without) as opened:
        pipeline.submit([news_of(next(_numbers))])
        for page in opened:
            page.bring_to_front()
            expect(page.locator("#news-words")).to_contain_text("new event")
            page.get_by_role("button", name="Show").click()
            expect(page.locator("#news-words")).to_have_text("")
        assert streams(site) == 1


def test_when_the_tab_that_reads_the_stream_is_closed_another_goes_on(
    browser: Browser, pipeline: Pipeline, site: str
) -> None:
    with reading(browser, site) as reader, tabs(reader, 3, NO_WORKER) as opened:
        pipeline.eventually(lambda: streams(site) == 1, what="one stream is open")
        opened[0].close()
        pipeline.submit([news_of(next(_numbers))])
        for page in opened[1:]:
            page.bring_to_front()
            expect(page.locator("#news-words")).to_contain_text("1 new event")
        pipeline.eventually(lambda: streams(site) == 1, what="one stream is open again")


def test_without_locks_and_workers_a_tab_asks_when_it_is_looked_at(
    browser: Browser, pipeline: Pipeline, site: str
) -> None:
    with reading(browser, site) as reader, tabs(reader, 1, NO_LOCKS) as (page,):
        pipeline.submit([news_of(next(_numbers))])
        pipeline.settle()
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.locator("#news-words")).to_contain_text("1 new event")
        assert streams(site) == 0


def test_a_lost_connection_is_said_once_and_comes_back(browser: Browser, pipeline: Pipeline, site: str) -> None:
    with reading(browser, site) as reader:
        page = reader.page
        page.goto("/")
        pipeline.eventually(lambda: streams(site) == 1, what="the stream is open")
        pipeline.kill("api")
        expect(page.locator("#news-words")).to_contain_text("interrupted")
        pipeline.submit([news_of(next(_numbers))])
        expect(page.locator("#news-words")).to_contain_text("1 new event")
        reader.complaints.clear()  # the browser says that requests failed meanwhile


def test_a_page_whose_place_in_the_log_is_gone_begins_anew(browser: Browser, pipeline: Pipeline, site: str) -> None:
    def of_another_log(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r'data-position="[^"]*"', 'data-position="1-1"', answer.text()))

    with reading(browser, site) as reader:
        reader.page.route(f"{site}/", of_another_log)
        reader.page.goto("/")
        pipeline.eventually(lambda: streams(site) == 1, what="the stream is open")
        expect(reader.page.locator("#news-words")).to_have_text("Many events are new or have changed")
        reader.page.get_by_role("button", name="Show").click()
        expect(reader.page.locator("#news-words")).to_have_text("")
        reader.complaints.clear()  # the browser says that the stream was refused


def streams(site: str) -> int:
    """How many streams the service has open."""
    for line in httpx.get(f"{site}/metrics").text.splitlines():
        if line.startswith("newsweave_api_streams "):
            return int(float(line.split()[1]))
    raise AssertionError("the service does not say how many streams it has")
