"""Attributions by the sentence's grammar: frames, sources, chains."""

import pytest

from services.contracts.claim import Commitment
from services.extract.extraction import extract
from tests.unit.extract.articles import article, claims_of, only_claim, speakers, texts


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Ada Reyl accused the harbour board of hiding the cracks.",
            "Ada Reyl accused the harbour board of hiding the cracks",
        ),
        (
            "Ada Reyl described the bridge as a danger to everybody.",
            "Ada Reyl described the bridge as a danger to everybody",
        ),
        ("Ada Reyl urged the council to reopen the bridge.", "Ada Reyl urged the council to reopen the bridge"),
        ("As Ada Reyl said, the bridge was safe again.", "the bridge was safe again"),
        ("The new bridge, Ada Reyl said on Friday, was safe.", "The new bridge, Ada Reyl said on Friday, was safe"),
    ],
)
def test_content_follows_the_frame_of_its_cue(text: str, content: str) -> None:
    assert content in texts(text)


def test_a_clause_that_another_cue_adds_is_not_part_of_the_first_one() -> None:
    text = "Ada Reyl said the bridge was safe, adding that boats would run until Monday."
    assert texts(text) == ["the bridge was safe", "boats would run until Monday"]


@pytest.mark.parametrize(
    ("text", "surface", "canonical"),
    [
        ("Ada Reyl, who said the bridge was safe, has since left the council.", "who", "Ada Reyl"),
        ("The bridge was safe, argued Ada Reyl, the mayor of Corrow.", "Ada Reyl", "Ada Reyl"),
        ("As reported by the Bridge Times, the bridge was safe.", "the Bridge Times", "Bridge Times"),
        ("Ada Reyl released a statement saying that the bridge was safe.", "Ada Reyl", "Ada Reyl"),
        ("Ada Reyl issued a release shortly before midnight saying that the bridge was safe.", "Ada Reyl", "Ada Reyl"),
    ],
)
def test_the_source_is_the_subject_in_the_words_beside_the_cue(text: str, surface: str, canonical: str) -> None:
    speaker = next(claim.speaker for claim in claims_of(text) if "bridge was safe" in claim.text)
    assert speaker is not None
    assert (speaker.surface, speaker.canonical) == (surface, canonical)


@pytest.mark.parametrize(
    ("text", "speaker", "chain"),
    [
        ("Ada Reyl told Reuters that the bridge was safe.", "Ada Reyl", ["Reuters"]),
        ("Ada Reyl said in an interview with Reuters that the bridge was safe.", "Ada Reyl", ["Reuters"]),
        ("The Karvel agency quoted Ada Reyl as saying the bridge was safe.", "Ada Reyl", ["Karvel agency"]),
        ("Reports, citing naval intelligence, said the bridge was safe.", "naval intelligence", ["reports"]),
        ("Ada Reyl, citing naval intelligence, said the bridge was safe.", "Ada Reyl", ["naval intelligence"]),
    ],
)
def test_a_claim_tells_through_whom_it_came(text: str, speaker: str, chain: list[str]) -> None:
    claim = only_claim(text)
    assert claim.speaker is not None
    assert claim.speaker.canonical == speaker
    assert [link.name for link in claim.attribution] == chain
    for link in claim.attribution:
        assert link.span is not None
        assert link.span.of(text) == link.surface
        assert link.surface.casefold().endswith(link.name.casefold())


def test_the_credited_agency_stands_nearest_to_the_outlet() -> None:
    text = "Ada Reyl told Karvel Radio that the bridge was safe."
    (claim,) = extract(article(text).model_copy(update={"wire_credit": "AP"})).claims
    assert [link.name for link in claim.attribution] == ["AP", "Karvel Radio"]
    assert claim.attribution[0].span is None


def test_an_agency_that_only_contributed_to_the_text_does_not_stand_behind_each_claim() -> None:
    text = "Ada Reyl told Karvel Radio that the bridge was safe."
    credited = article(text).model_copy(update={"wire_credit": "AP", "wire_contributed": True})
    (claim,) = extract(credited).claims
    assert [link.name for link in claim.attribution] == ["Karvel Radio"]


def test_what_somebody_does_not_believe_is_denied() -> None:
    assert only_claim("Ada Reyl does not believe that the bridge is safe.").commitment is Commitment.DENIES


def test_a_speaker_goes_on_in_a_paragraph_of_quoted_words_alone() -> None:
    text = '"The bridge is safe," Ada Reyl said.\n\n"I walked over it this morning with my children."'
    assert speakers(text) == ["Ada Reyl", "Ada Reyl"]


def test_an_article_has_the_same_claims_whatever_was_read_before() -> None:
    text = " ".join(f"Ada Reyl said on day {day} that the bridge was safe for {day} boats." for day in range(2, 90))
    first = extract(article(text)).model_dump_json()
    claims_of('"The road is shut," said Ilya Marchenkov. ' * 40)
    assert extract(article(text)).model_dump_json() == first
