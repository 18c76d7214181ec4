from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.article import Article, ArticleInput, InputKind
from services.ingest.copies import number
from services.ingest.record import Record

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)


def drafts(said: str, hours: int = 0) -> list[Article]:
    """A revision of one article for each letter: what it says."""
    return [
        Article(
            article_id="art_1",
            revision=1,
            text=letter,
            content_hash=letter,
            fetched_at=NOON + timedelta(hours=hours),
            input=ArticleInput(kind=InputKind.PUSH),
        )
        for letter in said
    ]


def number_revisions(revisions: list[Article], previous: Record | None) -> tuple[list[Article], Record]:
    """What a request brings of one article, and what is remembered of it."""
    numbered, records = number(revisions, {"art_1": previous} if previous else {}, {})
    assert all(one.is_published for one in numbered)
    return [one.article for one in numbered], records["art_1"]


def numbers(requests: list[str]) -> list[list[int]]:
    """The numbers of the revisions that requests, one after the other, bring."""
    record: Record | None = None
    told = []
    for hours, said in enumerate(requests):
        articles, record = number_revisions(drafts(said, hours), record)
        told.append([article.revision for article in articles])
    return told


@pytest.mark.parametrize(
    ("requests", "expected"),
    [
        (["A", "A", "B", "B", "A"], [[1], [1], [2], [2], [3]]),
        (["ABBC"], [[1, 2, 2, 3]]),
        (["AB", "AB"], [[1, 2], [1, 2]]),
        (["A", "AB", "AB"], [[1], [1, 2], [1, 2]]),
        (["ABA", "ABA", "ABA"], [[1, 2, 3]] * 3),
        (["AABB", "AB"], [[1, 1, 2, 2], [1, 2]]),
        (["AB", "B", "AB"], [[1, 2], [2], [3, 4]]),
        (["AB", "A"], [[1, 2], [3]]),
        (["AB", "ABC"], [[1, 2], [3, 4, 5]]),
        (["AB", "BA"], [[1, 2], [2, 3]]),
    ],
)
def test_a_request_that_comes_again_brings_the_same_revisions(requests: list[str], expected: list[list[int]]) -> None:
    assert numbers(requests) == expected


@given(st.lists(st.text("ABC", min_size=1, max_size=5), min_size=1, max_size=4))
def test_whatever_came_before_the_same_request_again_publishes_the_same_messages(requests: list[str]) -> None:
    record: Record | None = None
    for hours, said in enumerate(requests):
        articles, record = number_revisions(drafts(said, hours), record)
        again, same = number_revisions(drafts(said, hours + 90), record)
        assert (again, same) == (articles, record)
    revisions = [number for told in numbers(requests) for number in told]
    assert set(revisions) == set(range(1, max(revisions) + 1))


def test_a_record_of_before_is_read() -> None:
    old = '{"revision": 3, "content_hash": "A", "status": "usable", "fetched_at": "2031-03-03T12:00:00Z"}'
    (article,), record = number_revisions(drafts("A", hours=5), Record.model_validate_json(old))
    assert (article.revision, article.fetched_at, record.before) == (3, NOON, ())
