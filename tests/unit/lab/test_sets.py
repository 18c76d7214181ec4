"""Sets of siblings: when one is right, and how other articles are laid around it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lab.events.sets import is_right, laid_into_week, read_sets
from services.contracts.article import Article, ArticleInput, InputKind

NOBODY: frozenset[str] = frozenset()
SIBLINGS = Path(__file__).parents[2] / "data" / "siblings"


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


@pytest.mark.parametrize("half", ["tune", "held-out"])
def test_every_set_of_siblings_can_be_read(half: str) -> None:
    sets = read_sets(str(SIBLINGS / f"{half}.jsonl"))
    assert len(sets) >= 35
    assert {len(rows) for rows in sets.values()} <= set(range(3, 7))
    whole = [rows for rows in sets.values() if len({row.group for row in rows}) == 1]
    assert len(whole) >= len(sets) / 4, "too few sets that are to stay one event"
