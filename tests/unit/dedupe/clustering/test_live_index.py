import numpy as np
import pytest

from services.dedupe.clustering.cells import VectorCells
from services.dedupe.clustering.live_article import signals_of_embedded_article
from services.dedupe.clustering.live_index import LiveIndex
from services.dedupe.signals.article_rows import Rows, build_row
from services.dedupe.signals.terms import TermStatistics
from tests.support.dedupe_articles import direction, embed, make_article

STATISTICS = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 100)


def signals(seed: int, *, days: float | None = 0.0, near: int = 1) -> Rows:
    article = make_article(f"outlet{seed}", f"text {seed}", days=days)
    return build_row(signals_of_embedded_article(embed(article, direction(seed, direction(near))), STATISTICS))


def neighbours(index: LiveIndex, model: str, row: Rows, most: int = 64) -> set[str]:
    table = index.find_table(model)
    return (
        set()
        if table is None
        else {table.article_id_at(slot) for slot in table.find_neighbour_slots(row, 0.3, 7.5, most)}
    )


def test_neighbours_are_the_same_whatever_the_slots() -> None:
    entries = {f"art_{seed:02}": signals(seed) for seed in range(2, 42)}
    one, other = LiveIndex(4), LiveIndex(4)
    for key, value in entries.items():
        one.add_article(key, "m", value)
    for key in reversed(entries):
        other.add_article("passing", "m", signals(99))
        other.add_article(key, "m", entries[key])
        other.remove_article("passing")
    query = signals(50)
    found = neighbours(one, "m", query)
    assert found == neighbours(other, "m", query)
    assert len(found) == 40


def test_articles_out_of_reach_in_time_are_no_neighbours_but_undated_ones_are() -> None:
    index = LiveIndex(4)
    index.add_article("near", "m", signals(2, days=3))
    index.add_article("far", "m", signals(3, days=9))
    index.add_article("undated", "m", signals(4, days=None))
    found = neighbours(index, "m", signals(5))
    assert found == {"near", "undated"}
    assert len(neighbours(index, "m", signals(6, days=None))) == 3


def test_vectors_of_another_model_are_never_compared() -> None:
    index = LiveIndex(4)
    index.add_article("old", "m1", signals(2))
    assert neighbours(index, "m2", signals(3)) == set()
    assert neighbours(index, "m1", signals(3)) != set()


def test_density_counts_the_articles_of_the_days_before_and_all_live_ones() -> None:
    index = LiveIndex(4)
    for seed, days in enumerate((0.0, 2.0, 6.0, None), start=2):
        index.add_article(f"art_{seed}", "m", signals(seed, days=days))
    density = index.density_until(float(signals(9, days=1)["day"][0]))
    assert (density.near, density.live) == (1, 4)
    assert index.density_until(None).near == 0


def test_a_vector_of_another_length_is_refused_but_for_another_model() -> None:
    index = LiveIndex(4)
    index.add_article("a", "m", signals(2))
    wide = build_row(
        signals_of_embedded_article(embed(make_article("b", "text"), np.eye(20, dtype=np.float32)[0]), STATISTICS)
    )
    with pytest.raises(ValueError, match="20 dimensions"):
        index.add_article("b", "m", wide)
    index.add_article("b", "another", wide)
    assert len(index) == 2


def test_a_removed_article_is_no_neighbour() -> None:
    index = LiveIndex(4)
    index.add_article("a", "m", signals(2))
    index.add_article("b", "m", signals(3))
    index.remove_article("a")
    assert neighbours(index, "m", signals(4)) == {"b"}


def test_a_search_of_cells_is_the_same_whatever_the_slots_and_finds_the_most_similar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("services.dedupe.clustering.vector_search.SEARCHED_WHOLE", 20)
    monkeypatch.setattr("services.dedupe.clustering.vector_search.SEARCHED_AT_LEAST", 300)
    cells = VectorCells(np.stack([direction(seed) for seed in range(30)]))
    entries = {f"art_{seed:04}": signals(seed, near=seed % 7) for seed in range(2, 602)}
    one, other = LiveIndex(4, cells), LiveIndex(4, cells)
    for key, value in entries.items():
        one.add_article(key, "m", value)
    for key in reversed(entries):
        other.add_article(f"passing {key}", "m", entries[key])
        other.add_article(key, "m", entries[key])
        other.remove_article(f"passing {key}")
    whole = LiveIndex(4)
    for key, value in entries.items():
        whole.add_article(key, "m", value)
    for seed in range(1000, 1010):
        query = signals(seed, near=seed % 7)
        found = neighbours(one, "m", query, 10)
        assert found == neighbours(other, "m", query, 10)
        assert found == neighbours(whole, "m", query, 10)
