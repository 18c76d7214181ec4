import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.background_corpus import TYPICAL, BackgroundCorpus
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.terms import TermStatistics, select_heaviest_terms

NOTHING_KNOWN = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 100)
TEXTS = {"a": "A ferry sank off the quay.", "b": "Rates rose again.", "c": "The ferry left the quay."}
TERMS = {key: select_heaviest_terms(None, text, NOTHING_KNOWN).ids for key, text in TEXTS.items()}


def idf(live: LiveTerms, key: str) -> NDArray[np.float32]:
    return live.idf(TERMS[key], np.full(len(TERMS[key]), 90, np.uint8))


def test_what_is_live_weighs_the_same_however_it_came_to_be() -> None:
    there, back = LiveTerms(), LiveTerms()
    for key in "abc":
        there.add_article(TERMS[key])
    gone = select_heaviest_terms(None, "Something about a ferry.", NOTHING_KNOWN).ids
    back.add_article(gone)
    for key in "cab":
        back.add_article(TERMS[key])
    back.remove_article(gone)
    for key in "abc":
        assert idf(there, key).tolist() == idf(back, key).tolist()


def test_a_term_that_many_live_articles_share_weighs_less() -> None:
    live = LiveTerms()
    for key in "abc":
        live.add_article(TERMS[key])
    before = idf(live, "a")
    for _ in range(50):
        live.add_article(TERMS["a"])
    assert (idf(live, "a") < before).all()
    assert idf(live, "b").max() > before.max()


def test_terms_that_share_a_counter_leave_no_trace() -> None:
    live = LiveTerms(counter_bits=1)
    live.add_article(TERMS["a"])
    live.remove_article(TERMS["a"])
    assert idf(live, "b").tolist() == idf(LiveTerms(), "b").tolist()


def test_vectors_of_other_models_are_not_held_against_the_background() -> None:
    leads = np.eye(80, dtype=np.float32)
    at_large = BackgroundCorpus("model", leads)
    assert at_large.compare_with_background("other@1", leads[0]) == TYPICAL
    assert at_large.compare_with_background("model@1", leads[0]) != TYPICAL
    assert at_large.compare_with_background("model@1", np.ones(3, np.float32)) == TYPICAL
