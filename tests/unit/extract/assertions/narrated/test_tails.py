"""Where the outlet's assertion ends."""

from types import SimpleNamespace
from typing import cast

import pytest

from services.extract.assertions.narrated.substance import Substance
from services.extract.assertions.narrated.tails import core_of
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.syntax.clauses import find_clauses
from services.extract.syntax.parsing import Parse
from services.extract.syntax.tree import Tree
from services.language.ranges import Range
from tests.unit.extract.articles import texts


@pytest.mark.parametrize(
    "text",
    [
        "Otto Keld was convicted in May 2019 on seven counts of lying to the board, witness tampering and fraud.",
        "Otto Keld was convicted in May 2019 of stopping an inquiry, lying under oath to it and hiding a witness.",
        "The break came in January 2020, when Ada Reyl gave up the port and all of its ferries.",
        "The hospital later changed its policy and put its sick nurses, including this intensive care nurse, on leave.",
        "In May 2019, Ada Reyl put Otto Keld, a builder from the town of Orla, in touch with a bank in the capital.",
    ],
)
def test_a_list_and_what_a_verb_needs_stay_whole(text: str) -> None:
    assert texts(text) == [text[:-1]]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Last month, Reyl replaced the head of the harbour school, the Keld Nautical College in Orla Bay, "
            "where two boats were lost."
        ),
        "During the meeting, Keld is seen looking up, shaking his head and tearing pages from the report.",
        (
            "Keld has called Auditor Ada Reyl's report, which also looks into the sale of boats between Orla "
            "and the port of Tavren, a bad joke."
        ),
    ],
)
def test_a_phrase_that_tells_which_or_what_stays(text: str) -> None:
    assert texts(text) == [text[:-1]]


def test_what_somebody_watched_stays() -> None:
    text = "Harbour master Ada Reyl has watched, silently, as Otto Keld sold boats over the years."
    assert texts(text) == [text[:-1]]


def test_what_only_a_pointer_stands_for_counts_nothing() -> None:
    assert texts("That would exceed the 31.2 percent peak during the long flood of Orla.") == []
    assert texts("That means 30 percent of the builders are not bound.") != []


def test_no_claim_ends_inside_a_name() -> None:
    text = (
        "Three people have been fined after Keep Orla Green members blocked a South Quay opening of The Boat House "
        "by Lena Holt on Monday night."
    )
    assert not any(claim.endswith("Keep Orla") for claim in texts(text))


def test_the_subject_of_the_next_clause_after_a_dash_is_left_out() -> None:
    text = "The board spent 4 hours on the boats and asked no question on the debt - and the rivals, of course, slept."
    assert not any("rivals" in claim for claim in texts(text))


@pytest.mark.parametrize(
    "adjunct",
    ["after Ada Reyl said the pumps were broken", "as the ministry announced that the port was closed"],
)
def test_a_clause_goes_up_to_the_adjunct_in_which_somebody_speaks(adjunct: str) -> None:
    text = f"At least three people were killed on Monday in a blast in the port of Arlen {adjunct}."
    assert texts(text)[0] == "At least three people were killed on Monday in a blast in the port of Arlen"


def test_a_sign_behind_a_comma_is_no_phrase() -> None:
    words = ("reyl", "won", "the", "race", ",", "\U0001f642", ".")
    parse = Parse(
        starts=(0, 5, 9, 13, 17, 19, 20),
        ends=(4, 8, 12, 17, 18, 20, 21),
        words=words,
        lemmas=words,
        tags=("NNP", "VBD", "DT", "NN", ",", "SYM", "."),
        deps=("nsubj", "ROOT", "det", "dobj", "punct", "punct", "punct"),
        heads=(1, 1, 3, 1, 1, 3, 1),
    )
    tree = Tree(parse)
    (clause,) = (clause._replace(end=6) for clause in find_clauses(tree))
    reading = cast("SentenceReading", SimpleNamespace(scene=SimpleNamespace(tree=tree)))
    whole = Range(0, 20)
    assert core_of(cast("Resources", None), reading, clause, whole, Substance.EVENT) == whole
