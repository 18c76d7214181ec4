"""A pronoun that stands for nobody known is no speaker."""

import pytest

from services.contracts.base import Span
from services.contracts.claim import Speaker, SpeakerKind
from services.extract.speakers.unnamed import another_like
from services.language.ranges import Range
from tests.unit.extract.articles import claims_of, speakers


def test_another_is_another_of_those_who_spoke_before() -> None:
    text = '"We are afraid of it all," one Varn traveler said. "We are trying to get home to Varn," said another.'
    assert speakers(text) == ["one Varn traveler", "another Varn traveler"]


@pytest.mark.parametrize(
    "text",
    [
        "Another said that the bridge would fall in May.",
        "All this, said the unnamed clerk, “had a chilling effect on good news.”",
    ],
)
def test_who_is_not_known_to_be_anybody_says_nothing(text: str) -> None:
    assert not any(claim.speaker for claim in claims_of(text))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Another miner, who prefers not to be named, says that he thinks the dam will fail.", "another miner"),
        ("The former clerk who helped to build the bank said that the dam would fail.", "former clerk"),
        ("Rebecca Holt, a law professor in Varn who follows the case, warns that the dam will fail.", "Rebecca Holt"),
    ],
)
def test_who_is_the_noun_before_it(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "No doctor said that the drug was safe.",
        "So far no government official in the state has urged residents to leave.",
    ],
)
def test_what_no_one_of_them_said_is_theirs_neither(text: str) -> None:
    assert not any(claim.speaker for claim in claims_of(text))


def test_another_is_nobody_after_a_speaker_without_words() -> None:
    wordless = Speaker(surface="the", canonical=" ", kind=SpeakerKind.UNNAMED, span=Span(start=0, end=3))
    assert another_like(1, {0: [(Range(0, 3), wordless)]}) is None
