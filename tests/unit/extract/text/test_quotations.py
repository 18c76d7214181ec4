"""Which words stand between quote marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extract.text.document import read_document
from services.extract.text.quotations import MAX_QUOTATION_CHARS, Quotation, find_quotations


def quoted(text: str) -> list[str]:
    return [text[quotation.inner.start : quotation.inner.end] for quotation in find_quotations(read_document(text))]


def only(text: str) -> Quotation:
    (quotation,) = find_quotations(read_document(text))
    return quotation


@pytest.mark.parametrize(
    "text",
    [
        'Ada Reyl said "the bridge is safe" on Monday.',
        "Ada Reyl said “the bridge is safe” on Monday.",
        "Ada Reyl said ‘the bridge is safe’ on Monday.",
        "Ada Reyl said 'the bridge is safe' on Monday.",
        "Ada Reyl said ''the bridge is safe'' on Monday.",
        "Ada Reyl said „the bridge is safe” on Monday.",
        "Ada Reyl said «the bridge is safe» on Monday.",
        "Ada Reyl said « the bridge is safe » on Monday.",
        "Ada Reyl said »the bridge is safe« on Monday.",
        "Ada Reyl said „the bridge is safe“ on Monday.",
        "Ada Reyl said ”the bridge is safe” on Monday.",
        "Ada Reyl said “the bridge is safe“ on Monday.",
        "Ada Reyl said ‚the bridge is safe‘ on Monday.",
        "Ada Reyl said ›the bridge is safe‹ on Monday.",
    ],
)
def test_all_styles_of_quote_marks_are_read(text: str) -> None:
    assert quoted(text) == ["the bridge is safe"]


def test_apostrophes_are_no_quote_marks() -> None:
    assert quoted("The workers' hall wasn't Reyl's, the '90s boom didn't reach it, and 'twas closed.") == []


def test_a_possessive_inside_a_single_quotation_does_not_end_it() -> None:
    assert quoted("'The workers' hall is ours and stays open,' said Ada Reyl.") == [
        "The workers' hall is ours and stays open,"
    ]


def test_a_quotation_within_a_quotation_is_part_of_it() -> None:
    assert quoted("\"He told me 'go home' and I went,\" said Ada Reyl.") == ["He told me 'go home' and I went,"]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“We waited for hours.\n“Nobody came,” said Ada Reyl."
    assert quoted(text) == ["We waited for hours.", "Nobody came,"]
    assert [quotation.continues for quotation in find_quotations(read_document(text))] == [False, True]


def test_inches_open_nothing() -> None:
    assert quoted('The pipe is 6" wide and was called "too thin" by Ada Reyl.') == ["too thin"]


def test_a_lost_mark_does_not_turn_the_paragraph_inside_out() -> None:
    assert quoted('He called it "a mess and left. "We are done," said Ada Reyl.') == ["We are done,"]


def test_a_quotation_is_full_by_length_or_by_its_start_and_end() -> None:
    assert only('It was "not what anybody had hoped for" at all.').full
    assert only('"We won," she said.').full
    assert not only('It was a "slight delay" at most.').full


def test_a_comma_after_the_mark_ends_a_quotation_that_starts_a_sentence() -> None:
    assert only("„We stay here“, said Ada Reyl.").full
    assert not only('She sang "Night Song", then left.').full


def test_what_is_longer_than_any_quotation_is_a_lost_mark() -> None:
    assert quoted('"' + "word " * MAX_QUOTATION_CHARS + '" he said.') == []


def test_marks_of_both_kinds_never_make_quotations_that_overlap() -> None:
    found = find_quotations(read_document("'Tis \"a b c' d\" e' \"f 'g\" h' i \"j 'k l' m\""))
    assert len(found) > 1
    assert all(before.outer.end <= after.outer.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "‘He called it “a slight crack” and went home,’ said Ada Reyl.",
        "Ada Reyl said: 'He called it \"a slight crack\" and went home,'",
    ],
)
def test_double_marks_inside_single_ones_are_a_quotation_within(text: str) -> None:
    assert [words.replace("“", '"').replace("”", '"') for words in quoted(text)] == [
        'He called it "a slight crack" and went home,'
    ]


def test_double_marks_between_apostrophes_stay_quotations() -> None:
    assert quoted("The workers' hall was \"full\" and the drivers' was not.") == ["full"]
    assert quoted("The 'old \"guard\" party' won.") == ["guard"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We will not pay for this, Reyl said on Monday.", ["We will not pay for this,"]),
        ("“We will not pay for this, union leader Ada Reyl said.", ["We will not pay for this,"]),
        ("“No, we will not pay, the mayor of Tarn, Ada Reyl, said. He left.", ["No, we will not pay,"]),
        ("“We will not pay, farmer Ada Reyl told the radio on Monday.", ["We will not pay,"]),
        ("“We will not pay, said Ada Reyl, the mayor. He left.", ["We will not pay,"]),
        ("“We will not pay, Reyl said. “We cannot.”", ["We will not pay,", "We cannot."]),
        ("Reyl said: “We will not pay. We cannot.", ["We will not pay. We cannot."]),
        ("“We won,” Reyl said. “We waited for years.\nThe hall was empty.", ["We won,", "We waited for years."]),
        ("“The hall was empty and the lights were out.\nReyl left.", []),
        ("He called it “a mess and left the hall.\nReyl left.", []),
    ],
)
def test_a_lost_closing_mark_never_takes_in_the_narrator(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('The pumps came far too late," the mayor, Ada Reyl, said.', ["The pumps came far too late,"]),
        ('Reyl was angry. The pumps came far too late," she said.', ["The pumps came far too late,"]),
        ('The pumps came late," said Reyl. "We waited."', ["The pumps came late,", "We waited."]),
        ('The hall was full." Then they left.', []),
        ('"We waited.\nNobody came to the hall," said Ada Reyl.', ["We waited.", "Nobody came to the hall,"]),
    ],
)
def test_a_lost_opening_mark_is_made_up_for_where_a_speaker_follows(text: str, words: list[str]) -> None:
    assert quoted(text) == words


def test_marks_after_numbers_are_inches() -> None:
    assert quoted('They laid a 6" pipe beside the 8" one. "It will hold," said Reyl.') == ["It will hold,"]
    assert quoted('"The 6" pipe burst," said Reyl.') == ['The 6" pipe burst,']
    assert quoted('He is 5\'10" and said "no way" twice.') == ["no way"]


@given(st.text(alphabet="\"'“”„«»‘’ .,:6aWs\n", max_size=80))
def test_any_marks_give_quotations_in_order_that_do_not_overlap(text: str) -> None:
    found = find_quotations(read_document(text))
    assert all(before.outer.end <= after.outer.start for before, after in pairwise(found))
    assert all(each.outer.holds(each.inner) and each.inner.start < each.inner.end for each in found)
