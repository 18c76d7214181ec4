"""Sentences that somebody gives as claims."""

from datetime import UTC, datetime

from services.contracts.article import Article
from services.contracts.claim import AssertionForm
from services.extract.extraction import extract
from services.ingest.build import first_revision
from services.ingest.submission import parse_submission

OPINION = "The priorities are way out of whack."
SAID = "The port is safe, Ada Lind said."


def article(text: str) -> Article:
    return first_revision(parse_submission({"text": text}), fetched_at=datetime(2026, 3, 4, tzinfo=UTC))


def test_a_sentence_without_a_claim_is_one_as_a_whole_if_every_sentence_is_asked_for() -> None:
    assert extract(article(OPINION)).claims == ()
    (claim,) = extract(article(OPINION), every_sentence=True).claims
    assert (claim.text, claim.form, claim.speaker) == (OPINION, AssertionForm.NARRATED, None)
    assert claim.predicates


def test_a_sentence_with_a_claim_has_that_claim_alone() -> None:
    assert extract(article(SAID), every_sentence=True).claims == extract(article(SAID)).claims


def test_sentences_with_and_without_claims_stand_in_text_order() -> None:
    found = extract(article(f"{OPINION} {SAID} {OPINION}"), every_sentence=True).claims
    assert [claim.text for claim in found] == [OPINION, "The port is safe", OPINION]
