import numpy as np

from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.news_at_large import USUAL, NewsAtLarge
from services.dedupe.signals.terms import TermStatistics, article_terms

NOTHING_KNOWN = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 100)
TEXTS = {"a": "A ferry sank off the quay.", "b": "Rates rose again.", "c": "The ferry left the quay."}
TERMS = {key: article_terms(None, text, NOTHING_KNOWN) for key, text in TEXTS.items()}


def test_what_is_live_weighs_the_same_however_it_came_to_be() -> None:
    there, back = LiveTerms(), LiveTerms()
    for key in "abc":
        there.add(key, TERMS[key])
    back.add("gone", article_terms(None, "Something about a ferry.", NOTHING_KNOWN))
    for key in "cab":
        back.add(key, TERMS[key])
    back.remove("gone")
    for one, other in zip(there.align("a", ["b", "c"]), back.align("a", ["b", "c"]), strict=True):
        assert one.tolist() == other.tolist()


def test_a_term_that_many_live_articles_share_weighs_less() -> None:
    live = LiveTerms()
    for key in "abc":
        live.add(key, TERMS[key])
    before = live.align("a", [])[2]
    for number in range(50):
        live.add(f"more{number}", TERMS["a"])
    assert (live.align("a", [])[2] < before + np.log(6)).all()
    assert live.align("a", [])[2].max() < before.max()


def test_vectors_of_other_models_are_not_held_against_the_background() -> None:
    leads = np.eye(80, dtype=np.float32)
    at_large = NewsAtLarge("model", leads)
    assert at_large.likeness("other@1", leads[0]) == USUAL
    assert at_large.likeness("model@1", leads[0]) != USUAL
    assert at_large.likeness("model@1", np.ones(3, np.float32)) == USUAL
