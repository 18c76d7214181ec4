from hypothesis import given
from hypothesis import strategies as st

from services.dedupe.clustering.groups import EventRemainder, Group
from services.dedupe.clustering.sampling import sample_ids_around

ids = st.sets(st.text("abcdef0123456789", min_size=4, max_size=4), min_size=1, max_size=40).map(sorted)


def test_the_ids_on_both_sides_of_an_article_are_its_sample() -> None:
    ordered = [f"a{number}" for number in range(10)]
    assert set(sample_ids_around(ordered, "a5", 4)) == {"a6", "a4", "a7", "a3"}


def test_the_first_id_stands_next_to_the_last() -> None:
    assert sorted(sample_ids_around([f"a{number}" for number in range(10)], "a0", 4)) == ["a1", "a2", "a8", "a9"]


@given(ids, st.text("abcdef0123456789", min_size=4, max_size=4))
def test_a_sample_as_large_as_the_event_holds_every_other_article_once(ordered: list[str], article: str) -> None:
    assert sorted(sample_ids_around(ordered, article, 100)) == [other for other in ordered if other != article]


@given(ids, st.integers(1, 8), st.data())
def test_articles_that_stay_neighbours_by_id_are_in_the_samples_of_each_other(
    ordered: list[str], most: int, data: st.DataObject
) -> None:
    """Whichever of two comes later is compared with the other, however many come in between elsewhere."""
    article = data.draw(st.sampled_from(ordered))
    for other in sample_ids_around(ordered, article, 2 * most):
        assert article in set(sample_ids_around(ordered, other, 2 * most + 1))


def test_a_rest_lists_its_event_without_the_articles_that_are_grouped_one_by_one() -> None:
    rest = EventRemainder("e1", ("a1", "a2", "a3", "a4"), ("a2",), 3)
    group = Group(("a0",)).joined_with(Group((), (rest,)), 0.5)
    assert list(group) == ["a0", "a1", "a3", "a4"]
    assert len(group) == 4
    assert group.joined == 0.5
    assert sorted(group.sample_ids_around("a2", 2)) == ["a1", "a3"]
