from collections import Counter

import numpy as np

from services.dedupe.signals.terms import BODY_TERMS, TermStatistics, count_terms, hash_term, select_heaviest_terms

NOTHING_KNOWN = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 100)


def test_term_ids_never_change() -> None:
    # They are in the shipped statistics: another value here would make that file worthless.
    assert [hash_term("ferry"), hash_term("bow door")] == [752729886, 910899189]


def test_counts_hold_words_and_pairs_of_neighbours() -> None:
    counts = count_terms("ferry sank ferry")
    assert counts == Counter(
        {hash_term("ferry"): 2, hash_term("sank"): 1, hash_term("ferry sank"): 1, hash_term("sank ferry"): 1}
    )


def test_the_heaviest_terms_are_kept_those_of_the_title_first() -> None:
    rare = " ".join(f"word{number}x" for number in range(1000))
    terms = select_heaviest_terms("The ferry", rare, NOTHING_KNOWN)
    assert len(terms.ids) == BODY_TERMS
    assert {hash_term("the"), hash_term("ferry"), hash_term("the ferry")} <= set(terms.ids.tolist())
    assert set(terms.ids[terms.in_title].tolist()) == {hash_term("the"), hash_term("ferry"), hash_term("the ferry")}
    assert (np.diff(terms.ids.astype(np.int64)) > 0).all()


def test_an_article_without_words_has_no_terms() -> None:
    assert len(select_heaviest_terms(None, "?", NOTHING_KNOWN).ids) == 0


def test_the_shipped_statistics_know_english() -> None:
    statistics = TermStatistics.load_bundled()
    common, rare = statistics.idf(np.array([hash_term("the"), hash_term("solvane")], np.uint32))
    assert common < 1.1
    assert rare > 9
