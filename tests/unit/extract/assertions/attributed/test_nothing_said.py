"""Candidates beside which nothing is said."""

from tests.unit.extract.articles import proposed


def test_a_clause_that_a_phrase_parts_from_its_cue_lacks_no_object() -> None:
    text = "A law the judges ruled 5-4, with two away, that it was void will stay."
    assert any("it was void" in claim.text for claim in proposed(text))
