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
from services.extract.assertions.draft import Draft
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


def assemble(article: Article, document: Document, draft: Draft, findings: Findings, extractor: str) -> Claim:
    """One claim, verbatim at its span."""
    area = draft.range
    text = area.of(document.text)
    kind = _kind(draft)
    commitment = draft.commitment
    if commitment is Commitment.ASSERTS and draft.speaker is not None and _CONDITION.match(text):
        commitment = Commitment.CONDITIONAL
    return Claim(
        claim_id=_claim_id(article, kind, area),
        kind=kind,
        text=area.of(document.raw),
        span=area.to_span(),
        form=draft.form,
        sentence=draft.sentence.to_span() if draft.sentence else None,
        quoted=tuple(words.to_span() for words in draft.quoted),
        speaker=draft.speaker,
        cue=draft.cue.of(document.raw) if draft.cue else None,
        attribution=_chain(article, draft),
        commitment=commitment,
        negated=is_negated(text),
        quantities=tuple(figure.quantity for figure in findings.figures.within(area)),
        dates=tuple(named.mention for named in findings.dates.within(area)),
        entities=_entities(findings, area),
        predicates=predicates_within(area, findings.predicates.within(area)),
        extractor=extractor,
    )


def _chain(article: Article, draft: Draft) -> tuple[AttributionLink, ...]:
    """The draft's chain, after the agency that wrote the article: that one stands nearest to the outlet.

    An agency that only contributed to it has a part of which nobody knows whether the claim is in it.
    """
    credit = None if article.wire_contributed else article.wire_credit
    if credit is None or draft.speaker is None or any(link.name == credit for link in draft.attribution):
        return draft.attribution
    return (AttributionLink(name=credit, kind=SpeakerKind.ORGANISATION), *draft.attribution)


def _kind(draft: Draft) -> ClaimKind:
    if draft.figure:
        return ClaimKind.FIGURE
    quoted = sum(words.end - words.start for words in draft.quoted)
    if 2 * quoted >= draft.range.end - draft.range.start or _is_interrupted(draft):
        return ClaimKind.QUOTATION
    return ClaimKind.STATEMENT


def _is_interrupted(draft: Draft) -> bool:
    """Whether it is quoted words with their cue between them, however much the outlet says there of who speaks."""
    between = draft.cue is not None and draft.range.holds(draft.cue)
    return between and is_all_quoted(draft.range, draft.quoted)


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
