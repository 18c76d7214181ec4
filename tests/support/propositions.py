"""Sentences read as claims and prepared for comparison."""

from datetime import UTC, datetime

from services.contracts.claim import Claim
from services.dedupe.merging.vetoes.find import find_vetoes
from services.dedupe.merging.vetoes.proposition import Proposition, read_proposition
from services.dedupe.merging.vetoes.veto import VetoKind
from services.extract.extraction import extract
from services.ingest.build import first_revision
from services.ingest.submission import parse_submission

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def stated(*sentences: str) -> list[Proposition]:
    """Of each sentence the claim that has most of it."""
    return [read_proposition(claim_in(sentence)) for sentence in sentences]


def claim_in(sentence: str) -> Claim:
    """The claim that has most of a sentence, which is an undated article by itself."""
    article = first_revision(parse_submission({"text": sentence, "language": "en"}), fetched_at=NOW)
    return max(extract(article, every_sentence=True).claims, key=lambda claim: len(claim.text))


def veto_kinds(one: str, other: str) -> set[VetoKind]:
    """In what two sentences differ so that they cannot be one."""
    return {veto.kind for veto in find_vetoes(*stated(one, other))}
