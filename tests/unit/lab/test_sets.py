"""Sets of siblings: when one is right, and how other articles are laid around it."""

from datetime import UTC, datetime

import pytest

from lab.events.sets import is_right, laid_into_week
from services.contracts.article import Article, ArticleInput, InputKind

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("groups", "events", "right"),
    [
        (["quake", "flood"], ["e1", "e2"], True),
        (["quake", "flood"], ["e1", "e1"], False),
        (["quake", "quake"], ["e1", "e2"], False),
        (["quake", "quake", "flood"], ["e1", "e1", "e2"], True),
    ],
)
def test_a_set_is_right_when_groups_and_events_are_the_same(groups: list[str], events: list[str], right: bool) -> None:
    assert is_right(groups, events, NOBODY) is right


def test_a_round_up_may_stand_in_one_of_the_events_that_it_tells_of() -> None:
    groups = ["letter", "quake", "flood"]
    assert is_right(groups, ["e1", "e1", "e2"], frozenset({"letter"}))
    assert not is_right(groups, ["e1", "e1", "e1"], frozenset({"letter"}))


def test_articles_are_moved_by_whole_weeks() -> None:
    wednesday = datetime(2019, 5, 8, 14, 30, tzinfo=UTC)
    article = Article(
        article_id="a",
        revision=1,
        text="The quay was closed.",
        published_at=wednesday,
        fetched_at=wednesday,
        content_hash="0",
        input=ArticleInput(kind=InputKind.FILE),
    )
    friday = datetime(2026, 3, 6, 8, tzinfo=UTC)
    [moved] = laid_into_week([article], friday)
    assert moved.published_at == datetime(2026, 3, 4, 14, 30, tzinfo=UTC)
