"""Sentences that are worded alike and clash in a word, by their words alone."""

import pytest

from services.dedupe.merging.vetoes.wording_conflicts import explain_wording_conflict, read_stems_with_numbers


def clashes(one: str, other: str) -> bool:
    first, second = read_stems_with_numbers(one), read_stems_with_numbers(other)
    found = explain_wording_conflict(first, second)
    assert (explain_wording_conflict(second, first) is None) == (found is None)
    return found is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Some 36 percent of those asked by the Tarn Post said the toll should go.",
            "Some 84 percent of those asked by the Tarn Post said the toll should go.",
        ),
        ("The bench, voting 5-4, said the toll was lawful.", "The bench, voting 2-4, said the toll was lawful."),
        ("The rule covers pregnant girls under 16 in Brenn.", "The rule would cover pregnant girls under 24 in Brenn."),
        ("Anke Moor fled on May 3 by boat.", "Anke Moor fled on May 9 by boat."),
        ("The ferry sank in heavy seas on Monday off Tarn.", "The ferry sank in heavy seas on Friday off Tarn."),
        ("Shares in Vint rose 41 cents in early trading.", "Shares in Vint fell 41 cents in early trading."),
        (
            "A partner of the firm was arrested by agents.",
            "A partner of the firm was not yesterday arrested by agents.",
        ),
        ("Judge Moor dissented, as Judge Holm did.", "Judge Moor didn't dissent, as Judge Holm did."),
    ],
)
def test_sentences_alike_but_for_a_number_a_day_an_opposite_or_a_not_clash(one: str, other: str) -> None:
    assert clashes(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("At least 31 sheep drowned in the flood.", "At least thirty-one sheep drowned in the flood."),
        ("At least 12 sheep drowned in the flood.", "Some 15 sheep drowned in the flood."),
        ("Turnout in Brenn was 80 percent on Sunday.", "Turnout in Brenn was 80% on Sunday."),
        ("The storm will cost 3 to 5 billion euros.", "The storm will cost between 3 billion and 5 billion euros."),
        ("Anke Moor said on Monday that the toll was lawful.", "Anke Moor said on Friday that the toll was lawful."),
        ("Haldor sold the old mill to Vint.", "Vint bought the old mill from Haldor."),
        ("The council did not close the library in Tarn.", "The council didn't close the library in Tarn."),
        ("The ferry sank off Tarn in heavy seas.", "A bus overturned near Brenn, and nobody was hurt."),
        ("The pilot did not survive the crash near Brenn.", "The pilot died in the crash near Brenn."),
        ("Storm Oda did not lose its strength over the sea.", "Storm Oda kept its strength over the sea."),
        ("Dozens of barns burned down in Tarn.", "Some 60 barns burned down in Tarn."),
    ],
)
def test_one_thing_told_in_two_ways_or_other_things_do_not(one: str, other: str) -> None:
    assert not clashes(one, other)


def test_nothing_clashes_with_itself_or_with_nothing() -> None:
    assert not clashes("The ferry sank off Tarn.", "The ferry sank off Tarn.")
    assert not clashes("", "The ferry did not sink.")


def test_a_word_negated_of_one_does_not_clash_with_the_word_said_of_another() -> None:
    asked = "Ada Holm was questioned by the state in Tarn but was not charged over the mill."
    other = "Milo Danz, charged by guards, was questioned by the state in Tarn over the mill, as Ada Holm was."
    assert not clashes(asked, other)
