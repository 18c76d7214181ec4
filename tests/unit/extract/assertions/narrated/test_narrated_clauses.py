"""What the outlet itself asserts: which clauses are claims, and where each ends."""

import pytest

from services.contracts.claim import AssertionForm, ClaimKind
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.narrated.narrated_clauses import MAX_NARRATED, most_important
from services.language.ranges import Range
from tests.unit.extract.articles import claims_of, only_claim


def narrated(text: str) -> list[str]:
    return [claim.text for claim in claims_of(text) if claim.speaker is None and claim.cue is None]


def test_a_clause_that_counts_is_a_figure_without_a_speaker() -> None:
    claim = only_claim("The ferry carried 230 passengers to Arlen.")
    assert (claim.kind, claim.speaker, claim.cue) == (ClaimKind.FIGURE, None, None)


def test_a_clause_with_a_date_is_a_statement_without_a_speaker() -> None:
    claim = only_claim("Construction of the Velmora bridge began in May 2019.")
    assert (claim.kind, claim.speaker, claim.cue) == (ClaimKind.STATEMENT, None, None)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The council of Arlen banned cars from the old town.", ["The council of Arlen banned cars from the old town"]),
        ("Mayor Jonas Ekdal will sign the order in Arlen.", ["Mayor Jonas Ekdal will sign the order in Arlen"]),
        ("Three men were arrested in Arlen harbour.", ["Three men were arrested in Arlen harbour"]),
    ],
)
def test_an_event_is_a_claim(text: str, claims: list[str]) -> None:
    assert narrated(text) == claims


def test_a_clause_is_cut_from_the_one_that_is_joined_to_it() -> None:
    text = "The council approved the plan by 61 votes to 28 on Friday, and it is unclear what the mayor thinks."
    assert narrated(text) == ["The council approved the plan by 61 votes to 28 on Friday"]


def test_a_long_phrase_after_a_comma_is_left_out() -> None:
    text = (
        "The court in Arlen sentenced Pavel Dorn to nine years in prison, a sentence that his family and "
        "many of his old friends in the town had feared for months."
    )
    assert narrated(text) == ["The court in Arlen sentenced Pavel Dorn to nine years in prison"]


def test_a_subordinate_clause_stays_with_its_main_clause() -> None:
    text = "When the bridge fell in 2011, the company paid $4 million to the families."
    assert narrated(text) == [text[:-1]]


@pytest.mark.parametrize(
    "text",
    [
        "Were 40 people killed in Arlen on Friday?",
        "Did the council of Arlen ban cars from the old town in May?",
        "Jonas Ekdal signs the order in Arlen, Friday, May 3, 2030. (AP Photo/Ida Roos)",
        "Council of Arlen bans cars from the old town on Friday",
        "This story was updated on Monday.",
        "You will find the Arlen bridge after it was closed on Monday.",
        "Perhaps the Arlen council banned cars on Friday.",
        "It rained in Arlen on Friday.",
        "It became clear on Friday that the Arlen council had lost.",
    ],
)
def test_what_is_no_assertion_of_fact_is_no_claim(text: str) -> None:
    assert narrated(text) == []


def test_what_somebody_says_is_not_the_outlets() -> None:
    assert narrated("Jonas Ekdal said the council banned cars on Friday.") == []
    assert narrated("The council banned cars on Friday, according to Jonas Ekdal.") == []


def test_quoted_words_of_the_clause_are_none_of_its_own() -> None:
    assert narrated('Jonas Ekdal was elected on Friday to "make the whole town work again for all".') == []


def test_only_the_most_important_of_many_are_kept() -> None:
    assertions = [
        Assertion(AssertionForm.NARRATED, Range(at, at + 1), (), weight=at % 2) for at in range(2 * MAX_NARRATED)
    ]
    kept = most_important(assertions, sentences=1)
    assert kept == [assertion for assertion in assertions if assertion.weight == 1]


def test_attributed_claims_are_kept_beside_many_narrated_ones() -> None:
    attributed = Assertion(AssertionForm.ATTRIBUTED, Range(0, 1), ())
    assertions = [attributed, *(Assertion(AssertionForm.NARRATED, Range(at, at + 1), ()) for at in range(1, 40))]
    assert most_important(assertions, sentences=1)[0] is attributed


def test_what_only_leads_up_to_what_follows_is_no_claim() -> None:
    text = (
        "Here's a little more about Ada Reyl, taken from previous Herald reporting, statements from the council, her "
        "resume and comments she made to the board in May."
    )
    assert claims_of(text) == ()
