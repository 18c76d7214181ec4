import pytest

from services.contracts.claim import Commitment
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.stance import (
    Stance,
    classify_stance,
    confirms_what_is_left_open,
    find_stance_span,
    read_topic,
)
from tests.support.contradictions import NEAR, OPENING, confirming, reported
from tests.support.dedupe_articles import make_article, make_claim
from tests.support.reports import make_report


def test_a_source_that_cannot_confirm_inside_what_it_says_leaves_open_those_words() -> None:
    claim = "his ministry runs no trains and cannot confirm the alleged crossing, which is for others"
    one = reported("post", claim, commitment=Commitment.DECLINES_TO_CONFIRM, before=OPENING)
    assert classify_stance(one) is Stance.DECLINES
    assert find_stance_span(one).of(one.article.text) == "cannot confirm the alleged crossing"
    assert confirms_what_is_left_open(read_topic(confirming()), read_topic(one))


def test_a_claim_that_holds_its_own_cue_leaves_open_what_follows_it() -> None:
    claim = "The ministry runs no trains and sees no need to confirm the reports"
    told_before = make_article("post", f"{OPENING} {claim}.")
    made = make_claim(told_before, claim, speaker="The ministry", commitment=Commitment.DECLINES_TO_CONFIRM)
    one = make_report(
        told_before, "org_1", made.model_copy(update={"cue": "sees no need to confirm"}), round_to_whole_numbers(NEAR)
    )
    assert find_stance_span(one).of(told_before.text) == "sees no need to confirm the reports"
    assert confirms_what_is_left_open(read_topic(confirming()), read_topic(one))


def test_a_cue_after_the_claim_belongs_to_the_words_that_decide() -> None:
    article = make_article("herald", "The gates were open, the port denied on Monday.")
    claim = make_claim(article, "The gates were open", commitment=Commitment.DENIES)
    one = make_report(article, "org_1", claim.model_copy(update={"cue": "denied"}), round_to_whole_numbers(NEAR))
    assert find_stance_span(one).of(article.text) == "The gates were open, the port denied"


@pytest.mark.parametrize(
    ("cue", "commitment", "stance"),
    [
        ("confirmed", Commitment.ASSERTS, Stance.CONFIRMS),
        ("acknowledges", Commitment.ASSERTS, Stance.CONFIRMS),
        ("amounts to a confirmation", Commitment.ASSERTS, Stance.CONFIRMS),
        ("said", Commitment.ASSERTS, Stance.ASSERTS),
        ("denied", Commitment.DENIES, Stance.DENIES),
        ("stopped short of confirming", Commitment.DECLINES_TO_CONFIRM, Stance.DECLINES),
        ("confirmed", Commitment.REPORTS, Stance.ASSERTS),
    ],
)
def test_a_stance_is_told_by_commitment_and_cue(cue: str, commitment: Commitment, stance: Stance) -> None:
    assert classify_stance(reported("herald", "troops crossed the river", cue=cue, commitment=commitment)) is stance
