"""What becomes of a wire's items: identity, versions, embargo, credit."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.contracts.article import Article, ArticleStatus
from services.ingest.build import first_revision
from services.ingest.errors import InvalidSubmission, LeftOut
from services.ingest.handler import SubmissionService
from services.ingest.push.body import Row
from services.ingest.submission import parse_submission
from services.runtime.clock import FixedClock
from tests.unit.ingest.fakes import NOW, FakePublisher, FakeRecords, PagesHere

ITEM = json.loads(Path("tests/data/wires/item2.json").read_text(encoding="utf-8"))


def item(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in (ITEM | changes).items() if value is not None}


def body(text: str) -> list[dict[str, str]]:
    return [{"contenttype": "text/plain", "value": text}]


@pytest.fixture
def publisher() -> FakePublisher:
    return FakePublisher()


@pytest.fixture
def service(publisher: FakePublisher) -> SubmissionService:
    return SubmissionService(publisher, FakeRecords(), FixedClock(NOW), pages=PagesHere(), publish_timeout_seconds=30)


async def send(service: SubmissionService, **changes: Any) -> Article:
    [article] = await service.accept([Row(1, parse_submission(item(**changes)))])
    return article


def test_an_item_of_ninjs_is_a_row_like_any_other() -> None:
    article = first_revision(parse_submission(item()), fetched_at=NOW)
    assert article.publisher.name == "Meridian Press"
    assert article.language == "en"
    assert article.published_offset == 60
    assert article.wire is not None
    assert article.wire.model_dump() == {
        "guid": "urn:meridian.example:item:dam",
        "version": 2,
        "urgency": 2,
        "slug": "DAM-VARN",
        "dateline": None,
    }


def test_the_agencys_credit_goes_before_what_the_text_credits() -> None:
    article = first_revision(parse_submission(item(creditline="Associated Press")), fetched_at=NOW)
    assert article.wire_credit == "AP"
    article = first_revision(parse_submission(item(creditline="Meridian")), fetched_at=NOW)
    assert article.wire_credit == "Meridian"


async def test_versions_of_an_item_are_revisions_of_one_article(service: SubmissionService) -> None:
    first = await send(service, version="1", bodies=body("The dam broke."))
    third = await send(service, version="3", bodies=body("The dam broke. Nine are missing."))
    assert third.article_id == first.article_id
    assert (first.revision, third.revision) == (1, 3)


async def test_a_version_that_was_overtaken_changes_nothing(
    service: SubmissionService, publisher: FakePublisher
) -> None:
    await send(service, version="3", bodies=body("The dam broke. Nine are missing."))
    late = await send(service, version="1", bodies=body("The dam broke."))
    assert late.revision == 3
    assert [article.revision for article in publisher.articles] == [3]


async def test_a_canceled_item_withdraws_its_article(service: SubmissionService, publisher: FakePublisher) -> None:
    await send(service, version="1")
    await send(service, version="2", pubstatus="canceled", bodies=None, ednote="Wrong.")
    assert publisher.articles[-1].status is ArticleStatus.WITHDRAWN
    assert publisher.articles[-1].changed == ("text", "status")
    assert len({article.article_id for article in publisher.articles}) == 1


def test_another_agencys_item_of_one_id_is_another_article() -> None:
    one = first_revision(parse_submission(item()), fetched_at=NOW)
    other = first_revision(parse_submission(item(copyrightholder="Northland News")), fetched_at=NOW)
    assert one.article_id != other.article_id


def test_an_embargo_is_kept_by_the_clock_of_ingest() -> None:
    later = (NOW + timedelta(hours=1)).isoformat()
    with pytest.raises(LeftOut, match=r"embargoed_until: embargoed until 2031-03-03T13:00:00"):
        first_revision(parse_submission(item(embargoed=later)), fetched_at=NOW)
    ended = first_revision(parse_submission(item(embargoed=later)), fetched_at=NOW + timedelta(hours=2))
    assert ended.published_at == datetime(2031, 3, 4, 5, 10, tzinfo=UTC)
    late = (NOW + timedelta(days=2)).isoformat()
    ended = first_revision(parse_submission(item(embargoed=late)), fetched_at=NOW + timedelta(days=3))
    assert ended.published_at == NOW + timedelta(days=2)


def test_a_withheld_item_is_left_out_with_its_reason() -> None:
    with pytest.raises(LeftOut, match="withheld"):
        parse_submission(item(pubstatus="withheld"))


@pytest.mark.parametrize(
    "wire",
    [{"guid": None}, {}, {"guid": "a", "urgency": 12}, {"guid": "a", "version": "3"}, {"guid": "x" * 3000}, "urn:1"],
)
def test_a_wire_that_is_not_valid_is_refused_by_its_field(wire: object) -> None:
    with pytest.raises(InvalidSubmission) as caught:
        parse_submission({"text": "The dam broke.", "wire": wire})
    assert all(fault.field.startswith("wire") for fault in caught.value.errors)
