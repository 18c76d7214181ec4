import numpy as np
import pytest

from services.contracts.claim import ClaimKind
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.claim_similarity import ClaimSimilarity
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.pair_features import FEATURES, compute_pair_features
from services.dedupe.merging.claims.pair_model import PairModel, load_pair_model, with_pairwise_products
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.similarity_ranks import SimilarityRanks
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

WORDS = "The sluice was left open all night and nobody in the village was told"


def told(outlet: str, text: str, *, speaker: str | None = None, near: int = 1, quoted: bool = False) -> Report:
    article = make_article(outlet, f"\u201c{text}\u201d, it was said." if quoted else f"{text}.")
    kind = ClaimKind.QUOTATION if quoted else ClaimKind.STATEMENT
    claim = make_claim(article, text, kind=kind, speaker=speaker, quoted=text if quoted else None)
    return make_report(article, f"org_{outlet}", claim, round_to_whole_numbers(direction(near)))


def test_features_of_a_pair_are_the_same_whichever_comes_first() -> None:
    one = told("herald", "The dam burst on Monday and 12 homes were lost", speaker="Ada Reyl")
    other = told("post", "Twelve homes were lost when the dam burst", near=2)
    assert np.array_equal(compute_pair_features(one, other, (3, 0)), compute_pair_features(other, one, (0, 3)))
    assert compute_pair_features(one, other, (0, 0)).shape == (len(FEATURES),)


def test_a_rewording_is_more_probable_than_another_statement_of_the_same_speaker() -> None:
    similarity = ClaimSimilarity()
    one = told("herald", "The dam burst on Monday and the village was flooded", speaker="Ada Reyl")
    reworded = told("post", "The village was flooded when the dam burst on Monday", speaker="Ada Reyl")
    another = told("courier", "The council will meet the insurers in spring", speaker="Ada Reyl", near=40)
    assert similarity.same_claim_probability(one, reworded, (0, 0)) > 0.8
    assert similarity.same_claim_probability(one, another, (4, 4)) < 0.2


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match=r"lab\.merging\.weights"):
        PairModel.from_json({"features": ["cosine"], "means": [], "scales": [], "coefficients": [], "intercept": 0})


def test_the_shipped_weights_are_for_all_features_and_their_products() -> None:
    model = load_pair_model()
    assert model.coefficients.shape == with_pairwise_products(np.zeros(len(FEATURES))).shape
    assert np.isfinite(model.coefficients).all()


def test_a_rank_counts_the_claims_of_the_other_s_article_that_are_more_similar() -> None:
    one = told("herald", WORDS, near=1)
    article = make_article("post", "The gate was shut. The mayor slept. The river rose.")
    others = [
        make_report(article, "org_post", make_claim(article, text), round_to_whole_numbers(vector))
        for text, vector in (
            ("The gate was shut", direction(1)),
            ("The mayor slept", direction(2, direction(1), spread=0.5)),
            ("The river rose", direction(3)),
        )
    ]
    ranks = SimilarityRanks([one, *others])
    assert [ranks.compute_ranks(one, other)[0] for other in others] == [0, 1, 2]
    assert [ranks.compute_ranks(one, other)[1] for other in others] == [0, 0, 0]
    assert ranks.compute_ranks(others[0], others[1]) == (0, 0)  # of its own article it does not count itself


def called(quotation: Report, surface: str) -> Report:
    """The same quotation, its speaker written otherwise."""
    speaker = quotation.claim.speaker
    assert speaker is not None
    claim = quotation.claim.model_copy(update={"speaker": speaker.model_copy(update={"surface": surface})})
    return make_report(quotation.article, quotation.origin_id, claim, quotation.vector)


def test_a_long_quotation_is_one_unless_two_persons_are_named_beside_it() -> None:
    one = called(told("herald", WORDS, speaker="Ada Reyl", quoted=True), "Ada Reyl")
    other = told("post", WORDS, speaker="Greta Hallorin", quoted=True)
    assert len(group_claims([one, called(other, "Greta Hallorin")])) == 2
    assert len(group_claims([one, called(other, "she")])) == 1


def test_a_word_of_a_claim_is_one_with_nothing() -> None:
    assert ClaimSimilarity().fails_quick_merge_check(told("herald", WORDS), told("post", "the sluice"))
