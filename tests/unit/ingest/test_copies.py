"""One text at several addresses of one publisher (decision 0044)."""

from collections.abc import Mapping

import pytest

from services.contracts.article import Article, ArticleStatus
from services.ingest.handler import SubmissionService
from services.ingest.push.body import Row
from services.ingest.record import Record
from services.ingest.submission import parse_submission
from services.runtime.clock import FixedClock
from services.runtime.errors import TransientError
from tests.unit.ingest.fakes import NOW, TEXT, FakePublisher, FakeRecords, PagesHere, row

FIRST = "https://courier.example/2031/03/bridge"
SECOND = "https://courier.example/northland/bridge-reopens"
LONG = f"{TEXT}\n\nThe council of the city said that the work had cost four million crowns."
LONGER = f"{LONG}\n\nA second inspection follows in May."


class Ingest:
    """A service with its fakes; `send` gives the one article that a row comes to."""

    def __init__(self, records: FakeRecords | None = None) -> None:
        self.publisher, self.records = FakePublisher(), records or FakeRecords()
        self.service = SubmissionService(
            self.publisher, self.records, FixedClock(NOW), pages=PagesHere(), publish_timeout_seconds=30
        )

    async def send(self, url: str | None, text: str = LONG, **fields: object) -> Article:
        [article] = await self.service.accept([Row(1, parse_submission(row(url=url, text=text, **fields)))])
        return article

    @property
    def published(self) -> list[tuple[str, int]]:
        return [(article.article_id, article.revision) for article in self.publisher.articles]


@pytest.fixture
def ingest() -> Ingest:
    return Ingest()


async def test_a_text_at_another_address_of_its_publisher_is_the_same_article(ingest: Ingest) -> None:
    first = await ingest.send(FIRST)
    copy = await ingest.send(SECOND)
    assert (copy.article_id, copy.revision) == (first.article_id, 1)
    assert ingest.published == [(first.article_id, 1)]


async def test_both_addresses_in_one_request_are_one_article(ingest: Ingest) -> None:
    rows = [Row(line, parse_submission(row(url=url, text=LONG))) for line, url in enumerate((FIRST, SECOND), start=1)]
    first, copy = await ingest.service.accept(rows)
    assert copy.article_id == first.article_id
    assert ingest.published == [(first.article_id, 1)]


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "https://herald.example/bridge"},
        {"url": SECOND, "title": "Bridge open"},
        {"url": SECOND, "text": TEXT},
        {"url": SECOND, "publisher": "Riverton Herald"},
    ],
)
async def test_another_publisher_title_or_text_is_another_article(ingest: Ingest, fields: dict[str, str]) -> None:
    first = await ingest.send(FIRST)
    assert (await ingest.send(**fields)).article_id != first.article_id


async def test_short_texts_may_stand_at_several_addresses(ingest: Ingest) -> None:
    short = "The bridge is closed today, the council of the city said on its page for drivers."
    first = await ingest.send(FIRST, short)
    assert (await ingest.send(SECOND, short)).article_id != first.article_id


async def test_an_address_whose_text_parts_from_the_other_becomes_an_article_of_its_own(ingest: Ingest) -> None:
    first = await ingest.send(FIRST)
    await ingest.send(SECOND)
    own = await ingest.send(SECOND, LONGER)
    assert own.article_id != first.article_id
    assert own.revision == 1
    # And stays one, whatever it says later.
    again = await ingest.send(SECOND)
    assert (again.article_id, again.revision) == (own.article_id, 2)


async def test_an_old_copy_does_not_take_a_revision_back(ingest: Ingest) -> None:
    first = await ingest.send(FIRST)
    await ingest.send(SECOND)
    changed = await ingest.send(FIRST, LONGER)
    old = await ingest.send(SECOND)
    assert (old.article_id, old.revision) == (first.article_id, changed.revision)
    assert ingest.published == [(first.article_id, 1), (first.article_id, 2)]


async def test_a_copy_that_follows_its_article_stays_a_copy(ingest: Ingest) -> None:
    await ingest.send(FIRST)
    await ingest.send(SECOND)
    changed = await ingest.send(FIRST, LONGER)
    assert (await ingest.send(SECOND, LONGER)).article_id == changed.article_id


@pytest.mark.parametrize("text", [LONG, "The Courier has withdrawn this report."])
async def test_a_withdrawal_at_one_address_withdraws_the_article(ingest: Ingest, text: str) -> None:
    first = await ingest.send(FIRST)
    await ingest.send(SECOND)
    withdrawn = await ingest.send(SECOND, text, status="withdrawn")
    assert (withdrawn.article_id, withdrawn.revision) == (first.article_id, 2)
    assert ingest.publisher.articles[-1].status is ArticleStatus.WITHDRAWN
    # The other address, read again, does not bring it back.
    await ingest.send(SECOND)
    assert ingest.published == [(first.article_id, 1), (first.article_id, 2)]


async def test_a_correction_that_keeps_the_text_is_told_once(ingest: Ingest) -> None:
    first = await ingest.send(FIRST)
    await ingest.send(SECOND, status="corrected")
    await ingest.send(SECOND, status="corrected")
    assert ingest.published == [(first.article_id, 1), (first.article_id, 2)]


async def test_a_copy_that_comes_before_the_article_was_acknowledged_is_that_article(ingest: Ingest) -> None:
    ingest.publisher.down = True
    with pytest.raises(TransientError):
        await ingest.send(FIRST)
    ingest.publisher.down = False
    copy = await ingest.send(SECOND)
    again = await ingest.send(FIRST)
    assert copy.article_id == again.article_id
    assert set(ingest.published) == {(copy.article_id, 1)}


async def test_an_article_without_an_address_and_its_page_are_one(ingest: Ingest) -> None:
    pasted = await ingest.send(None, publisher="courier.example")
    assert (await ingest.send(FIRST)).article_id == pasted.article_id


async def test_a_revision_says_what_it_changed(ingest: Ingest) -> None:
    assert (await ingest.send(FIRST)).changed == ()
    assert (await ingest.send(FIRST, LONGER)).changed == ("text",)
    assert (await ingest.send(FIRST, LONGER, title="Bridge open")).changed == ("title",)
    assert (await ingest.send(FIRST, LONG, title="Bridge", status="corrected")).changed == ("title", "text", "status")
    assert (await ingest.send(FIRST, LONG, title="Bridge", status="corrected")).changed == ("title", "text", "status")


class Killed(Exception):  # noqa: N818 - a fact about the process
    """The process ended here."""


class EndingRecords(FakeRecords):
    """Ends the process at one call, before or after it took effect."""

    def __init__(self) -> None:
        super().__init__()
        self.end: tuple[str, str] | None = None

    async def claim(self, texts: Mapping[str, str]) -> dict[str, str]:
        self._maybe_end("before", "claim")
        owners = await super().claim(texts)
        self._maybe_end("after", "claim")
        return owners

    async def put(self, records: Mapping[str, Record]) -> None:
        self._maybe_end("before", "put")
        await super().put(records)
        self._maybe_end("after", "put")

    def _maybe_end(self, when: str, call: str) -> None:
        if self.end == (when, call):
            raise Killed


@pytest.mark.parametrize("end", [("before", "claim"), ("after", "claim"), ("before", "put"), ("after", "put")])
@pytest.mark.parametrize("later", [[FIRST, SECOND], [SECOND, FIRST], [SECOND, SECOND, FIRST, FIRST]])
async def test_whenever_the_process_ends_one_text_is_published_under_one_id(
    end: tuple[str, str], later: list[str]
) -> None:
    ingest = Ingest(EndingRecords())
    assert isinstance(ingest.records, EndingRecords)
    ingest.records.end = end
    with pytest.raises(Killed):
        await ingest.send(FIRST)
    ingest.records.end = None
    answers = {(article.article_id, article.revision) for article in [await ingest.send(url) for url in later]}
    assert len(answers) == 1
    assert set(ingest.published) == answers
