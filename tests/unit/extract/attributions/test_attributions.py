"""Who is said to say what."""

import pytest

from services.contracts.claim import ClaimKind, Commitment, SpeakerKind
from tests.unit.extract.articles import (
    claims_of,
    only_claim,
    only_proposed,
    proposed,
    proposed_speakers,
    proposed_speech,
    speakers,
    texts,
)


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Ada Reyl said that the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("Ada Reyl said the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("Ada Reyl has also said the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("Ada Reyl said on Friday that the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("On Friday Ada Reyl said the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("Ada Reyl told reporters the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("Ada Reyl told the town council that the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("The bridge was safe again, Ada Reyl said on Friday.", "The bridge was safe again", "Ada Reyl"),
        ("The bridge was safe again, said Ada Reyl.", "The bridge was safe again", "Ada Reyl"),
        ("According to Ada Reyl, the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("The bridge was safe again, according to Ada Reyl.", "The bridge was safe again", "Ada Reyl"),
        ("Ada Reyl, 52, a mason from Corrow, said the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("The mayor, Ada Reyl, said the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("Ada Reyl of the Civic Union said the bridge was safe.", "the bridge was safe", "Ada Reyl"),
        ("Police said the bridge was safe.", "the bridge was safe", "police"),
        ("The transport ministry said the bridge was safe.", "the bridge was safe", "transport ministry"),
        ("Two people who saw the report said the bridge was safe.", "the bridge was safe", "two people"),
        ("A spokesman for Ada Reyl said the bridge was safe.", "the bridge was safe", "spokesman for Ada Reyl"),
        (
            "North Karvelia's roads ministry said the bridge was safe.",
            "the bridge was safe",
            "North Karvelia's roads ministry",
        ),
    ],
)
def test_a_statement_has_its_source(text: str, content: str, speaker: str) -> None:
    claim = only_claim(text)
    assert claim.kind is ClaimKind.STATEMENT
    assert claim.text == content
    assert claim.speaker is not None
    assert claim.speaker.canonical == speaker
    assert claim.speaker.span.of(text) == claim.speaker.surface


@pytest.mark.parametrize(
    "text",
    [
        "Ada Reyl would say that the bridge was safe.",
        "Ada Reyl wanted to say that the bridge was safe.",
        "Ada Reyl did not say that the bridge was safe.",
        "Ada Reyl was told that the bridge was safe.",
        "Nobody knows what the bridge will cost.",
    ],
)
def test_what_nobody_said_is_no_claim(text: str) -> None:
    assert claims_of(text) == ()


@pytest.mark.parametrize(
    ("text", "commitment"),
    [
        ("Ada Reyl confirmed that the bridge was shut.", Commitment.ASSERTS),
        ("Ada Reyl denied that the bridge was shut.", Commitment.DENIES),
        ("Ada Reyl declined to confirm that the bridge was shut.", Commitment.DECLINES_TO_CONFIRM),
        ("Ada Reyl refused to say whether the bridge was shut.", Commitment.DECLINES_TO_CONFIRM),
        ("Ada Reyl did not confirm that the bridge was shut.", Commitment.DECLINES_TO_CONFIRM),
        ("Ada Reyl stopped short of confirming that the bridge was shut.", Commitment.DECLINES_TO_CONFIRM),
        ("Ada Reyl said if the bridge was shut, boats would run.", Commitment.CONDITIONAL),
    ],
)
def test_the_cue_tells_how_far_the_source_stands_behind_it(text: str, commitment: Commitment) -> None:
    assert only_claim(text).commitment is commitment


def test_a_denied_main_clause_is_negated_and_a_denied_subclause_is_not() -> None:
    assert only_claim("Ada Reyl said the bridge was not safe.").negated
    assert not only_claim("Ada Reyl said the bridge was safe although it did not look so.").negated


def test_a_quotation_keeps_neither_its_marks_nor_the_comma_before_them() -> None:
    claim = only_claim("“The bridge is safe for everybody,” said Ada Reyl, the mayor of Corrow.")
    assert claim.kind is ClaimKind.QUOTATION
    assert claim.text == "The bridge is safe for everybody"
    assert claim.quoted == (claim.span,)
    assert claim.speaker is not None
    assert claim.speaker.canonical == "Ada Reyl"
    assert claim.speaker.role == "mayor of Corrow"
    assert claim.cue == "said"


def test_an_interrupted_quotation_is_one_claim_with_two_quoted_spans() -> None:
    text = '"The bridge is safe," Ada Reyl said on Friday, "and it will stay that way."'
    claim = only_claim(text)
    assert claim.text.startswith("The bridge is safe")
    assert claim.text.endswith("stay that way")
    assert [span.of(text) for span in claim.quoted] == ["The bridge is safe", "and it will stay that way"]


def test_words_quoted_inside_a_statement_are_no_claim_of_their_own() -> None:
    text = 'Ada Reyl said the bridge would reopen next week after what she called a "slight delay" in the works.'
    claim = only_claim(text)
    assert claim.kind is ClaimKind.STATEMENT
    assert [span.of(text) for span in claim.quoted] == ["slight delay"]


def test_a_statement_that_is_mostly_quoted_is_a_quotation() -> None:
    claim = only_claim('Ada Reyl said it was "a slight delay and nothing that anybody will remember".')
    assert claim.kind is ClaimKind.QUOTATION
    assert claim.text.startswith("it was")


def test_a_quotation_that_goes_on_in_the_paragraph_is_one_claim() -> None:
    text = '"The bridge is safe," Ada Reyl said. "I walked over it this morning."'
    claim = only_claim(text)
    assert speakers(text) == ["Ada Reyl"]
    assert [span.of(text) for span in claim.quoted] == ["The bridge is safe", "I walked over it this morning"]


def test_a_quotation_over_several_paragraphs_has_one_speaker() -> None:
    text = "Ada Reyl said: “The bridge is safe.\n“I walked over it this morning.”"
    assert speakers(text) == ["Ada Reyl", "Ada Reyl"]


def test_a_quotation_may_be_announced_in_the_paragraph_before() -> None:
    assert speakers('Ada Reyl wrote:\n"The bridge is safe and I walked over it."') == ["Ada Reyl"]


def test_a_signed_quotation_belongs_to_who_signed_it() -> None:
    assert speakers('"The bridge is safe and I walked over it." — Ada Reyl') == ["Ada Reyl"]


def test_a_quotation_without_a_speaker_has_none() -> None:
    assert proposed_speakers('Banners hung from the bridge. "Open it for all of us today."') == [None]


def test_two_things_said_are_two_statements() -> None:
    text = "Ada Reyl said that the bridge was safe and that the road would reopen."
    assert texts(text) == ["the bridge was safe", "the road would reopen"]
    assert speakers(text) == ["Ada Reyl", "Ada Reyl"]


def test_a_second_cue_shares_the_subject_of_the_first() -> None:
    text = 'Ada Reyl said the bridge was safe but added, "I would not drive a lorry over it."'
    assert texts(text) == ["the bridge was safe", "I would not drive a lorry over it"]
    assert speakers(text) == ["Ada Reyl", "Ada Reyl"]


def test_who_is_quoted_by_an_agency_is_the_source() -> None:
    claim = only_claim("The Karvel agency quoted the roads minister as saying the bridge was safe.")
    assert claim.speaker is not None
    assert claim.speaker.canonical == "roads minister"


def test_a_relative_clause_ends_before_the_main_verb() -> None:
    text = "Ada Reyl, who had insisted that all bridges were safe, said she had been misled by the builder."
    assert texts(text) == ["all bridges were safe", "she had been misled by the builder"]


def test_an_accusation_is_a_statement_of_the_accuser() -> None:
    claim = only_claim("Ada Reyl accused the builder of hiding the cracks.")
    assert claim.text == "Ada Reyl accused the builder of hiding the cracks"
    assert claim.speaker is not None
    assert claim.speaker.kind is SpeakerKind.PERSON


def test_what_was_criticised_is_the_content_of_a_passive() -> None:
    claim = only_claim("The plan to sell the ferry was criticised by Ada Reyl.")
    assert claim.text == "The plan to sell the ferry was criticised by Ada Reyl"
    assert claim.speaker is not None
    assert claim.speaker.canonical == "Ada Reyl"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The town elected Ada Reyl, who opened the session by saying that the bridge was safe.", "who"),
        ("The mayor released a statement Tuesday saying that the bridge was safe.", "The mayor"),
        ("As reported by Ada Reyl, the bridge was safe on Monday.", "Ada Reyl"),
    ],
)
def test_the_source_is_whom_the_grammar_around_the_cue_names(text: str, surface: str) -> None:
    surfaces = [claim.speaker.surface for claim in claims_of(text) if claim.speaker and "was safe" in claim.text]
    assert surfaces == [surface]


def test_a_question_belongs_to_who_told_it_to_somebody() -> None:
    claim = only_proposed('"Was I going to stay at home all day?" Ada Reyl told Radio One.')
    assert claim.kind is ClaimKind.QUOTATION
    assert claim.speaker is not None
    assert claim.speaker.canonical == "Ada Reyl"


def test_a_quotation_goes_on_with_who_was_quoted_and_not_with_who_else_was_named() -> None:
    text = (
        '"I have watched the bridge for many years," said Ada Reyl, who likened the pier to a ruin. '
        '"It has become a danger to us all."'
    )
    assert [claim.speaker.surface for claim in claims_of(text) if claim.speaker and "danger" in claim.text] == [
        "Ada Reyl"
    ]


def test_a_signature_may_end_in_a_stop() -> None:
    text = '"It was a very bad day for us." ― Ada Reyl.\n"Nobody had told us about the ferry." ― Tom Brandt.'
    assert speakers(text) == ["Ada Reyl", "Tom Brandt"]


def test_a_turn_of_a_transcript_belongs_to_the_name_in_front_of_it() -> None:
    claim = only_claim('"REYL: The bridge was safe and we all knew it.')
    assert claim.text == "The bridge was safe and we all knew it"
    assert claim.speaker is not None
    assert claim.speaker.surface == "REYL"


def test_a_quotation_beside_a_verb_of_asking_without_content_of_its_own_is_found() -> None:
    said = proposed_speech('The mayor was asked about the bridge. "Why did it close so early?"')
    assert "Why did it close so early?" in [words for _, words in said]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            (
                "Earlier this month, it was revealed that Karvelia stopped two trials of the drug, saying that "
                "the plague was over."
            ),
            "Karvelia",
            "the plague was over",
        ),
        (
            (
                "On Friday, it became apparent that the council had the votes to shut the port, with Ada Reyl and Otto "
                "Keld announcing they would not resign."
            ),
            "Ada Reyl and Otto Keld",
            "they would not resign",
        ),
        (
            (
                "The Herald's Tom Brandt quoted an unnamed ally of Otto Keld on Tuesday who called the mood grim and "
                "said Keld was tired."
            ),
            "unnamed ally of Otto Keld",
            "Keld was tired",
        ),
        (
            "Citing draft documents published by the health ministry, the Corrow Times reported that the drug was new.",
            "Corrow Times",
            "the drug was new",
        ),
        (
            "The mayor spoke at a news conference announcing that her office was suing the port.",
            "mayor",
            "her office was suing the port",
        ),
    ],
)
def test_who_says_it_is_found_past_other_nouns(text: str, speaker: str, content: str) -> None:
    assert (speaker, content) in proposed_speech(text)


def test_a_source_ends_before_what_it_accuses_somebody_of() -> None:
    text = "The mayor has been accused by political critics of undermining the council by closing the port."
    assert only_proposed(text).speaker is not None
    assert proposed_speakers(text) == ["political critics"]
    assert proposed_speakers("The mayor has been accused by one woman of assault in the port.") == ["one woman"]


def test_a_participle_before_a_noun_quotes_nobody() -> None:
    text = '"We cannot draft an order that is any clearer" setting out terms of Keld\'s continuing release.'
    assert "Keld" not in proposed_speakers(text)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Doctor Tom Brandt said before the closure was announced on Tuesday that the town was ill prepared.",
            "Tom Brandt",
            "the town was ill prepared",
        ),
        (
            "In an October ruling, Judge Otto Keld abstained, but issued an opinion stating that the port was safe.",
            "Otto Keld",
            "the port was safe",
        ),
        (
            "While he admitted the budget was a reason, Keld also noted several members left him alone.",
            "Keld",
            "several members left him alone",
        ),
        (
            "Otto Keld was hopeful he would avoid jail, according to a source close to him, but Ada Reyl left.",
            "source close to him",
            "Otto Keld was hopeful he would avoid jail",
        ),
        (
            "The mayor told voters this weekend he would close the port.",
            "mayor",
            "he would close the port",
        ),
        (
            'Otto Keld would not answer if they would vote, only replying to the Herald: "It will pass on Monday."',
            "Otto Keld",
            "It will pass on Monday",
        ),
    ],
)
def test_what_stands_between_a_source_and_its_content_takes_neither(text: str, speaker: str, content: str) -> None:
    assert (speaker, content) in proposed_speech(text)


def test_what_somebody_answers_after_refusing_to_is_asserted() -> None:
    text = 'Otto Keld would not answer if they would vote, only replying to the Herald: "It will pass on Monday."'
    assert {claim.text: claim.commitment for claim in proposed(text)}["It will pass on Monday"] is Commitment.ASSERTS


def test_nobody_is_no_speaker() -> None:
    assert "nobody" not in proposed_speakers("In the town, nobody seemed shocked that Keld was paid twice.")


def test_a_source_of_a_relative_clause_is_not_that_of_the_sentence() -> None:
    text = "It was not clear what it meant for 300 people who according to official data live below the dam."
    assert "official data" not in proposed_speakers(text)


def test_what_a_court_holds_is_what_it_says() -> None:
    text = "On Monday, a panel of the Court of Appeals held that Otto Keld is not immune from such inquiries."
    assert proposed_speech(text) == [("panel of the Court of Appeals", "Otto Keld is not immune from such inquiries")]
