import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dedupe.clustering.competitors import (
    SHARED,
    ArticlePartners,
    adjust_for_competition,
    strongest_competition,
)

chances = st.floats(0, 1)


def test_a_better_partner_that_is_unlike_the_other_side_speaks_against_a_pair() -> None:
    mine = ArticlePartners({"b": 0.4, "c": 0.9})
    assert strongest_competition(0.4, mine, ArticlePartners({"c": 0.0}), "b") == pytest.approx(0.5)


def test_a_third_article_of_both_is_no_competitor() -> None:
    mine = ArticlePartners({"b": 0.4, "c": 0.9})
    assert strongest_competition(0.4, mine, ArticlePartners({"c": 0.6}), "b") == 0.0


def test_a_less_probable_partner_is_no_competitor() -> None:
    assert strongest_competition(0.8, ArticlePartners({"b": 0.8, "c": 0.7}), ArticlePartners({}), "b") == 0.0


@given(chances, chances, chances, chances)
def test_more_probable_pairs_stay_more_probable_and_competitors_only_take(
    one: float, other: float, less: float, more: float
) -> None:
    low, high = sorted((one, other))
    few, many = sorted((less, more))
    assert adjust_for_competition(low, few) <= adjust_for_competition(high, few)
    assert adjust_for_competition(low, many) <= adjust_for_competition(low, few)


@given(st.dictionaries(st.sampled_from("bcdefg"), chances), st.dictionaries(st.sampled_from("cdefg"), chances), chances)
def test_competition_lies_between_none_and_all(near: dict[str, float], theirs: dict[str, float], value: float) -> None:
    assert 0 <= strongest_competition(value, ArticlePartners(near), ArticlePartners(theirs), "b") <= 1


pairs = st.dictionaries(st.sampled_from("cdefghijklmnop"), st.one_of(chances, st.sampled_from((0.9, 0.95))))


@given(pairs, pairs, chances)
def test_however_many_partners_both_sides_share_the_strongest_competitor_is_found(
    near: dict[str, float], theirs: dict[str, float], value: float
) -> None:
    strengths = [
        (each - value) * max(0.0, 1 - theirs.get(third, 0.0) / SHARED) for third, each in near.items() if each > 0.05
    ]
    assert strongest_competition(value, ArticlePartners(near), ArticlePartners(theirs), "b") == max(
        0.0, *strengths, 0.0
    )
