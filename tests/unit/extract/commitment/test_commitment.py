"""How far a source stands behind its words: what is told, denied, declined, or holds only if something else does."""

import pytest

from services.contracts.claim import AssertionForm, Commitment
from tests.unit.extract.articles import claims_of, only_claim, only_proposed, proposed

ASSERTS, DENIES = Commitment.ASSERTS, Commitment.DENIES
DECLINES, CONDITIONAL = Commitment.DECLINES_TO_CONFIRM, Commitment.CONDITIONAL


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            "The ministry cannot confirm the loss of the ship.",
            "cannot confirm",
            "The ministry cannot confirm the loss of the ship",
        ),
        ("The army has yet to confirm that the port was hit.", "has yet to confirm", "the port was hit"),
        (
            "Police were unable to verify the claims of the crew.",
            "were unable to verify",
            "Police were unable to verify the claims of the crew",
        ),
        (
            "The mayor would neither confirm nor deny a loss.",
            "would neither confirm nor deny",
            "The mayor would neither confirm nor deny a loss",
        ),
        (
            "The army is in no position to confirm the strike.",
            "is in no position to confirm",
            "The army is in no position to confirm the strike",
        ),
        (
            "The minister left without confirming the strike on it.",
            "without confirming",
            "The minister left without confirming the strike on it",
        ),
        (
            "The company fell short of confirming the sale.",
            "fell short of confirming",
            "The company fell short of confirming the sale",
        ),
        (
            "The company stopped short of confirming the sale.",
            "stopped short of confirming",
            "The company stopped short of confirming the sale",
        ),
        (
            "The firm has no plans to comment on the sale.",
            "has no plans to comment",
            "The firm has no plans to comment on the sale",
        ),
        ("The spokesman would not say who was hurt.", "would not say", "who was hurt"),
        ("The spokesman has yet to say who was hurt.", "has yet to say", "who was hurt"),
        ("Ada Reyl did not say where she had been.", "did not say", "where she had been"),
        (
            "Ada Reyl declined to comment on the sale.",
            "declined to comment",
            "Ada Reyl declined to comment on the sale",
        ),
        ("Ada Reyl refused to discuss the sale.", "refused to discuss", "Ada Reyl refused to discuss the sale"),
        (
            "Ada Reyl refrained from denying the reports.",
            "refrained from denying",
            "Ada Reyl refrained from denying the reports",
        ),
        ("Ada Reyl did not deny that it was shut.", "did not deny", "it was shut"),
        ("Ada Reyl never confirmed the sale.", "never confirmed", "Ada Reyl never confirmed the sale"),
        (
            "The Port Ministry does not run the ships and sees no need to confirm or deny the reports.",
            "sees no need to confirm or deny",
            "The Port Ministry does not run the ships and sees no need to confirm or deny the reports",
        ),
    ],
)
def test_who_leaves_a_question_open_declines_to_confirm(text: str, cue: str, content: str) -> None:
    claim = only_claim(text)
    assert (claim.commitment, claim.cue, claim.text) == (DECLINES, cue, content)
    assert claim.speaker is not None
    assert text.startswith(claim.speaker.surface)


@pytest.mark.parametrize(
    ("text", "commitment"),
    [
        ("Ada Reyl stressed that her office runs no ships and thus cannot confirm the loss.", DECLINES),
        ("The ministry said it was not able to confirm the loss of the ship.", DECLINES),
        ("Ada Reyl said she would not comment on the sale of the bridge.", DECLINES),
        ('"We cannot confirm that report at this time," Ada Reyl said.', DECLINES),
        ("Ada Reyl said that the army had not confirmed the number of dead.", ASSERTS),
        ('"We can confirm that report," Ada Reyl said.', ASSERTS),
    ],
)
def test_a_source_that_says_so_of_itself_declines_to_confirm(text: str, commitment: Commitment) -> None:
    assert only_claim(text).commitment is commitment


@pytest.mark.parametrize(
    "text",
    [
        "Ada Reyl denied the loss of the ship.",
        "Ada Reyl said the allegations were lies.",
        "A diplomat told the committee that the allegations were rumours meant to smear the city.",
        "Ada Reyl dismissed the reports as baseless.",
        'Ada Reyl described the sale of the bridge as a "rumour".',
        "Ada Reyl called the report a lie.",
        "Ada Reyl rejected claims that the bridge was sold.",
        "Ada Reyl rejected that account.",
        "Ada Reyl disputed the account.",
        "Ada Reyl challenged the account of the divers.",
        "Ada Reyl is challenging that account.",
        "Ada Reyl challenged State Department claims that the bridge was sold.",
        "Ada Reyl dismissed the idea that the bridge was sold.",
        "Ada Reyl said there was no truth to the reports.",
        "Ada Reyl said it was not true that the bridge was sold.",
        "Ada Reyl ruled out the sale of the bridge.",
        "Ada Reyl does not believe that the bridge was sold.",
        "Ada Reyl doubts that the bridge was sold.",
    ],
)
def test_who_calls_it_false_denies_it(text: str) -> None:
    assert only_claim(text).commitment is DENIES


def test_a_head_fake_is_a_trick_and_no_denial() -> None:
    claim = only_claim("Reyl's team insists that the sale was a head fake all along.")
    assert claim.commitment is not DENIES


@pytest.mark.parametrize(
    "text",
    [
        "Ada Reyl rejected the plan to sell the bridge.",
        "Ada Reyl challenged the city to sell the bridge.",
        "Ada Reyl rejected the idea of selling the bridge.",
        "Ada Reyl dismissed the idea of a bridge.",
        "Ada Reyl refused to sell the bridge.",
        "Ada Reyl does not expect a sale.",
        "Ada Reyl said she would not resign.",
        "The two fires are not believed to be linked.",
        "Ada Reyl said the bridge is shut and would open if the money came.",
        "Ada Reyl said the city would deny licences for the bridge.",
        "Ada Reyl said the reports were not false.",
        "Ada Reyl confirmed that the bridge was not safe.",
        "Ada Reyl said that any sale of the bridge would be legal.",
        "Ada Reyl did not doubt that the bridge was sold.",
        "Ada Reyl said the bridge would open by May, if not sooner.",
    ],
)
def test_what_is_refused_or_negative_is_no_denial(text: str) -> None:
    assert only_proposed(text).commitment is ASSERTS


@pytest.mark.parametrize(
    "text",
    [
        "The two sides have yet to report progress on their dispute after 13 rounds of talks.",
        "Ada Reyl has yet to provide details of how the council might sell its 12 ferries.",
        "The council has yet to announce that it will sell its 12 ferries.",
    ],
)
def test_what_somebody_has_yet_to_do_is_told_by_the_outlet(text: str) -> None:
    for claim in proposed(text):
        assert (claim.speaker, claim.commitment) == (None, ASSERTS)


def test_what_somebody_does_not_seem_is_neither_denied_nor_claimed() -> None:
    assert proposed("Ada Reyl does not appear eager for a fight.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ada Reyl said she would leave if the bridge was sold.",
        "Ada Reyl said that if the bridge was sold, she would leave.",
        "Ada Reyl said that any potential sale of the bridge would be legal.",
        "Ada Reyl asked whether the bridge had been sold.",
    ],
)
def test_what_holds_only_if_something_else_does_is_conditional(text: str) -> None:
    assert only_proposed(text).commitment is CONDITIONAL


def test_what_was_to_be_if_something_else_was_is_conditional() -> None:
    claim = only_claim("Ada Reyl said that she was closing the port if the board did not pay its debt.")
    assert claim.commitment is CONDITIONAL


def test_what_was_so_unless_something_else_was_is_asserted() -> None:
    claim = only_claim("Ada Reyl told the Herald that small boats were kept out of the port unless they had paid.")
    assert claim.commitment is ASSERTS


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Herald reported that the mayor said the bridge was safe.", "Herald"),
        ("There were reports that the bridge had been sold.", None),
    ],
)
def test_who_passes_on_what_others_say_reports_it(text: str, speaker: str | None) -> None:
    claim = only_claim(text)
    assert claim.commitment is Commitment.REPORTS
    assert (claim.speaker.canonical if claim.speaker else None) == speaker


def test_a_poll_asserts_what_those_asked_said() -> None:
    assert only_claim("A poll showed that 40 percent said they would leave.").commitment is ASSERTS


@pytest.mark.parametrize("text", ["It was reported that the bridge was shut.", "It is alleged that the port was sold."])
def test_what_is_reported_by_nobody_is_passed_on(text: str) -> None:
    claim = only_claim(text)
    assert (claim.speaker, claim.commitment) == (None, Commitment.REPORTS)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ada Reyl denied any part in the sale of the bridge.", "Ada Reyl denied any part in the sale of the bridge"),
        ("The board rejected the claim that the bridge was unsafe.", "the bridge was unsafe"),
        ("The board rejected the report that the bridge was unsafe.", "the bridge was unsafe"),
        ("The board dismissed a report that the bridge was unsafe.", "the bridge was unsafe"),
        ("The board denied the suggestion that the bridge was unsafe.", "the bridge was unsafe"),
        ("Police denied a statement that the bridge was unsafe.", "the bridge was unsafe"),
        ("Ada Reyl contested the claim that the bridge was unsafe.", "the bridge was unsafe"),
        ("Ada Reyl dismissed reports that the port had been sold.", "the port had been sold"),
    ],
)
def test_a_denial_tells_who_denies_what(text: str, content: str) -> None:
    claim = only_claim(text)
    assert (claim.text, claim.commitment) == (content, DENIES)
    assert claim.speaker is not None


@pytest.mark.parametrize(
    "text", ["The court denied a bid by the port to borrow.", "The court denied the mayor her seat."]
)
def test_who_grants_nothing_denies_no_statement(text: str) -> None:
    assert all(claim.commitment is not DENIES for claim in claims_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ada Reyl did not immediately respond to questions about the bridge.",
        "The Olan Bank did not respond to a request for comment about the bridge.",
        "Bank officials did not immediately answer questions about the bridge.",
        "The audit office has been looking into the bank since May, but has not said anything about the matter.",
    ],
)
def test_who_gives_no_answer_has_not_declined_to(text: str) -> None:
    assert all(claim.commitment is not DECLINES for claim in claims_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ada Reyl would not answer questions about the collapse of the bridge.",
        "Ada Reyl declined to answer questions about the collapse of the bridge.",
        "Ada Reyl did not comment on the collapse of the bridge.",
    ],
)
def test_who_will_not_answer_has_declined_to(text: str) -> None:
    assert [claim.commitment for claim in proposed(text) if claim.speaker] == [DECLINES]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            "North Taverra Confirms Sending Ships to Port Eldrin",
            "Confirms",
            "North Taverra Confirms Sending Ships to Port Eldrin",
        ),
        (
            "In a statement that amounts to a confirmation of earlier reports, Ada Reyl spoke of ships.",
            "amounts to a confirmation",
            "earlier reports",
        ),
        ("Ada Reyl denies wrongdoing.", "denies", "Ada Reyl denies wrongdoing"),
    ],
)
def test_a_confirmation_is_found_in_a_headline_and_in_a_noun(text: str, cue: str, content: str) -> None:
    (claim,) = [claim for claim in claims_of(text) if claim.cue == cue]
    assert claim.text == content
    assert claim.speaker is not None
    assert claim.speaker.canonical in ("North Taverra", "Ada Reyl")


@pytest.mark.parametrize(
    "text",
    [
        "The losses alone, assuming they are repeated each year, are large.",
        "If people think the fight is lost, they leave.",
        "Critics may argue that the bridge was never safe.",
        "Police never proved the money was stolen.",
        "The rules allow officers to request that the court close the port.",
        "Imagine that the bridge was shut.",
    ],
)
def test_what_nobody_has_said_yet_is_no_claim_of_anybody(text: str) -> None:
    assert not any(claim.speaker and claim.cue for claim in claims_of(text))


def test_who_is_told_is_not_who_tells() -> None:
    claim = only_claim("Otto Keld was told by Ada Brun that the dam would fail.")
    assert claim.text == "the dam would fail"
    assert claim.speaker is not None
    assert claim.speaker.canonical == "Ada Brun"


def test_a_quotation_beside_a_refusal_stands() -> None:
    text = 'Ada Reyl would not directly answer whether it would pass, only saying: "It is going to pass the council."'
    assert only_claim(text).commitment is ASSERTS


@pytest.mark.parametrize(
    "text",
    [
        "The mayor’s team waved off any idea that the bridge was unsafe.",
        "Ada Reyl shot down the notion that the bridge was unsafe.",
        "Ada Reyl shut down claims that the bridge was unsafe.",
        "Ada Reyl brushed aside a suggestion that the bridge was unsafe.",
        "Ada Reyl pushed back on claims that the bridge was unsafe.",
        "The board pushed back against the idea that the bridge was unsafe.",
        "Ada Reyl scoffed at the suggestion that the bridge was unsafe.",
    ],
)
def test_who_waves_off_an_idea_denies_it(text: str) -> None:
    claim = only_claim(text)
    assert (claim.text, claim.commitment) == ("the bridge was unsafe", DENIES)


def test_who_did_not_brush_a_suggestion_aside_has_not_denied_it() -> None:
    claims = claims_of("Ada Reyl did not brush aside the suggestion that the bridge was unsafe.")
    assert DENIES not in [claim.commitment for claim in claims]


@pytest.mark.parametrize(
    "text",
    [
        "The builders are refusing to answer the phone, so nobody can warn them.",
        "Keld’s office had not disclosed the loan before the Herald wrote about it.",
        "Otto Keld was away on Monday, and he hasn’t commented on the loan.",
        "One family, who did not want to give their names, was waiting for three sisters at the port.",
        "An official, who did not want to be named due to rules of the port, said the gate was shut.",
        "Police said he had been given first aid and it is not yet known if the fall had killed him.",
    ],
)
def test_who_only_keeps_silent_or_unnamed_declines_to_confirm_nothing(text: str) -> None:
    assert DECLINES not in [claim.commitment for claim in claims_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Reyl refused to provide details of the sale.",
        "Ada Reyl declined to answer questions about the sale.",
        "Ada Reyl declined to give a reason for the sale.",
        "Ada Reyl did not disclose the price of the port.",
    ],
)
def test_who_keeps_back_what_was_asked_declines(text: str) -> None:
    assert only_claim(text).commitment is DECLINES


def test_what_is_needed_is_no_condition_of_what_is_said() -> None:
    claim = only_claim("Ada Reyl said that the port could only be sold if the council agreed.")
    assert claim.commitment is ASSERTS


def test_an_aside_of_the_outlet_is_no_condition() -> None:
    claim = only_claim("The port announced that work had resumed — if it had ever stopped in the first place.")
    assert (claim.text, claim.commitment) == ("work had resumed", ASSERTS)


def test_a_condition_opens_a_sentence_that_breaks_off_with_a_dash() -> None:
    claim = only_proposed("Unless the port opens, the town will starve, Otto Keld said —")
    assert claim.text == "Unless the port opens, the town will starve"
    assert claim.commitment is Commitment.CONDITIONAL


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Otto Keld faced anger for falsely claiming that the mayor had sold the dam.", "falsely claiming"),
        ("Otto Keld has also wrongly said that the mayor had sold the dam.", "wrongly said"),
        ("Otto Keld said, incorrectly, that the mayor had sold the dam.", "said, incorrectly"),
        ("On Monday Otto Keld revived debunked claims that the mayor had sold the dam.", "debunked claims"),
        ("Keld's unfounded claim that the mayor had sold the dam angered the town.", "unfounded claim"),
        ("The Herald erroneously reported that the mayor had sold the dam.", "erroneously reported"),
        ("Otto Keld claimed, without evidence, that the mayor had sold the dam.", "claimed, without evidence"),
        ("Otto Keld said without a smile that the mayor had sold the dam.", "said"),
        ("Otto Keld said that the mayor had wrongly sold the dam.", "said"),
        ("Otto Keld loudly said that the mayor had sold the dam.", "said"),
    ],
)
def test_what_the_outlet_calls_false_has_its_word_in_the_cue(text: str, cue: str) -> None:
    assert [claim.cue for claim in claims_of(text) if "sold the dam" in claim.text] == [cue]


@pytest.mark.parametrize(
    "text",
    [
        "There has been no indication that any of the masons will refuse their pay.",
        "And there's no sign that Ada Reyl herself wants to replace Otto Keld.",
        "There is scant evidence that the tariffs would bring back the boats.",
        "The point isn't that the town should trust the fishermen more than the council.",
        "Ada Reyl stopped short of asserting in an interview that Otto Keld had meant to harm the port.",
        "Ada Reyl issued a statement without mentioning that the dam had burst.",
        "The generals opted against declaring that the war was lost.",
        "Instead of predicting that his town would win the cup, Otto Keld went home.",
        "Otto Keld will have to overcome history, not to mention several better-known rivals in the port of Orla.",
        "The police should remind those inside that they will be accomplices to murder.",
    ],
)
def test_what_was_not_said_or_has_nothing_for_it_is_no_claim_by_itself(text: str) -> None:
    assert [claim.text for claim in claims_of(text) if claim.form is AssertionForm.ATTRIBUTED] == []


@pytest.mark.parametrize(
    "text",
    [
        "There is little doubt that Karvelia tested a bomb in March.",
        "There is no doubt that Karvelia tested a bomb in March.",
    ],
)
def test_what_there_is_little_doubt_about_is_so(text: str) -> None:
    claim = only_proposed(text)
    assert claim.text == "Karvelia tested a bomb in March"
    assert claim.commitment is ASSERTS
