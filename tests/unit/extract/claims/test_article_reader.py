"""Assertions across sentences: quotations whose speaker is named after them, and spans with boilerplate inside."""

import pytest

from services.contracts.claim import ClaimKind
from tests.unit.extract.articles import claims_of, speakers, texts

_FIRST = "The bridge has to close for the whole winter and perhaps for longer than that"
_SECOND = "We have no money for the pumps that the engineers asked for last year"


def _said(text: str) -> list[tuple[str | None, str]]:
    return list(zip(speakers(text), texts(text), strict=True))


def test_all_paragraphs_of_a_quotation_are_by_who_is_named_in_the_last() -> None:
    text = f"The council met on Monday.\n\n“{_FIRST}.\n\n“{_SECOND},” mayor Ada Reyl said on Monday."
    assert _said(text)[1:] == [("Ada Reyl", _FIRST), ("Ada Reyl", _SECOND)]


def test_a_quotation_that_goes_on_is_not_by_who_spoke_before_it() -> None:
    text = (
        "The builder, Otto Keld, said on Monday that the dam was safe.\n\n"
        f"“{_FIRST}.\n\n“{_SECOND},” mayor Ada Reyl said on Monday."
    )
    assert _said(text)[1:] == [("Ada Reyl", _FIRST), ("Ada Reyl", _SECOND)]


@pytest.mark.parametrize(
    "after",
    [
        "That is what mayor Ada Reyl told the council on Monday night.",
        "So said mayor Ada Reyl on Monday.",
        "The words of mayor Ada Reyl came at the end of a long meeting.",
        "Mayor Ada Reyl was speaking to reporters in Orla.",
    ],
)
def test_the_sentence_after_a_quotation_may_say_whose_it_is(after: str) -> None:
    assert _said(f"The council met on Monday.\n\n“{_FIRST}.”\n\n{after}")[1] == ("Ada Reyl", _FIRST)


def test_a_name_in_the_sentence_after_a_quotation_does_not_make_it_theirs() -> None:
    said = _said(f"The council met on Monday.\n\n“{_FIRST}.”\n\nMayor Ada Reyl left the hall before the end.")
    assert ("Ada Reyl", _FIRST) not in said


def test_a_claim_ends_before_a_link_in_brackets() -> None:
    text = (
        "The county of Orla closed 12 bridges on Monday after a flood [READ MORE: Ten days that shook the river towns]."
    )
    assert texts(text) == ["The county of Orla closed 12 bridges on Monday after a flood"]


def test_a_claim_with_a_link_between_subject_and_verb_is_left_out() -> None:
    text = "The county of Orla [READ MORE: Ten days that shook the river towns] closed 12 bridges on Monday."
    assert texts(text) == []


def test_a_quotation_after_words_of_the_outlet_is_a_claim_of_its_own() -> None:
    text = "Ada Reyl said the repairs of the bridge were “a shame for us” in every way. “We will open it by May.”"
    assert _said(text) == [
        ("Ada Reyl", "the repairs of the bridge were “a shame for us” in every way"),
        ("Ada Reyl", "We will open it by May"),
    ]


def test_an_interrupted_quotation_is_one_however_much_is_said_of_its_speaker() -> None:
    text = (
        "“It is bad,” said Ada Reyl, who has lived beside the river since 1979, when a flood became the last one to "
        "reach the old mills above the town. “I will stay here.”"
    )
    assert [(claim.kind, claim.text[:9], claim.text[-11:]) for claim in claims_of(text)] == [
        (ClaimKind.QUOTATION, "It is bad", "l stay here")
    ]
