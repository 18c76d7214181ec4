"""What an open page says when its event is merged, closes or loses an article, in a browser over the view alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from redis.asyncio import Redis

from services.contracts.article import ArticleStatus
from services.contracts.event import ArticleRole, Event, EventArticle, EventStatus, LineageEntry
from tests.support.brokers import running_redis
from tests.support.browser import reading
from tests.support.pipeline import run_apart
from tests.support.polling import eventually
from tests.support.replicas import running_replicas
from tests.unit.api.examples import POST, event, member
from tests.unit.api.test_event_lists import told
from tests.unit.api.view import project_changes, project_events

pytestmark = pytest.mark.browser

WAIT_MS = 20_000


class View:
    """A view that is written here and served by a process of the http role."""

    def __init__(self, redis_url: str, site: str) -> None:
        self._redis_url = redis_url
        self.site = site

    def take(self, *versions: Event) -> None:
        """Let the view have the last of the versions of an event, with the changes that led to it."""

        async def project() -> None:
            async with Redis.from_url(self._redis_url) as redis:
                await project_changes(redis, told(versions)[-50:])
                await project_events(redis, [versions[-1]])

        run_apart(project())


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with (
        running_redis(tmp_path_factory.mktemp("redis")) as store,
        running_replicas(store.url, tmp_path_factory.mktemp("api")) as replicas,
    ):
        run_apart(eventually(replicas[0].is_ready, seconds=60, what="the service is ready"))
        yield View(store.url, replicas[0].url)


def test_a_reader_of_an_event_that_is_merged_is_told_and_led_on(browser: Browser, view: View) -> None:
    before = event("evt_a", headline="Ferry capsizes")
    view.take(before)
    view.take(event("evt_b", headline="Ferry disaster off Port Eldrin"))
    lineage = (LineageEntry(kind="merge", event_id="evt_b", reason="Both are about one ferry."),)
    merged = event("evt_a", 2, articles=(), status=EventStatus.MERGED, merged_into="evt_b")
    with reading(browser, view.site) as reader:
        page = reader.page
        with page.expect_response(re.compile(r"/news\?")):
            page.goto("/events/evt_a")
        view.take(before, merged.model_copy(update={"lineage": lineage}))
        news = page.locator("#news-words")
        expect(news).to_have_text("This page has changed: merged into another event", timeout=WAIT_MS)
        expect(page.locator("h1")).to_have_text("Ferry capsizes")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("h1")).to_have_text("Ferry disaster off Port Eldrin")
        expect(page.locator("main")).to_contain_text("turned out to be the same as this one")
        assert reader.layout_shift() == 0
        assert page.evaluate("document.title").startswith("\u2068Ferry disaster")
        view.take(*(event("evt_b", version, articles=articles_of(version)) for version in (1, 2)))
        expect(news).to_have_text("This page has changed: 1 more article", timeout=WAIT_MS)


def test_a_reader_is_told_when_an_article_is_withdrawn_and_when_the_event_closes(browser: Browser, view: View) -> None:
    first = event("evt_c", articles=articles_of(2))
    gone = first.articles[1].model_copy(update={"status": ArticleStatus.WITHDRAWN, "revision": 2})
    second = event("evt_c", 2, articles=(first.articles[0], gone))
    third = event("evt_c", 3, articles=second.articles, status=EventStatus.CLOSED)
    view.take(first)
    with reading(browser, view.site) as reader:
        page = reader.page
        with page.expect_response(re.compile(r"/news\?")):
            page.goto("/events/evt_c")
        view.take(first, second)
        news = page.locator("#news-words")
        expect(news).to_have_text("This page has changed: 1 article withdrawn by its publisher", timeout=WAIT_MS)
        view.take(first, second, third)
        expect(news).to_contain_text("closed: no more reports can join", timeout=WAIT_MS)
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".since")).to_contain_text("1 article withdrawn by its publisher")
        expect(page.locator(".since")).to_contain_text("Closed: no more reports can join")
        assert reader.barriers() == ""


def test_a_reader_of_an_event_that_is_divided_is_told_and_finds_the_other_part(browser: Browser, view: View) -> None:
    whole, part = f"evt_{'d' * 20}", f"evt_{'e' * 20}"
    before = event(whole, headline="Ferry capsizes", articles=articles_of(4))
    stayed = event(whole, 2, headline="Ferry capsizes", articles=before.articles[:2])
    left = event(part, headline="Port Eldrin closes", articles=before.articles[2:])
    after = stayed.model_copy(update={"lineage": (split(part, f"Split off {part} with two articles."),)})
    view.take(before)
    with reading(browser, view.site) as reader:
        page = reader.page
        with page.expect_response(re.compile(r"/news\?")):
            page.goto(f"/events/{whole}")
        view.take(left.model_copy(update={"lineage": (split(whole, f"Two articles were split off {whole}."),)}))
        view.take(before, after)
        news = page.locator("#news-words")
        expect(news).to_contain_text("divided: a part is an event of its own", timeout=WAIT_MS)
        expect(news).to_contain_text("2 articles that left")
        articles = page.locator("section[aria-labelledby='articles'] .title")
        expect(articles).to_have_count(4)
        page.get_by_role("button", name="Show").click()
        since = page.locator(".since")
        expect(since).to_contain_text("Divided: a part is an event of its own")
        expect(since).to_contain_text("2 articles that left")
        expect(articles).to_have_count(2)
        assert reader.layout_shift() == 0
        assert reader.barriers() == ""
        why = page.locator("section[aria-labelledby='lineage']")
        expect(why).to_contain_text("Split")
        why.get_by_role("link", name="\u201cPort Eldrin closes\u201d").click()
        expect(page.locator("h1")).to_have_text("Port Eldrin closes")
        expect(
            page.locator("section[aria-labelledby='lineage']").get_by_role("link", name="Ferry capsizes")
        ).to_be_visible()


def split(event_id: str, reason: str) -> LineageEntry:
    return LineageEntry(kind="split", event_id=event_id, reason=reason)


def articles_of(count: int) -> tuple[EventArticle, ...]:
    return tuple(
        member(f"art_{at}", publisher=POST, role=ArticleRole.MEMBER if at else ArticleRole.FOUNDER)
        for at in range(count)
    )
