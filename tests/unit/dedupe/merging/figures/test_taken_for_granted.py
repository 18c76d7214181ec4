"""Figures in what a speaker judges are the outlet's, others are the speaker's."""

import pytest

from services.contracts.article import Article
from services.dedupe.merging.figures.taken_for_granted import is_base_of_part, is_taken_for_granted
from tests.support.dedupe_articles import make_article, make_claim
from tests.support.figures import EXACT, report_with, table_of
from tests.support.reports import with_claim


def cued(article: Article, text: str, cue: str, surface: str, speaker: str = "Ada Reyl") -> bool:
    claim = make_claim(article, text, speaker=speaker, figures=[(surface, 5, "people", EXACT)])
    claim = claim.model_copy(update={"cue": cue})
    return is_taken_for_granted(claim, claim.quantities[0])


@pytest.mark.parametrize(
    ("text", "cue", "granted"),
    [
        ("Ada Reyl blames the council for the fire that killed 5 people", "blames", True),
        ("Ada Reyl praised the crew who saved 5 people", "praised", True),
        ("Ada Reyl announced a plan that helps 5 people", "announced", False),
        ("Ada Reyl accused the council of saying that 5 people died", "accused", False),
        ("Ada Reyl blames 5 people", "blames", False),
    ],
)
def test_what_a_speaker_judges_tells_of_it_what_the_outlet_knows(text: str, cue: str, granted: bool) -> None:
    assert cued(make_article("herald", f"{text}."), text, cue, "5") is granted


def test_what_a_speaker_says_after_the_cue_is_the_speakers() -> None:
    article = make_article("herald", "Ada Reyl said that 5 people who blamed the council that lost 5 people came.")
    assert not cued(article, "5 people who blamed the council that lost 5 people came", "said", "5")


def test_a_figure_taken_for_granted_has_no_source() -> None:
    text = "Ada Reyl blames the council for the fire that killed 5 people"
    report = report_with("herald", text, ("5", 5, "people", EXACT), speaker="Ada Reyl")
    judged = report.claim.model_copy(update={"cue": "blames"})
    (figure,) = table_of(with_claim(report, judged))
    assert figure.values[0].source is None


@pytest.mark.parametrize(
    ("text", "is_base"),
    [
        ("Three of the 9 members voted against it", True),
        ("The act redraws 46 of the country's 9 districts", True),
        ("Two out of 9 ships were lost", True),
        ("The council of the 9 members met", False),
        ("The death of 9 people was confirmed", False),
        ("The crews saved 9 of the people aboard", False),
    ],
)
def test_a_number_of_which_another_counts_a_part_tells_of_how_many(text: str, is_base: bool) -> None:
    article = make_article("herald", f"{text}.")
    claim = make_claim(article, text, figures=[("9", 9, "people", EXACT)])
    assert is_base_of_part(claim, claim.quantities[0]) is is_base


def test_a_number_that_only_another_counts_a_part_of_has_no_row() -> None:
    text = "Three of the 9 members of the council voted against it"
    assert table_of(report_with("herald", text, ("9", 9, "members", EXACT))) == ()
