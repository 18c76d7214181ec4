"""Whether two claims are one proposition: what is not surely the same is not the same."""

import pytest

from services.api.check.comparison import Same, Words, compare
from services.api.check.proposition import stem, words_of
from services.api.match.terms import load_term_counts
from tests.unit.api.check.propositions import read

WORDS = Words(load_term_counts())


def compared(draft: str, report: str, words: Words = WORDS) -> Same:
    return compare(read(draft), read(report), words).same


@pytest.mark.parametrize(
    ("draft", "report"),
    [
        ("The bridge collapsed.", "The bridge collapsed on the river."),
        ("Shares in Tolmar fell 31%.", "Shares in Tolmar fell 31% before trading was halted."),
        ("Some 2,000 people were evacuated.", "2,000 people were evacuated from the valley."),
        ("The wall was not built.", "The wall was not built."),
        ("The dam killed 14 people.", "The dam killed at least 14 people."),
        ("14 people died in the flood.", "At least 14 people were killed in the flood."),
        ("The flood left 14 dead.", "The flood left 14 people dead."),
    ],
)
def test_one_proposition_in_much_the_same_words(draft: str, report: str) -> None:
    assert compared(draft, report) is Same.PROPOSITION


@pytest.mark.parametrize(
    ("draft", "report"),
    [
        ("The index rose 0.9%.", "The index fell 0.9%."),
        ("Police attacked the protesters.", "The protesters attacked police."),
        ("The bridge collapsed.", "The bridge was inspected in November."),
        ("Police detained Ada Reyl in Corrow.", "Police detained a man in Corrow."),
        ("The ferry sank on 2 March 2026.", "The ferry sank on 3 March 2026."),
        ("The mayor, 79, resigned.", "The mayor, 76, resigned."),
        ("The bridge will be rebuilt.", "If the council pays, the bridge will be rebuilt."),
        ("The bridge collapsed.", "The bridge could collapse."),
        ("Highway 9 reopened.", "Highway 9 will reopen."),
    ],
)
def test_other_deeds_roles_names_days_and_conditions_are_not_the_same(draft: str, report: str) -> None:
    assert compared(draft, report) is Same.NOTHING


def test_a_day_that_no_report_names_is_not_taken_on_trust() -> None:
    draft, report = "The ferry sank on 2 March 2026.", "The ferry sank."
    assert compared(draft, report) is Same.NOTHING
    assert compared(draft, report, Words(load_term_counts(), days=frozenset({"2026-03-02"}))) is Same.PROPOSITION


@pytest.mark.parametrize(
    ("draft", "report"),
    [
        ("The bow door was closed.", "The bow door was not closed."),
        ("The bow door was not closed.", "The bow door was closed."),
        ("The company bribed the inspector.", "The company denied that it bribed the inspector."),
        ("A council member opposed the move.", "No council member opposed the move."),
    ],
)
def test_what_one_says_and_the_other_does_not_are_opposites(draft: str, report: str) -> None:
    assert compared(draft, report) is Same.OPPOSITE


def test_a_negation_of_another_verb_denies_nothing() -> None:
    assert (
        compared("Ruhl had been admitted.", "Ruhl had been admitted and had not left the hospital.") is Same.PROPOSITION
    )


def test_another_amount_is_named_and_never_taken_for_the_same() -> None:
    found = compare(read("The fire destroyed 41 homes."), read("The fire destroyed 38 homes."), WORDS)
    assert found.same is Same.OTHER_AMOUNT
    assert [amount.surface for amount in found.amounts] == ["38"]
    # A bound that allows the draft's value does not report it.
    assert compared("The dam killed 19 people.", "The dam killed at least 14 people.") is Same.OTHER_AMOUNT
    assert compared("The dam killed 14 cows.", "The dam killed 14 people.") is not Same.PROPOSITION


def test_words_that_most_reports_share_count_little() -> None:
    draft, report = "The Solvane Star listed to port.", "The ship listed to port."
    assert compared(draft, report) is Same.NOTHING
    assert compared(draft, report, Words(load_term_counts(), context=words_of("Solvane Star"))) is Same.PROPOSITION


def test_who_denies_something_of_themselves_is_meant_by_the_pronoun() -> None:
    assert compared("Anneke Thorsby was absent.", "Anneke Thorsby denied that she was absent.") is Same.OPPOSITE


@pytest.mark.parametrize(
    ("one", "other"), [("annul", "annulled"), ("die", "died"), ("use", "used"), ("carry", "carried"), ("rise", "rose")]
)
def test_inflected_forms_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)
