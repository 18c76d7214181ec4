from datetime import UTC, datetime

import pytest

from services.api.pages import phrases
from services.contracts.article import Precision, Publisher
from services.contracts.base import Span
from services.contracts.claim import ClaimKind, Commitment, Speaker, SpeakerKind
from services.contracts.event import Counts
from services.contracts.quantity import Bound

MOMENT = datetime(2026, 3, 3, 7, 5, tzinfo=UTC)


def speaker(**more: str) -> Speaker:
    given = {"surface": "the spokeswoman", "canonical": "Greta Hallorin", "kind": SpeakerKind.PERSON} | more
    return Speaker.model_validate({"span": Span(start=0, end=1), **given})


def test_counts_read_as_a_sentence() -> None:
    assert (
        phrases.counts_sentence(Counts(articles=7, publishers=7, origins=5))
        == "7 articles by 7 outlets, 5 independent origins"
    )
    assert (
        phrases.counts_sentence(Counts(articles=1, publishers=1, origins=1))
        == "1 article by 1 outlet, 1 independent origin"
    )
    assert phrases.counts_sentence(Counts(articles=5, publishers=0, origins=5)) == "5 articles, 5 independent origins"


def test_an_outlet_is_called_by_its_name_else_its_domain() -> None:
    assert phrases.outlet(Publisher(name="The Post", domain="post.example")) == "The Post"
    assert phrases.outlet(Publisher(domain="post.example")) == "post.example"
    assert phrases.outlet(Publisher()) == phrases.UNKNOWN_OUTLET


def test_a_speaker_is_named_in_full_with_the_role_said_once() -> None:
    assert phrases.speaker(speaker(role="spokeswoman")) == "Greta Hallorin, spokeswoman"
    assert phrases.speaker(speaker(canonical="Governor Tarrow", role="governor")) == "Governor Tarrow"
    assert phrases.speaker(speaker(role="director", organisation="St Bertil")) == "Greta Hallorin, director, St Bertil"
    in_role = speaker(role="director of St Bertil's Hospital", organisation="St Bertil")
    assert phrases.speaker(in_role) == "Greta Hallorin, director of St Bertil's Hospital"
    assert phrases.speaker(speaker(surface="officials", kind="unnamed")) == "officials"
    assert phrases.speaker(None) == phrases.NO_SOURCE


def test_a_pronoun_names_nobody() -> None:
    assert phrases.speaker(speaker(canonical="he")) == "not named (\u201che\u201d)"
    assert phrases.speaker(speaker(surface="They", kind=SpeakerKind.UNNAMED)) == "not named (\u201cThey\u201d)"


@pytest.mark.parametrize(
    ("bound", "surface", "note"),
    [
        (Bound.ABOUT, "40", "about"),
        (Bound.AT_LEAST, "more than 200", ""),
        (Bound.AT_LEAST, "At least 14", ""),
        (Bound.EXACT, "61", ""),
        (Bound.AT_MOST, "$2.1bn", "at most"),
    ],
)
def test_a_bound_is_added_only_where_the_words_do_not_say_it(bound: Bound, surface: str, note: str) -> None:
    assert phrases.bound_note(bound, surface) == note


def test_a_time_is_told_as_exactly_as_it_is_known() -> None:
    assert phrases.at(MOMENT, Precision.SECOND) == "3 March 2026, 07:05 UTC"
    assert phrases.at(MOMENT) == "3 March 2026, 07:05 UTC"
    assert phrases.at(MOMENT, Precision.DAY) == "3 March 2026"


@pytest.mark.parametrize(
    ("commitment", "kind", "text", "words"),
    [
        (Commitment.ASSERTS, ClaimKind.STATEMENT, "the door was open", None),
        (Commitment.DENIES, ClaimKind.STATEMENT, "the door was open", "denies it"),
        (Commitment.DECLINES_TO_CONFIRM, ClaimKind.STATEMENT, "the door was open", "declines to confirm it"),
        (Commitment.DECLINES_TO_CONFIRM, ClaimKind.STATEMENT, "How he had learned this", "does not say"),
        (Commitment.DECLINES_TO_CONFIRM, ClaimKind.STATEMENT, "whether the door was open", "does not say"),
        (Commitment.DECLINES_TO_CONFIRM, ClaimKind.STATEMENT, "", "declines to confirm it"),
        (Commitment.CONDITIONAL, ClaimKind.STATEMENT, "the port will reopen", "says so on a condition"),
        (Commitment.CONDITIONAL, ClaimKind.QUOTATION, "If it is safe, the port will reopen", None),
        (Commitment.REPORTS, ClaimKind.QUOTATION, "It is like a dream", "repeats what others said"),
    ],
)
def test_what_a_source_does_with_a_claim_is_said_where_the_claim_does_not_say_it(
    commitment: Commitment, kind: ClaimKind, text: str, words: str | None
) -> None:
    assert phrases.stance(commitment, kind, text) == words


@pytest.mark.parametrize(
    ("of_report", "of_claim", "words"),
    [
        (Commitment.DENIES, Commitment.DENIES, None),
        (Commitment.DENIES, Commitment.ASSERTS, "denies it"),
        (Commitment.ASSERTS, Commitment.DENIES, "says so"),
        (Commitment.CONDITIONAL, Commitment.ASSERTS, None),
        (Commitment.ASSERTS, Commitment.REPORTS, None),
        (Commitment.ASSERTS, Commitment.ASSERTS, None),
    ],
)
def test_an_outlet_is_marked_only_where_it_tells_something_else_than_the_claim(
    of_report: Commitment, of_claim: Commitment, words: str | None
) -> None:
    assert phrases.stance_in_report(of_report, of_claim) == words


def test_what_is_only_alleged_is_shown_so() -> None:
    text = "The board fired her after she refused to sign"
    assert phrases.hedged_stance(Commitment.ASSERTS, "alleged", text) == "alleges it"
    assert phrases.hedged_stance(Commitment.ASSERTS, "said", text) is None
    assert phrases.hedged_stance(Commitment.DENIES, "alleged", text) is None
    assert phrases.hedged_stance(Commitment.ASSERTS, "alleged", "Ada Reyl alleged that the board fired her") is None


def test_what_an_outlet_calls_false_is_shown_so() -> None:
    text = "the dam fell in May"
    assert phrases.hedged_stance(Commitment.ASSERTS, "falsely claimed", text) == "says so; an outlet calls it false"
    assert phrases.hedged_stance(Commitment.ASSERTS, "debunked claims", text) == "says so; an outlet calls it false"
    assert phrases.hedged_stance(Commitment.ASSERTS, "unfounded claim", text) == "says so; an outlet calls it unproven"
    assert phrases.hedged_stance(Commitment.DENIES, "wrongly denied", text) is None
    assert phrases.hedged_stance(Commitment.ASSERTS, "falsely claimed", "He falsely claimed the dam") is None


def test_no_comma_is_shown_before_the_last_mark_of_a_claim() -> None:
    assert phrases.readable("Reyl called the plan “late,”") == "Reyl called the plan “late”"
    assert phrases.readable("The port, she said, is shut") == "The port, she said, is shut"
