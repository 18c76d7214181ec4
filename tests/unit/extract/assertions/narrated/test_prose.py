"""Which sentences are running text of the outlet."""

import pytest

from tests.unit.extract.articles import claims_of, texts

BODY = "The council of Arlen banned cars from the old town on Friday."


@pytest.mark.parametrize(
    "text",
    [
        "The Arlen Herald is one of Norland's fastest-growing media companies and outlets for news since 2011.",
        "Reyl Media, based in Arlen, is a leading provider of local news to 40,000 readers.",
        "Ada Reyl is an award-winning writer who has worked more than 35 years in Arlen.",
        "Otto Keld is a columnist of the Herald since 2009.",
    ],
)
def test_what_an_outlet_says_of_itself_or_its_author_is_no_claim(text: str) -> None:
    assert texts(f"{BODY}\n\n{text}") == [BODY[:-1]]


def test_a_writer_in_the_news_is_no_author_of_the_article() -> None:
    rest = "\n\n".join(f"The ferry {name} left Arlen in May 2019." for name in ("Alba", "Bruna", "Carla", "Dora"))
    assert texts(f"Ada Reyl was an editor in Arlen until May 2019.\n\n{rest}")[0].startswith("Ada Reyl")


@pytest.mark.parametrize("introduction", ["According to a statement from the ministry,", "Ada Reyl:"])
def test_a_paragraph_that_another_one_hands_over_to_is_not_the_outlets(introduction: str) -> None:
    text = f"{introduction}\n\nThe minister met Otto Keld in Arlen on Friday."
    assert not [claim for claim in claims_of(text) if claim.speaker is None]


def test_a_headline_after_a_heading_without_a_final_mark_is_no_claim() -> None:
    assert texts("Council of Arlen bans 40 cars from the old town, as mayor votes 'no'") == []
