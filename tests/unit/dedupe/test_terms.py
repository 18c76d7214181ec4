from collections import Counter

import numpy as np
import pytest

from services.dedupe.terms import (
    EMPTY,
    TermStatistics,
    article_terms,
    contained,
    cosines,
    holding,
    name_counts,
    term_counts,
    term_id,
    weigh,
    words,
)

NOTHING_KNOWN = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 100)


def test_term_ids_never_change() -> None:
    # They are in the shipped statistics: another value here would make that file worthless.
    assert [term_id("ferry"), term_id("bow door")] == [752729886, 910899189]


def test_words_lose_case_possessives_and_plurals() -> None:
    assert words("The Ministry's ferries, 12,000 buses") == ["the", "ministry", "ferry", "12,000", "buse"]


def test_a_straight_and_a_curly_apostrophe_give_the_same_word() -> None:
    assert words("Karvelia\u2019s") == words("Karvelia's") == ["karvelia"]


def test_counts_hold_words_and_pairs_of_neighbours() -> None:
    counts = term_counts("ferry sank ferry")
    assert counts == Counter(
        {term_id("ferry"): 2, term_id("sank"): 1, term_id("ferry sank"): 1, term_id("sank ferry"): 1}
    )


def test_names_are_words_capitalised_inside_a_sentence() -> None:
    counts = name_counts("Officials met Lena Voskamp. Yesterday the Ostrell ferry sank.\nDivers went down.")
    expected = {term_id(name) for name in ("lena", "voskamp", "lena voskamp", "ostrell")}
    assert counts.keys() == expected


def test_a_rare_term_weighs_more_than_a_common_one() -> None:
    common, rare = term_id("said"), term_id("ferry")
    ids = np.array(sorted((common, rare)), np.uint32)
    documents = np.array([90 if one == common else 2 for one in ids], np.uint32)
    statistics = TermStatistics(ids, documents, 100)
    vector = weigh(Counter({common: 1, rare: 1}), statistics, 10)
    weight = dict(zip(vector.ids.tolist(), vector.weights.tolist(), strict=True))
    assert weight[rare] > weight[common] > 0
    assert float(np.sum(vector.weights**2)) == pytest.approx(1)


def test_only_the_heaviest_terms_are_kept() -> None:
    counts = term_counts("ferry ferry ferry quay harbour")
    assert weigh(counts, NOTHING_KNOWN, 1).ids.tolist() == [term_id("ferry")]


def test_a_cosine_does_not_depend_on_the_other_rows() -> None:
    query = article_terms("Ferry sinks", "The ferry sank off the quay.", NOTHING_KNOWN).body
    others = [
        article_terms(None, text, NOTHING_KNOWN).body
        for text in ("A ferry sank.", "Rates rose.", "The ferry left the quay on Tuesday.")
    ]
    together = cosines(query, others)
    assert [float(cosines(query, [one])[0]) for one in others] == together.tolist()
    assert together[1] == 0 < together[0] < 1


def test_empty_vectors_compare_as_nothing_in_common() -> None:
    other = article_terms(None, "A ferry sank.", NOTHING_KNOWN).body
    assert cosines(EMPTY, [other]).tolist() == [0.0]
    assert cosines(other, [EMPTY, other])[0] == 0.0
    assert cosines(other, []).tolist() == []
    assert contained(EMPTY, [other]).tolist() == [0.0]


def test_containment_tells_which_side_holds_which() -> None:
    title = article_terms("Ferry sinks", "x", NOTHING_KNOWN).title
    body = article_terms("Ferry sinks", "The ferry sank off the quay.", NOTHING_KNOWN).body
    assert contained(title, [body])[0] == pytest.approx(1)
    assert holding(body, [title])[0] == pytest.approx(1)
    assert contained(body, [title])[0] < 1


def test_the_shipped_statistics_know_english() -> None:
    statistics = TermStatistics.shipped()
    common, rare = statistics.idf(np.array([term_id("the"), term_id("solvane")], np.uint32))
    assert common < 1.1
    assert rare > 9
