"""Claims are neither cut before they say what they say, nor run on into what somebody else says."""

import pytest

from tests.unit.extract.articles import claims_of, texts


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            (
                "Two builders who met reporters but would not allow themselves to be identified, told reporters that "
                "the order will allow crews from Arlen, Corrow, Dell and Esk to enter the port if they have papers."
            ),
            "the order will allow crews from Arlen, Corrow, Dell and Esk to enter the port if they have papers",
        ),
        (
            (
                "The council interpreted “close ties” to include parents, children, in-laws and nieces but to exclude "
                "uncles, cousins and others."
            ),
            (
                "The council interpreted “close ties” to include parents, children, in-laws and nieces but to exclude "
                "uncles, cousins and others"
            ),
        ),
    ],
)
def test_no_claim_ends_inside_a_list(text: str, claim: str) -> None:
    assert claim in texts(text)


def test_a_clause_goes_on_behind_what_dashes_insert() -> None:
    text = (
        "The council feared that the union might mark Friday – the third anniversary of the strike – by closing the "
        "port of Arlen."
    )
    assert texts(text) == [
        "the union might mark Friday – the third anniversary of the strike – by closing the port of Arlen"
    ]


def test_what_was_done_before_it_was_said_is_said_too() -> None:
    text = "The ministry insisted it was not seeking a strike and had acted only after the crew had refused to leave."
    assert texts(text) == ["it was not seeking a strike and had acted only after the crew had refused to leave"]


def test_a_participle_does_not_take_the_subject_of_the_verb_behind_it() -> None:
    text = (
        "A stay of one night will not count as a tie to the port, but a builder invited to speak in Arlen will be free "
        "to enter."
    )
    assert not any(claim.endswith("in Arlen") for claim in texts(text))


def test_a_denial_at_the_end_of_a_sentence_is_no_speaker_and_is_not_left_out() -> None:
    claims = claims_of("Ada Reyl left in May after a row over the sale of the port, which Otto Keld denies.")
    assert [claim.speaker for claim in claims] == [None]
    assert claims[0].text.endswith("which Otto Keld denies")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            (
                "The company has said it has built and would sell a drone that can cross the northern Atlantic but "
                "pilots and engineers believe it is some time away from flying so far."
            ),
            "it has built and would sell a drone that can cross the northern Atlantic",
        ),
        (
            (
                "The council has said Reyl has put the builder on notice while the chance of a strike at the port has "
                "gained ground since May."
            ),
            "Reyl has put the builder on notice",
        ),
        (
            (
                "Ada Reyl said Sunday that there was more to the meeting with the builder than she had said before, "
                "prompting fresh speculation about the sale of the port."
            ),
            "there was more to the meeting with the builder than she had said before",
        ),
        (
            (
                "Otto Keld admitted that they met, but argued that it went nowhere, and finally laid out what is his "
                "full account of the sale."
            ),
            "it went nowhere",
        ),
    ],
)
def test_no_claim_runs_on_into_what_others_say_or_do(text: str, claim: str) -> None:
    assert claim in texts(text)


def test_a_contrast_that_the_source_draws_stays_its_own() -> None:
    assert "the bridge was closed but the road stayed open" in texts(
        "Ada Reyl said the bridge was closed but the road stayed open."
    )


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            (
                "But pilots say there are plain reasons why the port isn’t open now: The weather at the port is rough "
                "in winter, which makes it harder to land."
            ),
            "there are plain reasons why the port isn’t open now: The weather at the port is rough in winter",
        ),
        (
            (
                "Younger people are not taking up fishing at the same rate as older people did, said Reyl, and polls "
                "in Arlen show it."
            ),
            "Younger people are not taking up fishing at the same rate as older people did",
        ),
        ("Ada Reyl said that she would do so and added, “I have been to the port.”", "she would do so"),
    ],
)
def test_a_claim_ends_where_its_words_end(text: str, claim: str) -> None:
    assert claim in texts(text)


@pytest.mark.parametrize(
    "text",
    [
        (
            "The order was written with the help of the council of Arlen, and only released after Reyl’s own advisers "
            "had cleared it."
        ),
        "Nor is the port of Arlen the only part of the plan of Ada Reyl that has failed to get through the council.",
        "And that, Ada Reyl said, is the end of the story.",
        "But that’s not all Reyl said.",
        "Calling for rules while insisting that we know all we need to know about Ada Reyl is a plain double standard.",
    ],
)
def test_what_stops_short_or_only_points_is_no_claim(text: str) -> None:
    ends = ("after", "know about Ada Reyl", "the council", "story", "not")
    assert not any(claim.endswith(ends) for claim in texts(text))


def test_a_participle_that_points_at_an_object_stays_with_its_clause() -> None:
    text = "Otto Keld criticised the builders for the delay on Monday, calling them “deeply careless” in a note."
    assert texts(text) == [text.rstrip(".")]


def test_what_a_thing_is_called_is_no_claim_without_the_thing() -> None:
    text = "Also in port was a powerful old ship that outside experts call a “Musselman,” and which can still sail."
    assert not any(claim.startswith("call a") for claim in texts(text))


def test_a_participle_whose_quoted_words_are_not_its_own_is_left_out() -> None:
    text = "While many council members were worried, Otto Keld defended the plan, calling it “within the law.”"
    assert not any(claim.endswith("calling it") for claim in texts(text))


@pytest.mark.parametrize(
    "text",
    [
        "(Will Ada Reyl survive her use of the port’s money in May, given her loud calls for thrift?)",
        "Port Counsel Ada Reyl Finds Herself At Centre Of Long Harbour Dispute.",
    ],
)
def test_questions_and_headings_are_no_claims(text: str) -> None:
    assert texts(text) == []


def test_what_is_not_answered_is_no_claim_by_itself() -> None:
    text = "Councillors of Arlen often meet the mayor’s letters with a sigh or refuse to answer questions about them."
    assert not any(claim.startswith("questions") for claim in texts(text))
