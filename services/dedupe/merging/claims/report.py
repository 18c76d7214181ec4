"""One claim of one article as its event sees it: with the origin of its text and the source that the event knows."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.claim import Claim, Speaker, SpeakerKind
from services.dedupe.embedding.whole_numbers import SCALE
from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.quoted_words import QuotedWord
from services.dedupe.merging.sources.spokespeople import is_spokesperson
from services.dedupe.signals.name_matching import may_be_same_name


@dataclass(frozen=True, slots=True)
class Report:
    """A prepared claim with what only its event knows of it.

    Attributes:
        prepared: The claim in its article.
        origin_id: Origin of the article's text; in a merged claim that of the claim itself (see `shared_text`).
        source: Who says it, under one name for the whole event; None: unknown, or nobody by name.
        side: Country that the source speaks for; None: unknown.
        chain: Named sources from the outlet to the speaker, each under one name for the whole event.
    """

    prepared: PreparedClaim
    origin_id: str
    source: str | None = None
    side: str | None = None
    chain: tuple[tuple[str, SpeakerKind], ...] = ()

    @property
    def key(self) -> str:
        """Id of the report within its event (`PreparedClaim.key`)."""
        return self.prepared.key

    @property
    def article(self) -> Article:
        """The article that the claim stands in."""
        return self.prepared.article

    @property
    def claim(self) -> Claim:
        """The claim as extracted."""
        return self.prepared.claim

    @property
    def vector(self) -> NDArray[np.float32]:
        """Vector of the claim's text in whole numbers."""
        return self.prepared.vector

    @property
    def order(self) -> tuple[datetime, str, int, str]:
        """Publication order; total."""
        return self.prepared.order

    @property
    def claim_stems(self) -> tuple[str, ...]:
        """Stems of the claim's words, in order."""
        return self.prepared.claim_stems

    @property
    def content_stems(self) -> frozenset[str]:
        """Stems of the claim's words that carry meaning."""
        return self.prepared.content_stems

    @property
    def quoted_words(self) -> tuple[QuotedWord, ...]:
        """Words between quotation marks, in order."""
        return self.prepared.quoted_words

    @property
    def quoted_stems(self) -> tuple[str, ...]:
        """Stems of the words between quotation marks."""
        return self.prepared.quoted_stems

    @property
    def is_negative(self) -> bool:
        """Whether the claim's words say that something is not so."""
        return self.prepared.is_negative


def find_speaker_label(report: Report) -> str | None:
    """Return the one label of a claim's speaker in its event; None: the text names no source.

    That is the event's name for a person or organisation, however the article shortens it. What no name tells keeps the
    article's words, and so does a state: "Paris" is no label of France's ministry.
    """
    speaker = report.claim.speaker
    if speaker is None:
        return None
    if speaker.kind is SpeakerKind.UNNAMED or report.source in (None, report.side):
        return speaker.canonical
    return report.source


def find_source_label(report: Report) -> str | None:
    """Return a speaker's label as sources are listed: who has a role is the only person of the event with that role.

    A spokesman stays one, though the source is the body.
    """
    speaker = report.claim.speaker
    if speaker is None or speaker.kind is not SpeakerKind.UNNAMED or report.source is None:
        return find_speaker_label(report)
    speaks_for_it = report.source == report.side or is_spokesperson(speaker.canonical)
    return speaker.canonical if speaks_for_it else report.source


def is_full_quotation(report: Report) -> bool:
    """Whether it is a quotation with enough words to be identified by them."""
    return report.prepared.is_full_quotation


def cosine_similarity(report: Report, other_report: Report) -> float:
    """Cosine of the vectors of two claims."""
    return float(report.vector @ other_report.vector) / SCALE**2


def are_different_persons(speaker: Speaker | None, other_speaker: Speaker | None) -> bool:
    """Whether two speakers are surely different persons. A person may speak for an organisation."""
    if speaker is None or other_speaker is None:
        return False
    if speaker.kind is not SpeakerKind.PERSON or other_speaker.kind is not SpeakerKind.PERSON:
        return False
    return not may_be_same_name(speaker.canonical, other_speaker.canonical)


def has_same_source(report: Report, other_report: Report) -> bool:
    """Whether both claims come from one source: the same named speaker, or in both cases the outlet itself."""
    first, second = report.claim.speaker, other_report.claim.speaker
    if report.source is not None and report.source == other_report.source:
        return True
    if first is None or second is None:
        publisher = report.article.publisher.key
        return first is second and publisher is not None and publisher == other_report.article.publisher.key
    named = SpeakerKind.UNNAMED not in (first.kind, second.kind)
    return named and may_be_same_name(first.canonical, second.canonical)
