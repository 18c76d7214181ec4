import random
from collections.abc import Sequence
from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.dedupe.clustering import division
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.division import DivisionFinder, find_division
from services.dedupe.clustering.lineage import build_lineage_entries
from services.dedupe.clustering.nearest import build_nearest_event_after_move
from services.dedupe.clustering.partition import Partition
from services.dedupe.clustering.repair import RepairKind, RepairStep, regroup_partition_around
from services.dedupe.signals.article_rows import Rows, build_rows
from services.dedupe.signals.article_signals import ArticleSignals, compute_article_signals
from services.dedupe.signals.background_corpus import TYPICAL
from services.dedupe.signals.terms import TermStatistics

NOTHING = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)
COAST = "An earthquake shook the coast on Monday, houses fell, people ran into the streets and rescuers dug."
NORTH = ("Ovalle", "magnitude six", "adobe walls", "Mayor Quinteros", "schools shut", "Limari valley")
SOUTH = ("Lebu", "magnitude seven", "tsunami wave", "Governor Saldias", "harbour flooded", "fishing fleet")
MODEL = "test@1"


def report(number: int, said: Sequence[str], direction: int) -> ArticleSignals:
    """A report of what all say of the coast, of four of the things said of one quake, and of something of its own."""
    chance = random.Random(number)
    lead = np.zeros(16, np.float32)
    lead[0], lead[direction], lead[3 + number % 12] = 1.0, 0.8, 0.4
    return compute_article_signals(
        lead / np.sqrt(np.sum(lead * lead)),
        TYPICAL,
        NOTHING,
        title_vector=None,
        title=None,
        text=f"{COAST} {' . '.join(chance.sample(said, 4))} . word{number} other{number}",
        published_at=None,
    )


def two_quakes(reports: int = 4) -> Rows:
    north = [report(number, NORTH, 1) for number in range(reports)]
    return build_rows([*north, *(report(number, SOUTH, 2) for number in range(reports, 2 * reports))])


def one_by_one(rows: Rows) -> list[list[int]]:
    return [[place] for place in range(len(rows))]


def test_a_group_that_tells_of_two_quakes_on_one_coast_falls_into_both() -> None:
    rows = two_quakes()
    found = find_division(rows, one_by_one(rows))
    assert found is not None
    assert found.sides == ((0, 1, 2, 3), (4, 5, 6, 7))
    assert found.across < 0.3 * found.within


@settings(deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_the_articles_decides_nothing(order: list[int]) -> None:
    found = find_division(two_quakes()[order], one_by_one(two_quakes()))
    assert found is not None
    assert {frozenset(order[place] for place in side) for side in found.sides} == {
        frozenset(range(4)),
        frozenset(range(4, 8)),
    }


def test_reports_of_one_quake_are_not_divided() -> None:
    rows = build_rows([report(number, NORTH, 1) for number in range(8)])
    assert find_division(rows, one_by_one(rows)) is None


def test_other_words_divide_no_group_whose_openings_are_alike() -> None:
    sides = [*(report(number, NORTH, 1) for number in range(4)), *(report(number, SOUTH, 1) for number in range(4, 8))]
    rows = build_rows(sides)
    assert find_division(rows, one_by_one(rows)) is None


def test_one_article_is_no_side_of_its_own() -> None:
    rows = build_rows([*(report(number, NORTH, 1) for number in range(4)), report(4, SOUTH, 2)])
    assert find_division(rows, one_by_one(rows)) is None


def test_a_group_too_small_to_show_anything_is_not_divided() -> None:
    rows = two_quakes()[[0, 1, 4]]
    assert find_division(rows, one_by_one(rows)) is None


def test_what_stays_together_is_not_divided() -> None:
    rows = two_quakes()
    found = find_division(rows, [[0, 1, 2], [3], [4, 5], [6], [7]])
    assert found is not None
    assert found.sides == ((0, 1), (2, 3, 4))
    assert find_division(rows, [[0, 1, 4, 5], [2, 3, 6, 7]]) is None


@pytest.mark.parametrize("seed", range(5))
def test_articles_that_all_fit_together_become_two_events_where_words_divide_them(seed: int) -> None:
    rows, ids = two_quakes(), [f"a{number}" for number in range(8)]
    partition = Partition(Decision.load_bundled(), lambda _: 0, lambda wanted: rows[[ids.index(one) for one in wanted]])
    numbers = count()
    steps: list[RepairStep] = []

    def found(_: str = "") -> str:
        return f"e{next(numbers)}"

    order = random.Random(seed).sample(ids, len(ids))
    for at, article in enumerate(order):
        near = dict.fromkeys(order[:at], (3.0, 0.0))
        ranked = partition.rank_events_by_affinity(article, None, MODEL, dict.fromkeys(near, 0.95))
        partition.add_article(article, ranked[0][1] if ranked else found(), None, MODEL, near)
        steps += regroup_partition_around(partition, article, lambda event: int(event[1:]), found)
    events = {frozenset(partition.member_ids(partition.event_id_of(article))) for article in ids}
    assert events == {frozenset(ids[:4]), frozenset(ids[4:])}
    assert any(step.division is not None for step in steps)


def test_what_is_told_of_a_division_is_what_it_was_decided_by() -> None:
    rows = two_quakes()
    division = find_division(rows, one_by_one(rows))
    step = RepairStep(RepairKind.SPLIT, ("art_1", "art_2"), "evt_old", "evt_new", 0.9, 0.9, division)
    left, right = build_lineage_entries(step, "art_2", 0.27)
    for entry in (left, right):
        assert "some of the articles share words that the others lack" in entry.reason
        assert "is needed" not in entry.reason
    nearest = build_nearest_event_after_move(step, 0.27)
    assert nearest is not None
    assert nearest.against == "division"


def test_articles_of_big_events_that_are_not_listed_keep_to_their_side() -> None:
    rows, ids = two_quakes(20), [f"a{number:02}" for number in range(40)]
    partition = Partition(Decision.load_bundled(), lambda _: 0, lambda wanted: rows[[ids.index(one) for one in wanted]])
    for at, article in enumerate(ids):
        partition.add_article(article, f"e{at // 20}", None, MODEL, dict.fromkeys(ids[:at], (3.0, 0.0)))
    assert regroup_partition_around(partition, "a00", lambda event: int(event[1:]), lambda _: "e2") == []


def test_an_article_that_comes_again_with_other_words_is_looked_at_anew() -> None:
    rows, asked = two_quakes(), []

    def find_rows(wanted: Sequence[str]) -> Rows:
        asked.append(wanted)
        return rows

    finder = DivisionFinder(find_rows)
    parts = [[f"a{place}"] for place in range(8)]
    first = finder.find(parts)
    assert finder.find(parts) == first
    assert len(asked) == 1
    rows = build_rows([report(number, NORTH, 1) for number in range(8)])
    finder.forget_all()
    assert finder.find(parts) is None


def test_short_texts_are_divided_only_where_the_line_is_clearer(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = two_quakes()
    found = find_division(rows, one_by_one(rows))
    assert found is not None
    monkeypatch.setattr(division, "MOST_ACROSS_OF_SHORT", 0.9 * found.across / found.within)
    longest = int(rows["terms"].max())
    monkeypatch.setattr(division, "FEWEST_TERMS", longest + 1)
    assert find_division(rows, one_by_one(rows)) is None
    monkeypatch.setattr(division, "FEWEST_TERMS", longest // 2)
    assert find_division(rows, one_by_one(rows)) == found
