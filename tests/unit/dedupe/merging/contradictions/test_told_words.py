"""Words of a claim inside of a sentence of ours."""

import numpy as np
import pytest

from services.contracts.base import Span
from services.contracts.claim import ClaimKind, EntityMention
from services.dedupe.merging.contradictions.told_words import end_small, tell_words
from tests.support.dedupe_articles import make_article, make_claim
from tests.support.reports import make_report

TEXT = "{} are shut, Ada Reyl said. The guards met police at the gates."


def told(
    words: str, *, kind: ClaimKind = ClaimKind.STATEMENT, name: str | None = None, quoted: str | None = None
) -> str:
    article = make_article("herald", TEXT.format(words))
    start = article.text.index(words)
    names = (EntityMention(name=name, type="place", span=Span(start=start, end=start + len(name))),) if name else ()
    claim = make_claim(article, words, kind=kind, quoted=quoted, speaker="Ada Reyl").model_copy(
        update={"entities": names}
    )
    return tell_words(make_report(article, "org_1", claim, np.zeros(4, np.float32)), "said")


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("The gates", "that the gates"),
        ("Police", "that police"),
        ("Three of them", "that three of them"),
        ("Guards", "that guards"),
        ("Monday's trains", "that Monday's trains"),
        ("BBC offices", "that BBC offices"),
        ("Kestrian ports", "that Kestrian ports"),
        ("No gates", "that no gates"),
        ('Guards of "the gate"', "that guards of “the gate”"),
    ],
)
def test_indirect_speech_stands_without_marks_and_begins_small(words: str, inside: str) -> None:
    assert told(words) == inside


def test_a_name_at_the_beginning_keeps_its_capital() -> None:
    assert told("Gates", name="Gates") == "that Gates"
    assert told("The Gates", name="The Gates") == "that the Gates"


def test_a_quotation_stands_between_marks_as_it_is() -> None:
    assert told("The gates", kind=ClaimKind.QUOTATION) == "“The gates”"


def test_a_quotation_that_holds_its_own_marks_gets_no_others() -> None:
    words = 'the company would "answer in court"'
    assert told(words, kind=ClaimKind.QUOTATION, quoted="answer in court") == "that the company would “answer in court”"


def test_a_part_of_a_sentence_has_no_full_stop_and_no_line_break() -> None:
    assert end_small("The gates\nare shut.") == "The gates are shut"
    assert end_small('The gates were "shut at ten."') == "The gates were “shut at ten”"
