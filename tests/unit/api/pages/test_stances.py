"""What stands before a claim that its source does not assert."""

import pytest

from services.api.pages.stances import stance, stance_in_report, with_stance
from services.contracts.claim import ClaimKind, Commitment

DENIES, DECLINES = Commitment.DENIES, Commitment.DECLINES_TO_CONFIRM
QUOTATION, STATEMENT = ClaimKind.QUOTATION, ClaimKind.STATEMENT
OPEN = "the door was open"


@pytest.mark.parametrize(
    ("commitment", "cue", "text", "before"),
    [
        (Commitment.ASSERTS, "said", OPEN, None),
        (DENIES, "denied", OPEN, "Denied"),
        (DENIES, None, OPEN, "Denied"),
        (DENIES, "does not think", OPEN, "Denied"),
        (DENIES, "ruled out", "a strike", "Ruled out"),
        (DECLINES, "has not confirmed", OPEN, "Not confirmed"),
        (DECLINES, "was unable to confirm or deny", OPEN, "Not confirmed"),
        (DECLINES, None, "", "Not confirmed"),
        (DECLINES, "did not deny", OPEN, "Not denied"),
        (DECLINES, "would not rule out", "a strike", "Not ruled out"),
        (DECLINES, "declined to comment", "the logs of the ferry", "No comment on"),
        (DECLINES, "would not say", "How he had learned this", "Not said"),
        (DECLINES, "declined to comment", "whether the door was open", "Not said"),
        (Commitment.CONDITIONAL, "said", "the port will reopen", "On a condition"),
        (Commitment.CONDITIONAL, "asked", "whether the port will reopen", "Asked"),
        (Commitment.REPORTS, "reported", "the mayor had resigned", "Repeated from others"),
    ],
)
def test_a_claim_that_is_not_asserted_begins_with_what_its_source_does(
    commitment: Commitment, cue: str | None, text: str, before: str | None
) -> None:
    assert stance(commitment, STATEMENT, text, cue) == before


@pytest.mark.parametrize(
    ("commitment", "kind", "cue", "text"),
    [
        (DENIES, STATEMENT, "called", 'Reyl called that figure "fiction"'),
        (DENIES, STATEMENT, "denied", "Reports of a leak were later denied by the port"),
        (DENIES, STATEMENT, "said", "the allegations were lies"),
        (DECLINES, STATEMENT, "have not confirmed", "Police have not confirmed his name"),
        (DECLINES, STATEMENT, "declined to comment", "The port declined to comment on the logs"),
        (DECLINES, QUOTATION, "said", "We cannot confirm that"),
        (DECLINES, QUOTATION, None, "We cannot confirm that"),
        (Commitment.CONDITIONAL, QUOTATION, "said", "Once it is safe, the port will reopen"),
        (Commitment.CONDITIONAL, STATEMENT, "said", "the port will reopen if it is safe"),
    ],
)
def test_nothing_stands_before_words_that_tell_it_themselves(
    commitment: Commitment, kind: ClaimKind, cue: str | None, text: str
) -> None:
    assert stance(commitment, kind, text, cue) is None


def test_a_quotation_that_a_verb_denies_is_not_shown_as_what_its_source_says() -> None:
    assert stance(DENIES, QUOTATION, "the door was open", "denied") == "Denied"


@pytest.mark.parametrize(
    ("of_report", "of_claim", "words"),
    [
        (DENIES, DENIES, None),
        (DENIES, Commitment.ASSERTS, "denies it"),
        (DECLINES, Commitment.ASSERTS, "does not confirm it"),
        (Commitment.ASSERTS, DENIES, "says so"),
        (Commitment.CONDITIONAL, Commitment.ASSERTS, None),
        (Commitment.ASSERTS, Commitment.REPORTS, None),
        (Commitment.ASSERTS, Commitment.ASSERTS, None),
    ],
)
def test_an_outlet_is_marked_only_where_it_tells_something_else_than_the_claim(
    of_report: Commitment, of_claim: Commitment, words: str | None
) -> None:
    assert stance_in_report(of_report, of_claim) == words


@pytest.mark.parametrize(
    ("cue", "text", "before"),
    [
        ("alleged", "The board fired her after she refused to sign", "Alleged"),
        ("alleged", "Ada Reyl alleged that the board fired her", None),
        ("said", "the dam fell in May", None),
        ("falsely claimed", "the dam fell in May", "Called false by an outlet"),
        ("debunked claims", "the dam fell in May", "Called false by an outlet"),
        ("unfounded claim", "the dam fell in May", "Called unproven by an outlet"),
        ("falsely claimed", "He falsely claimed the dam", None),
    ],
)
def test_what_is_only_alleged_or_called_false_is_shown_so(cue: str, text: str, before: str | None) -> None:
    assert stance(Commitment.ASSERTS, STATEMENT, text, cue) == before


def test_a_denied_claim_is_denied_whatever_its_outlet_thinks_of_that() -> None:
    assert stance(DENIES, STATEMENT, "the dam fell in May", "wrongly denied") == "Denied"


def test_a_line_of_plain_words_begins_with_it() -> None:
    assert with_stance("Denied", OPEN) == "Denied: the door was open"
    assert with_stance(None, OPEN) == OPEN
