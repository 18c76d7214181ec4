"""What a claim says of whom, by grammar alone."""

import pytest

from services.contracts.claim import Predicate
from tests.support.propositions import claim_in


def predicates(sentence: str) -> dict[str, Predicate]:
    return {predicate.lemma: predicate for predicate in claim_in(sentence).predicates}


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
    claim = claim_in("The club refused to fire the coach.")
    refuse, fire = claim.predicates
    assert claim.predicates[fire.under or 0] is refuse
    claim = claim_in("The club has no plans to fire the coach.")
    plan, fire = (each for each in claim.predicates if each.lemma != "have")
    assert fire.under is not None
    assert claim.predicates[fire.under] == plan


def test_adjectives_after_be_are_predicates() -> None:
    assert predicates("The water is not safe.")["safe"].negated


def test_every_predicate_stands_in_the_claim() -> None:
    text = "The club said on Monday that it has fired the coach and will not pay him."
    claim = claim_in(text)
    assert claim.span.of(text) == claim.text
    assert all(claim.span.holds(predicate.span) for predicate in claim.predicates)
    assert {"fire", "pay"} <= {predicate.lemma for predicate in claim.predicates}
