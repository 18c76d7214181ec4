"""Every page, light and dark, wide and on a phone: no barrier, nothing wider than the window, no complaint."""

import httpx
import pytest
from playwright.sync_api import Browser

from tests.support.browser import DESKTOP, PHONE, Reader, reading
from tests.support.pipeline import Pipeline
from tests.unit.api.pages.outline import Outline

pytestmark = pytest.mark.browser


def addresses(pipeline: Pipeline) -> list[str]:
    """One page of each kind: the event with the most articles, and the one with the most disagreements."""
    events = pipeline.events()
    richest = max(events, key=lambda event: len(event.articles))
    disputed = max(events, key=lambda event: (len(event.contradictions), event.event_id))
    return [
        "/",
        *dict.fromkeys((f"/events/{richest.event_id}", f"/events/{disputed.event_id}")),
        f"/events/{richest.event_id}/articles",
        f"/events/{richest.event_id}/claims",
        f"/articles/{richest.articles[0].article_id}",
        "/docs",
    ]


@pytest.mark.parametrize(
    ("window", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["wide and light", "narrow and dark"]
)
def test_no_page_has_a_barrier(
    browser: Browser, pipeline: Pipeline, site: str, window: dict[str, int], dark: bool
) -> None:
    with reading(browser, site, window=window, dark=dark) as reader:
        for address in addresses(pipeline):
            reader.page.goto(address)
            reader.open_all_details()
            assert reader.barriers() == "", address
            assert not reader.scrolls_sideways(), address


def test_no_link_between_pages_leads_nowhere(site: str) -> None:
    with httpx.Client(base_url=site, headers={"Accept": "text/html"}) as http:
        answers: dict[str, int] = {}
        waiting = ["/"]
        while waiting:
            path = waiting.pop()
            answer = http.get(path)
            answers[path] = answer.status_code
            if answer.headers["content-type"].startswith("text/html"):
                links = {link.partition("#")[0] for link in Outline(answer.text).links if link.startswith("/")}
                # Of the receipts of one version one is enough: they are one page.
                waiting += (link for link in links - answers.keys() - set(waiting) if "?claim=" not in link)
    assert {path: status for path, status in answers.items() if status != 200} == {}
    assert len(answers) > 100


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_error_page_has_no_barrier(browser: Browser, site: str, dark: bool) -> None:
    with reading(browser, site, dark=dark) as reader:
        answer = reader.page.goto("/events/nothing-of-ours")
        assert answer is not None
        assert answer.status == 404
        assert reader.barriers() == ""
        reader.complaints.clear()  # the browser says that it was 404


def test_everything_is_there_without_scripts(browser: Browser, pipeline: Pipeline, site: str) -> None:
    def words(reader: Reader, address: str) -> list[str]:
        reader.page.goto(address)
        return reader.page.locator("main").inner_text().split()

    event = max(pipeline.events(), key=lambda event: len(event.articles))
    with reading(browser, site) as reader, reading(browser, site, scripts=False) as without:
        for address in ("/", f"/events/{event.event_id}"):
            assert set(words(without, address)) >= set(words(reader, address))


def test_the_keyboard_alone_reaches_every_link_and_fold_of_an_event(
    browser: Browser, pipeline: Pipeline, site: str
) -> None:
    event = max(pipeline.events(), key=lambda event: len(event.articles))
    with reading(browser, site) as reader:
        reader.page.goto(f"/events/{event.event_id}")
        wanted = reader.page.evaluate(
            """() => [...document.querySelectorAll('a[href], summary, button, input, select')]
                .filter((element) => element.checkVisibility()).length"""
        )
        reader.page.evaluate("window.reached = new Set()")
        for _ in range(wanted):
            reader.page.keyboard.press("Tab")
            reader.page.evaluate("window.reached.add(document.activeElement)")
        assert reader.page.evaluate("window.reached.size") == wanted
