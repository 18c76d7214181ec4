"""From an event, past each of its sections, to the permalink of a claim and its receipt, as a reader goes."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from services.contracts.event import Event
from tests.support.browser import DESKTOP, PHONE, reading
from tests.support.pipeline import Pipeline

pytestmark = pytest.mark.browser

SECTIONS = (
    *("In short", "Where reports differ", "Who reports what", "Where the reports come from", "As it was reported"),
    *("Reported independently", "Found in one origin", "Articles", "How outlets write names"),
    *("Why this is one event", "Record"),
)


MOST_BYTES = 150_000


@pytest.fixture
def event(pipeline: Pipeline) -> Event:
    """The event with the most articles: it has every section."""
    return max(pipeline.events(), key=lambda event: len(event.articles))


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def first_claim(page: Page) -> Locator:
    return section(page, "Reported independently").locator("ol.claims > li").first


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_each_section_shows_what_its_heading_promises(browser: Browser, event: Event, site: str, scripts: bool) -> None:
    with reading(browser, site, scripts=scripts) as reader:
        page = reader.page
        page.goto(f"/events/{event.event_id}")
        for name in SECTIONS:
            expect(section(page, name)).to_be_visible()
        differences = section(page, "Where reports differ")
        assert differences.locator(".track circle").count() >= 6
        assert differences.locator(".track line.period").count() >= 1
        assert differences.locator(".sides mark").count() >= 6
        sources = section(page, "Where the reports come from")
        expect(sources).to_contain_text("7 articles by 7 outlets, 5 independent origins.")
        expect(sources).to_contain_text("Several of them rely on")
        assert sources.locator(".lanes circle.source").count() == 4
        expect(sources).to_contain_text("reprinted by Corrow Gazette, Northgate Daily")
        expect(section(page, "As it was reported")).to_contain_text("first at The Harbour Post")
        expect(section(page, "How outlets write names")).to_contain_text("Ilia Marchenkov")


def test_the_articles_stay_beside_what_is_read(browser: Browser, event: Event, site: str) -> None:
    with reading(browser, site) as reader:
        page = reader.page
        page.goto(f"/events/{event.event_id}")
        section(page, "Who reports what").evaluate("(element) => element.scrollIntoView()")
        expect(page.locator("#article-1")).to_be_in_viewport()
        page.get_by_role("columnheader", name="The Straits Observer").get_by_role("link").click()
        expect(page.locator("#article-7")).to_be_in_viewport()
        expect(section(page, "Who reports what").get_by_role("heading")).to_be_in_viewport()
        page.emulate_media(media="print")
        assert page.locator(".side").evaluate("(element) => element.scrollHeight <= element.clientHeight")
    with reading(browser, site, window=PHONE) as reader:
        reader.page.goto(f"/events/{event.event_id}")
        assert reader.page.locator(".side").evaluate("(element) => element.scrollHeight <= element.clientHeight")


def test_a_plot_is_drawn_at_its_place_and_has_a_table_behind_it(browser: Browser, event: Event, site: str) -> None:
    with reading(browser, site) as reader:
        page = reader.page
        page.goto(f"/events/{event.event_id}")
        sources = section(page, "Where the reports come from")
        rows = sources.locator(".graph > li")
        for row in rows.all():
            drawing, label = row.locator("svg").bounding_box(), row.locator(".label").bounding_box()
            assert drawing is not None
            assert label is not None
            assert drawing["height"] >= label["height"]
            assert drawing["x"] + drawing["width"] <= label["x"]
        sources.get_by_text("As a table").click()
        expect(sources.get_by_role("row", name=re.compile("Meridian Press"))).to_contain_text("Corrow Gazette")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_claim_leads_to_its_permalink_where_its_receipt_is_shown(
    browser: Browser, event: Event, site: str, scripts: bool
) -> None:
    with reading(browser, site, scripts=scripts) as reader:
        page = reader.page
        page.goto(f"/events/{event.event_id}")
        claim = first_claim(page)
        claim_id = claim.get_attribute("id")
        words = claim.locator("blockquote.words").first.inner_text()
        claim.get_by_role("link", name="link to this claim").click()
        expect(page).to_have_url(re.compile(rf"/events/{event.event_id}@{event.version}\?claim={claim_id}#{claim_id}$"))
        expect(page.locator(".version")).to_contain_text(f"This is version {event.version} of {event.version}")
        claim = page.locator(f"[id='{claim_id}']")
        expect(claim).to_be_in_viewport()
        receipt = claim.locator(".receipt")
        expect(receipt).to_be_visible()
        expect(receipt).to_contain_text("7 reports verified")
        expect(receipt.locator("blockquote.words").first).to_have_text(words)
        link = receipt.get_by_role("link", name="at the outlet").first.get_attribute("href")
        assert link is not None
        assert ":~:text=" in link
        assert page.locator(".receipt:visible").count() == 1
        assert len(httpx.get(page.url).content) <= MOST_BYTES
        json_url = receipt.get_by_role("link", name="This receipt as JSON").get_attribute("href")
        assert httpx.get(f"{site}{json_url}").json()["reports_verified"] == 7


def test_an_address_that_only_names_a_claim_shows_what_the_check_came_to(
    browser: Browser, event: Event, site: str
) -> None:
    claim = max(event.claims, key=lambda claim: claim.origins)
    with reading(browser, site, scripts=False) as reader:
        page = reader.page
        page.goto(f"/events/{event.event_id}@{event.version}#{claim.claim_id}")
        receipt = page.locator(".receipt:visible")
        expect(receipt).to_contain_text("7 reports verified")
        receipt.get_by_role("link", name="Each report").click()
        expect(page.locator(".receipt:visible").get_by_role("link", name="at the outlet")).to_have_count(7)


def test_the_receipt_of_another_claim_is_one_step_away(browser: Browser, event: Event, site: str) -> None:
    with reading(browser, site) as reader:
        page = reader.page
        page.goto(f"/events/{event.event_id}@{event.version}")
        assert page.locator(".receipt:visible").count() == 0
        claim = section(page, "Found in one origin").locator("ol.claims > li").last
        claim.get_by_role("link", name="receipt of this claim").click()
        expect(claim.locator(".receipt")).to_be_visible()
        assert urlsplit(page.url).fragment == claim.get_attribute("id")


@pytest.mark.parametrize(("window", "dark"), [(DESKTOP, False), (DESKTOP, True), (PHONE, False), (PHONE, True)])
def test_the_permalink_has_no_barrier(
    browser: Browser, event: Event, site: str, window: dict[str, int], dark: bool
) -> None:
    claim = max(event.claims, key=lambda claim: claim.origins)
    with reading(browser, site, window=window, dark=dark) as reader:
        reader.page.goto(f"/events/{event.event_id}@{event.version}?claim={claim.claim_id}#{claim.claim_id}")
        reader.open_all_details()
        assert reader.barriers() == ""
        assert not reader.scrolls_sideways()


def test_a_version_that_is_not_kept_leads_to_the_current_one(browser: Browser, event: Event, site: str) -> None:
    with reading(browser, site, dark=True) as reader:
        page = reader.page
        answer = page.goto(f"/events/{event.event_id}@{event.version + 1}")
        assert answer is not None
        assert answer.status == 404
        assert reader.barriers() == ""
        reader.complaints.clear()  # the browser says that it was 404
        page.get_by_role("link", name=f"The current version, {event.version}").click()
        expect(page).to_have_url(re.compile(f"/events/{event.event_id}$"))
