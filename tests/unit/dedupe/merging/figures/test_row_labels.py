"""What a row of figures is called."""

import pytest

from tests.support.figures import EXACT, report_with, table_of


def test_a_whole_clause_names_a_count_of_things() -> None:
    one = report_with("herald", "Rell has shut 12 ferry ports", ("12", 12, "ferry ports", EXACT))
    (figure,) = table_of(one)
    assert figure.counted == "Rell has shut \u2026 ferry ports"


@pytest.mark.parametrize(
    "text",
    [
        "who are travelling from the 12 listed ports",
        "including all those in 12 listed ports",
        "follows: 30 quays, 12 listed ports",
        "Rell said: the harbour master keeps 12 listed ports",
        "many who use them left 12 listed ports",
        "Rell has shut 12 listed ports as part of",
    ],
)
def test_half_a_sentence_names_no_row_where_a_noun_phrase_does(text: str) -> None:
    (figure,) = table_of(report_with("herald", text, ("12", 12, "listed ports", EXACT)))
    assert figure.counted == "listed ports"


def test_of_several_noun_phrases_the_one_that_says_most_names_the_row() -> None:
    one = report_with("herald", "those from the 12 listed ports", ("12", 12, "listed ports", EXACT))
    other = report_with("post", "some from 12 ports", ("12", 12, "ports", EXACT))
    third = report_with("mail", "and from 12 Karvelian ports", ("12", 12, "Karvelian ports", EXACT))
    (figure,) = table_of(one, other, third)
    assert figure.counted == "Karvelian ports"


def test_a_mere_noun_names_no_row_unless_it_says_what_is_counted() -> None:
    outlets = ("herald", "post")
    ways = (report_with(outlet, "it has six ways to go", ("six", 6, "ways", EXACT)) for outlet in outlets)
    germans = (report_with(outlet, "of these six Germans", ("six", 6, "Germans", EXACT)) for outlet in outlets)
    democrats = (report_with(outlet, "of these six Democrats", ("six", 6, "Democrats", EXACT)) for outlet in outlets)
    assert (table_of(*ways), table_of(*democrats)) == ((), ())
    assert [figure.counted for figure in table_of(*germans)] == ["Germans"]


def test_a_clause_does_not_end_inside_a_number() -> None:
    text = "Rell counted 163 listed ports in May and 29,000 quays"
    (figure,) = table_of(report_with("herald", text, ("163", 163, "listed ports", EXACT)))
    assert figure.counted == "Rell counted \u2026 listed ports in May and 29,000 quays"


def test_of_several_clauses_the_one_that_other_origins_share_names_the_row() -> None:
    first = report_with("herald", "Rell counted 163 ports after a storm in May", ("163", 163, "ports", EXACT))
    second = report_with("post", "Rell has shut 163 ports", ("163", 163, "ports", EXACT))
    third = report_with("mail", "Rell shut 163 ports, the governor said", ("163", 163, "ports", EXACT))
    (figure,) = table_of(first, second, third)
    assert figure.counted == "Rell shut \u2026 ports"


def test_a_clause_that_another_origin_does_not_tell_names_no_row() -> None:
    first = report_with("herald", "Twelve planes will fly at first light", ("Twelve", 12, "planes", EXACT))
    second = report_with("post", "What 12 planes could not do was done by rain", ("12", 12, "planes", EXACT))
    (figure,) = table_of(first, second)
    assert figure.counted == "planes"
