"""What a claim says of whom, by grammar alone."""

import pytest

from services.contracts.claim import ClaimKind, Commitment, Predicate
from services.extract.proposition import read_propositions


def predicates(sentence: str) -> dict[str, Predicate]:
    (claim,) = read_propositions([sentence])
    return {predicate.lemma: predicate for predicate in claim.predicates}


def test_subject_and_object_of_a_passive_are_who_does_it_and_to_whom() -> None:
    fired = predicates("The coach was fired by the club.")["fire"]
    assert (fired.subject, fired.object) == ("club", "coach")
    assert fired.main


@pytest.mark.parametrize(
    "sentence",
    [
        "The club did not fire the coach.",
        "The club never fired the coach.",
        "No club fired the coach.",
        "The club fired nobody.",
        "The club did not hire or fire the coach.",
    ],
)
def test_negation_stands_with_its_verb_or_with_a_noun_of_it(sentence: str) -> None:
    assert predicates(sentence)["fire"].negated


@pytest.mark.parametrize(
    "sentence", ["The club fired the coach, not the players.", "The club did not wait but fired the coach."]
)
def test_negation_of_something_else_is_none(sentence: str) -> None:
    assert not predicates(sentence)["fire"].negated


def test_modals_are_told() -> None:
    assert predicates("The club could fire the coach.")["fire"].modal == "could"


def test_a_complement_names_what_it_is_under() -> None:
    (claim,) = read_propositions(["The club refused to fire the coach."])
    refuse, fire = claim.predicates
    assert claim.predicates[fire.under or 0] is refuse
    (claim,) = read_propositions(["The club has no plans to fire the coach."])
    plan, fire = (each for each in claim.predicates if each.lemma != "have")
    assert fire.under is not None
    assert claim.predicates[fire.under] == plan


def test_adjectives_after_be_are_predicates() -> None:
    assert predicates("The water is not safe.")["safe"].negated


def test_every_predicate_stands_in_the_claim() -> None:
    text = '  The club said on Monday: "We have fired the coach, and we will not pay him."  '
    (claim,) = read_propositions([text])
    assert claim.text == text.strip()
    assert claim.span.of(text) == claim.text
    assert all(claim.span.holds(predicate.span) for predicate in claim.predicates)
    assert {"fire", "pay"} <= {predicate.lemma for predicate in claim.predicates}


def test_a_sentence_is_one_claim_with_its_outermost_source() -> None:
    (claim,) = read_propositions(["The ministry denied that 40 guards had fled, the agency said."])
    assert claim.kind is ClaimKind.STATEMENT
    assert claim.speaker is not None
    (claim,) = read_propositions(["The ministry denied that 40 guards had fled."])
    assert (claim.commitment, claim.cue) == (Commitment.DENIES, "denied")
    assert [quantity.value for quantity in claim.quantities] == [40.0]


def test_sentences_read_together_are_read_as_alone() -> None:
    sentences = ["The club fired the coach.", '"We are ready," she said.', "Forty people were hurt."]
    assert read_propositions(sentences) == [claim for each in sentences for claim in read_propositions([each])]


def test_a_blank_text_says_nothing() -> None:
    with pytest.raises(ValueError, match="blank"):
        read_propositions(["  "])
