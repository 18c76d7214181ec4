"""Who is nobody says nothing: "few", "not everyone", "anyone"."""

import pytest

from services.contracts.claim import AssertionForm
from services.extract.syntax.nobody import is_nobody
from services.extract.syntax.parsing import Parse
from services.extract.syntax.tree import Tree
from tests.unit.extract.articles import proposed, proposed_speakers


@pytest.mark.parametrize(
    "text",
    [
        "Few predicted that Ada Reyl would win the port without a strike.",
        "Few predicted Ada Reyl would win the port without a strike.",
        "Very few fishermen believed that the bridge would hold.",
        "Few on either side doubted last May that Ada Reyl would win Orla.",
        "Looking back at the flood, few would argue that the town was worse off for the dam.",
        "Few of the fishermen said that the bridge was safe.",
        "Hardly anyone believed that Ada Reyl would win the vote.",
        "Not everyone recalls that the first mason of the bridge was Otto Keld.",
        "Not all members of the council think the port should be sold.",
        "Neither Reyl said that the bridge was safe.",
        "Neither member has said she would vote against the budget.",
        "Long before anyone imagined that Ada Reyl would get this far, the port was poor.",
        "Do not listen to anyone who says the bridge is safe.",
        "Anyone claiming that the bridge is safe is wrong.",
        "None of these letters hint that Otto Keld was a smuggler.",
    ],
)
def test_what_few_or_none_say_is_nobodys_claim(text: str) -> None:
    assert [claim.text for claim in proposed(text) if claim.form is AssertionForm.ATTRIBUTED] == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A few fishermen said that the bridge was safe.", "few fishermen"),
        ("The few fishermen who stayed said that the bridge was safe.", "few fishermen"),
        ("Some fishermen believed that the bridge would hold.", "some fishermen"),
        ("Not only Ada Reyl but Otto Keld said that the bridge was safe.", None),
    ],
)
def test_a_few_are_somebody(text: str, speaker: str | None) -> None:
    speakers = proposed_speakers(text)
    assert speakers
    assert speaker is None or any(name is not None and name.endswith(speaker) for name in speakers)


@pytest.mark.parametrize(
    "text",
    [
        "None of the fishermen have endorsed the plan for the new port.",
        "Few members of the council today describe themselves as friends of the port.",
    ],
)
def test_what_few_or_none_did_is_the_outlets(text: str) -> None:
    assert set(proposed_speakers(text)) <= {None}


def test_what_anybody_would_say_too_is_still_its_speakers() -> None:
    text = "As any fisherman would posit, Otto Keld believes it is better to sail at dawn."
    assert proposed_speakers(text) == ["Otto Keld"]


def test_a_negation_that_a_sentence_ends_with_is_followed_by_nothing() -> None:
    words = ("so", "says", "hardly")
    parse = Parse(
        starts=(0, 3, 8),
        ends=(2, 7, 14),
        words=words,
        lemmas=words,
        tags=("RB", "VBZ", "NN"),
        deps=("advmod", "ROOT", "nsubj"),
        heads=(1, 1, 1),
    )
    assert is_nobody(Tree(parse), 2)
