"""From an event to a speaker, to what names him and to an outlet, and back; light and dark, wide and on a phone."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import DESKTOP, PHONE, Reader, reading
from tests.support.pipeline import Pipeline

pytestmark = pytest.mark.browser

SPEAKER, ENTITY, OUTLET = "/speakers/ilya-marchenkov", "/entities/tolmar-lines", "/outlets/harbourpost.example"


@pytest.fixture
def ferry(pipeline: Pipeline) -> str:
    """The page of the event that seven outlets tell."""
    event = max(pipeline.events(), key=lambda event: len(event.articles))
    return f"/events/{event.event_id}"


def follow(reader: Reader, name: str | re.Pattern[str]) -> None:
    """Press Enter on a link of the page, as somebody without a mouse does."""
    link = reader.page.get_by_role("main").get_by_role("link", name=name, exact=True).first
    link.focus()
    link.press("Enter")


def test_a_reader_goes_from_an_event_to_a_speaker_and_back(browser: Browser, site: str, ferry: str) -> None:
    with reading(browser, site) as reader:
        page = reader.page
        page.goto(ferry)
        follow(reader, "Ilya Marchenkov, Transport Minister")
        page.wait_for_url(f"**{SPEAKER}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ilya Marchenkov")
        expect(page.get_by_text("quoted in part").first).to_be_visible()
        expect(page.get_by_text("Not said:", exact=True).first).to_be_visible()
        contradicted = page.get_by_text("Contradicted (yes or no)").first
        expect(contradicted).to_be_visible()
        follow(reader, "At least 14 killed as ferry capsizes off Port Eldrin")
        page.wait_for_url(f"**{ferry}")


def test_a_statement_leads_to_its_words_in_the_article(browser: Browser, site: str) -> None:
    with reading(browser, site) as reader:
        reader.page.goto(SPEAKER)
        follow(reader, "The Straits Observer")
        reader.page.wait_for_url("**/articles/art_*#clm_*")
        marked = reader.page.locator(".anchor:target + mark")
        expect(marked).to_contain_text("He rejected calls to resign")


def test_a_reader_goes_from_an_article_to_its_outlet_and_to_the_events_behind_a_measure(
    browser: Browser, site: str, ferry: str
) -> None:
    with reading(browser, site) as reader:
        page = reader.page
        page.goto(ferry)
        follow(reader, "The Harbour Post")
        page.wait_for_url("**/articles/**")
        follow(reader, "The Harbour Post")
        page.wait_for_url(f"**{OUTLET}")
        expect(page.get_by_role("heading", name="First, with a text of its own")).to_be_visible()
        expect(page.get_by_text("too few to say").first).to_be_visible()
        follow(reader, re.compile("^Events.*Claims with a named source"))
        page.wait_for_url(f"**{OUTLET}?events=named#events")
        expect(page.get_by_role("heading", name="Events in which it names sources")).to_be_visible()


def test_a_surname_leads_to_the_full_name(browser: Browser, site: str) -> None:
    with reading(browser, site) as reader:
        reader.page.goto("/speakers/Marchenkov")
        follow(reader, "Ilya Marchenkov")
        reader.page.wait_for_url(f"**{SPEAKER}")


@pytest.mark.parametrize(
    ("window", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["wide and light", "narrow and dark"]
)
@pytest.mark.parametrize("address", [SPEAKER, ENTITY, OUTLET, "/speakers/marchenkov"])
def test_no_page_of_a_name_has_a_barrier(
    browser: Browser, site: str, address: str, window: dict[str, int], dark: bool
) -> None:
    with reading(browser, site, window=window, dark=dark) as reader:
        reader.page.goto(address)
        assert reader.layout_shift() == 0
        reader.open_all_details()
        assert reader.barriers() == ""
        assert not reader.scrolls_sideways()


def test_the_pages_of_names_are_whole_without_scripts(browser: Browser, site: str) -> None:
    with reading(browser, site) as reader, reading(browser, site, scripts=False) as without:
        for address in (SPEAKER, ENTITY, OUTLET):
            reader.page.goto(address)
            without.page.goto(address)
            assert without.page.locator("main").inner_text() == reader.page.locator("main").inner_text()
