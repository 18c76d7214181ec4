import asyncio
import threading
from collections.abc import Mapping

import pytest

from services.contracts.article import Rights
from services.contracts.topics import ARTICLE_INGESTED
from services.ingest import handler
from services.ingest.handler import SubmissionService
from services.ingest.key_locks import KeyLocks
from services.ingest.push.body import BadBody, Row
from services.ingest.submission import Submission, parse_submission
from services.runtime.clock import FixedClock
from services.runtime.errors import TransientError
from tests.unit.ingest.fakes import NOW, TEXT, FakePublisher, FakeRecords, PagesHere, row


@pytest.fixture
def publisher() -> FakePublisher:
    return FakePublisher()


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords()


@pytest.fixture
def submissions(publisher: FakePublisher, records: FakeRecords) -> SubmissionService:
    return SubmissionService(publisher, records, FixedClock(NOW), pages=PagesHere(), publish_timeout_seconds=30)


def rows(*changes: Mapping[str, object]) -> list[Row]:
    return [Row(line, parse_submission(row(**change))) for line, change in enumerate(changes, start=1)]


async def test_an_accepted_article_is_published_once_under_its_id(
    submissions: SubmissionService, publisher: FakePublisher
) -> None:
    [article] = await submissions.accept(rows({}), traceparent="00-" + "a" * 32 + "-" + "b" * 16 + "-01")
    [message] = publisher.published
    assert message.topic is ARTICLE_INGESTED
    assert message.key == article.article_id
    assert message.value == article
    assert message.id == f"{article.article_id}.1"
    assert message.time == NOW
    assert message.traceparent is not None


async def test_the_same_content_again_is_the_very_same_message(
    submissions: SubmissionService, publisher: FakePublisher
) -> None:
    await submissions.accept(rows({}))
    await submissions.accept(rows({}))
    first, second = publisher.published
    assert first == second


async def test_revisions_count_within_one_request_and_across_requests(submissions: SubmissionService) -> None:
    change = {"text": f"{TEXT} And more."}
    first = await submissions.accept(rows({}, change, change, {"status": "withdrawn"}))
    assert [article.revision for article in first] == [1, 2, 2, 3]
    assert [article.revision for article in await submissions.accept(rows({"status": "withdrawn"}, {}))] == [3, 4]


async def test_nothing_is_published_when_one_row_holds_no_article(
    submissions: SubmissionService, publisher: FakePublisher
) -> None:
    with pytest.raises(BadBody) as caught:
        await submissions.accept(rows({}, {"text": None, "html": "<html></html>"}, {}))
    assert [(fault.line, fault.field) for fault in caught.value.errors] == [(2, "html")]
    assert publisher.published == []


async def test_what_was_not_acknowledged_is_not_recorded(
    submissions: SubmissionService, publisher: FakePublisher, records: FakeRecords
) -> None:
    publisher.down = True
    with pytest.raises(TransientError):
        await submissions.accept(rows({}))
    assert records.kept == {}
    publisher.down = False
    assert [article.revision for article in await submissions.accept(rows({}))] == [1]


async def test_without_the_store_nothing_is_published(
    submissions: SubmissionService, publisher: FakePublisher, records: FakeRecords
) -> None:
    records.down = True
    with pytest.raises(TransientError):
        await submissions.accept(rows({}))
    assert publisher.published == []


async def test_a_broker_that_never_acknowledges_is_given_up(publisher: FakePublisher, records: FakeRecords) -> None:
    publisher.hold = asyncio.Event()
    submissions = SubmissionService(
        publisher, records, FixedClock(NOW), pages=PagesHere(), publish_timeout_seconds=0.05
    )
    with pytest.raises(TransientError, match=r"0\.05 s"):
        await submissions.accept(rows({}))
    assert records.kept == {}


async def test_two_requests_with_one_article_count_to_two_revisions(
    submissions: SubmissionService, publisher: FakePublisher
) -> None:
    publisher.hold = asyncio.Event()
    first = asyncio.create_task(submissions.accept(rows({})))
    await publisher.waiting.wait()
    second = asyncio.create_task(submissions.accept(rows({"text": f"{TEXT} And more."})))
    other = asyncio.create_task(submissions.accept(rows({"url": "https://courier.example/other"})))
    publisher.hold.set()
    accepted = [articles[0].revision for articles in await asyncio.gather(first, second, other)]
    assert accepted == [1, 2, 1]


async def test_locks_are_forgotten_when_nobody_wants_them() -> None:
    locks = KeyLocks()
    order: list[str] = []

    async def work(name: str, *keys: str) -> None:
        async with locks.hold(keys):
            order.append(f"{name} in")
            await asyncio.sleep(0)
            order.append(f"{name} out")

    await asyncio.gather(work("first", "a", "b"), work("second", "b", "a", "a"))
    assert order == ["first in", "first out", "second in", "second out"]
    assert len(locks) == 0


async def test_texts_of_a_request_that_was_given_up_are_not_built_any_more(
    submissions: SubmissionService, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def build(submission: Submission, **_: object) -> None:
        built.append(submission.title or "")
        begun.set()
        go_on.wait(10)

    monkeypatch.setattr(handler, "first_revision", build)
    building = asyncio.create_task(submissions.build(rows(*({"title": f"Title {number}"} for number in range(5)))))
    await asyncio.to_thread(begun.wait, 10)
    building.cancel()
    await asyncio.wait([building])
    go_on.set()
    await asyncio.get_running_loop().shutdown_default_executor()  # waits for the thread
    assert built == ["Title 0"]


def fetched_page(meta: str = "") -> Submission:
    html = f"<html><head>{meta}</head><body><article><p>{TEXT}</p></article></body></html>"
    return parse_submission(row(text=None, html=html))


async def test_the_rights_that_a_site_stated_travel_with_the_article_and_its_page_has_the_last_word(
    submissions: SubmissionService,
) -> None:
    site = Rights(tdm_reservation=True, licence="https://courier.example/licence.xml")
    [article] = await submissions.accept([Row(1, fetched_page(), rights=site)])
    assert article.rights == site
    page = fetched_page('<meta name="tdm-reservation" content="0">')
    [article] = await submissions.accept([Row(1, page, rights=site)])
    assert article.rights == Rights(tdm_reservation=False, licence="https://courier.example/licence.xml")


async def test_a_page_that_reserves_its_rights_is_refused_where_they_are_obeyed_and_taken_elsewhere(
    submissions: SubmissionService, publisher: FakePublisher
) -> None:
    page = fetched_page('<meta name="tdm-reservation" content="1">')
    with pytest.raises(BadBody) as caught:
        await submissions.accept([Row(1, page, obey_rights=True)])
    assert [(fault.field, fault.message) for fault in caught.value.errors] == [
        ("rights", "rights of text and data mining are reserved")
    ]
    assert not publisher.published
    [article] = await submissions.accept([Row(1, page)])
    assert article.rights == Rights(tdm_reservation=True)
