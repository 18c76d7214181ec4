import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dedupe.live_terms import BACKGROUND_ARTICLES, LiveTerms
from services.dedupe.terms import ArticleTerms

IDF = 9.0


def terms(ids: set[int]) -> ArticleTerms:
    count = len(ids)
    return ArticleTerms(
        ids=np.array(sorted(ids), np.uint32),
        frequencies=np.ones(count, np.float32),
        idf=np.full(count, IDF, np.float32),
        in_title=np.zeros(count, np.bool_),
    )


# Ids that share their high bits share a place in the table of the article in question.
ids = st.sets(st.one_of(st.integers(0, 40), st.integers(0, 2**32 - 1)), max_size=30)


@given(ids, st.lists(ids, max_size=5))
def test_terms_are_found_where_they_are_and_nowhere_else(own: set[int], others: list[set[int]]) -> None:
    live = LiveTerms()
    live.add("own", terms(own))
    for number, other in enumerate(others):
        live.add(str(number), terms(other))
    place, _, _ = live.align("own", [str(number) for number in range(len(others))])
    ranked = sorted(own)
    expected = [ranked.index(term) if term in own else -1 for other in others for term in sorted(other)]
    assert place.tolist() == expected


def test_a_term_is_worth_less_the_more_live_articles_have_it() -> None:
    live = LiveTerms()
    live.add("one", terms({1, 2}))
    live.add("other", terms({2, 3}))
    _, idf, own = live.align("one", ["other"])
    before = BACKGROUND_ARTICLES * np.exp(1 - IDF)
    common, rare = (np.log((2 + BACKGROUND_ARTICLES + 1) / (count + before + 1)) + 1 for count in (2, 1))
    assert idf.tolist() == pytest.approx([common, rare], abs=1e-5)
    assert own.tolist() == pytest.approx([rare, common], abs=1e-5)


@given(st.lists(ids, min_size=2, max_size=8))
def test_answers_do_not_depend_on_the_order_or_on_what_left(articles: list[set[int]]) -> None:
    one, other = LiveTerms(), LiveTerms()
    for number, each in enumerate(articles):
        one.add(str(number), terms(each))
    for number in reversed(range(len(articles))):
        other.add("passing", terms(articles[number]))
        other.add(str(number), terms(articles[number]))
        other.remove("passing")
    names = [str(number) for number in range(1, len(articles))]
    for first, second in zip(one.align("0", names), other.align("0", names), strict=True):
        assert first.tobytes() == second.tobytes()
