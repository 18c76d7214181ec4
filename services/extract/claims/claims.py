"""Claims from what was found: spans, kinds, and the quantities and names inside each."""

import hashlib
import re
from dataclasses import dataclass
from itertools import islice

from services.contracts.article import Article
from services.contracts.base import trusted
from services.contracts.claim import (
    AttributionLink,
    Claim,
    ClaimKind,
    Commitment,
    EntityMention,
    SpeakerKind,
)
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.spans import is_all_quoted
from services.extract.claims.predicates import Word, predicates_within
from services.extract.dates.dates import NamedDate
from services.extract.figures.figures import Figure
from services.extract.names.article_names import Types
from services.extract.names.people import Mention
from services.extract.text.document import Document
from services.language.negation import is_negated
from services.language.ranges import Range, SpanIndex

MAX_ENTITIES = 40

_CONDITION = re.compile(r"if\b", re.IGNORECASE)


@dataclass(frozen=True)
class Findings:
    """What claims are furnished with: figures, dates, names and predicates of the whole article."""

    figures: SpanIndex[Figure]
    dates: SpanIndex[NamedDate]
    mentions: SpanIndex[Mention]
    predicates: SpanIndex[Word]
    types: Types


def assemble(article: Article, document: Document, assertion: Assertion, findings: Findings, extractor: str) -> Claim:
    """One claim, verbatim at its span."""
    area = assertion.range
    text = area.of(document.text)
    kind = _kind(assertion)
    commitment = assertion.commitment
    if commitment is Commitment.ASSERTS and assertion.speaker is not None and _CONDITION.match(text):
        commitment = Commitment.CONDITIONAL
    return Claim(
        claim_id=_claim_id(article, kind, area),
        kind=kind,
        text=area.of(document.raw),
        span=area.to_span(),
        form=assertion.form,
        sentence=assertion.sentence.to_span() if assertion.sentence else None,
        quoted=tuple(words.to_span() for words in assertion.quoted),
        speaker=assertion.speaker,
        cue=assertion.cue.of(document.raw) if assertion.cue else None,
        attribution=_chain(article, assertion),
        commitment=commitment,
        negated=is_negated(text),
        quantities=tuple(figure.quantity for figure in findings.figures.within(area)),
        dates=tuple(named.mention for named in findings.dates.within(area)),
        entities=_entities(findings, area),
        predicates=predicates_within(area, findings.predicates.within(area)),
        extractor=extractor,
    )


def _chain(article: Article, assertion: Assertion) -> tuple[AttributionLink, ...]:
    """The assertion's chain, after the agency that wrote the article: that one stands nearest to the outlet.

    An agency that only contributed to it has a part of which nobody knows whether the claim is in it.
    """
    credit = None if article.wire_contributed else article.wire_credit
    if credit is None or assertion.speaker is None or any(link.name == credit for link in assertion.attribution):
        return assertion.attribution
    return (AttributionLink(name=credit, kind=SpeakerKind.ORGANISATION), *assertion.attribution)


def _kind(assertion: Assertion) -> ClaimKind:
    if assertion.figure:
        return ClaimKind.FIGURE
    quoted = sum(words.end - words.start for words in assertion.quoted)
    if 2 * quoted >= assertion.range.end - assertion.range.start or _is_interrupted(assertion):
        return ClaimKind.QUOTATION
    return ClaimKind.STATEMENT


def _is_interrupted(assertion: Assertion) -> bool:
    """Whether it is quoted words with their cue between them, however much the outlet says there of who speaks."""
    between = assertion.cue is not None and assertion.range.holds(assertion.cue)
    return between and is_all_quoted(assertion.range, assertion.quoted)


def _claim_id(article: Article, kind: ClaimKind, area: Range) -> str:
    parts = (article.article_id, str(article.revision), kind.value, str(area.start), str(area.end))
    return "clm_" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def _entities(findings: Findings, area: Range) -> tuple[EntityMention, ...]:
    return tuple(
        trusted(
            EntityMention,
            {
                "name": mention.surface,
                "type": kind,
                "span": mention.name.range.to_span(),
                "canonical": mention.canonical,
            },
        )
        for mention in islice(findings.mentions.within(area), MAX_ENTITIES)
        if (kind := findings.types.of(mention)) is not None
    )
