"""What sentences and speakers keep two claims of one event apart, however similar the claims are."""

from math import log

import numpy as np
import pytest

from services.contracts.base import Span
from services.contracts.claim import ClaimKind
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.claim_similarity import ClaimSimilarity, attributes_one_sentence_to_two_names
from services.dedupe.merging.claims.pair_features import FEATURES
from services.dedupe.merging.claims.pair_model import PairModel
from services.dedupe.merging.claims.pair_verdicts import TOGETHER
from services.dedupe.merging.claims.report import Report
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report


def said(outlet: str, sentence: str, words: str, speaker: str | None = None) -> Report:
    """A claim inside the one sentence of an article."""
    article = make_article(outlet, sentence)
    claim = make_claim(article, words, kind=ClaimKind.STATEMENT, speaker=speaker)
    claim = claim.model_copy(update={"sentence": Span(start=0, end=len(article.text))})
    return make_report(article, f"org_{outlet}", claim, round_to_whole_numbers(direction(1)))


def test_one_claim_of_two_shares_of_those_asked_is_two_claims() -> None:
    told = "Some {} percent of those asked by the Tarn Post said the toll should go."
    words = "the toll should go"
    one, other = (said(outlet, told.format(share), words) for outlet, share in (("post", 36), ("herald", 84)))
    assert ClaimSimilarity().has_merge_veto(one, other)
    assert not ClaimSimilarity().has_merge_veto(one, said("courier", told.format(36) + " It may.", words))


def test_one_sentence_signed_by_two_names_is_two_claims() -> None:
    told = "The harm to the quay was slight, and nobody was hurt, {} said."
    words = "The harm to the quay was slight, and nobody was hurt"
    rovik, danz = (said(name, told.format(name), words, name) for name in ("Rovik", "Danz"))
    assert attributes_one_sentence_to_two_names(rovik, danz)
    assert not attributes_one_sentence_to_two_names(
        rovik, said("chief", told.format("the harbour chief"), words, "the harbour chief")
    )


def quoted(outlet: str, words: str) -> Report:
    """A quotation in an article with three sentences of one speech."""
    text = (
        '"The gates held all night," Lena Voskamp said. "The gates held the whole night long. '
        'We shall build a higher weir before the winter comes. Nobody likes rivers."'
    )
    article = make_article(outlet, text)
    claim = make_claim(article, words, kind=ClaimKind.QUOTATION, speaker="Lena Voskamp")
    return make_report(article, f"org_{outlet}", claim, round_to_whole_numbers(direction(1)))


def test_two_sentences_that_one_article_quotes_are_two_claims_unless_one_has_the_words_of_the_other() -> None:
    similarity = ClaimSimilarity()
    held, again = "The gates held all night", "The gates held the whole night long"
    weir = "We shall build a higher weir before the winter comes"
    assert similarity.fails_quick_merge_check(quoted("herald", held), quoted("herald", weir))
    assert similarity.fails_quick_merge_check(quoted("herald", "Nobody likes rivers"), quoted("herald", weir))
    assert not similarity.fails_quick_merge_check(quoted("herald", held), quoted("post", weir))
    assert not similarity.fails_quick_merge_check(quoted("herald", held), quoted("herald", again))


def model_that_gives(probability: float) -> PairModel:
    """A model that finds every pair equally probable."""
    features = len(FEATURES)
    none = np.zeros(features + features * (features + 1) // 2)
    return PairModel(np.zeros(features), np.ones(features), none, log(probability / (1 - probability)))


def test_claims_of_two_sources_or_of_outlets_must_be_more_alike_to_be_one_than_those_of_one_source() -> None:
    words = "the bridge will open in May"
    told = f"After the repair {words}."
    similarity = ClaimSimilarity(model_that_gives(0.7))

    def probability(speaker: str | None, other_speaker: str | None) -> float:
        pair = said("post", told, words, speaker), said("herald", told, words, other_speaker)
        return similarity.same_claim_probability(*pair, (0, 0))

    assert probability("Lena Voskamp", "Lena Voskamp") == pytest.approx(0.7)
    assert probability("Ada Reyl", "Ivo Danz") < TOGETHER < 0.7
    assert probability("Ada Reyl", None) < TOGETHER
    assert probability(None, None) < TOGETHER
