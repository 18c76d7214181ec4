"""Which words stand between quote marks."""

from itertools import pairwise

import pytest

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


def test_what_is_longer_than_any_quotation_is_a_lost_mark() -> None:
    assert quoted('"' + "word " * MAX_QUOTATION_CHARS + '" he said.') == []


def test_marks_of_both_kinds_never_make_quotations_that_overlap() -> None:
    found = find_quotations(read_document("'Tis \"a b c' d\" e' \"f 'g\" h' i \"j 'k l' m\""))
    assert len(found) > 1
    assert all(before.outer.end <= after.outer.start for before, after in pairwise(found))
