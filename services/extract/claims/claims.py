"""Claims from what was found: spans, kinds, and the quantities and names inside each."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from services.contracts.article import Article
from services.contracts.claim import (
    AttributionLink,
    Claim,
    ClaimKind,
    Commitment,
    EntityMention,
    SpeakerKind,
)
from services.extract.assertions.draft import Draft
from services.extract.claims.predicates import Word, predicates_within
from services.extract.dates.dates import NamedDate
from services.extract.figures.figures import Figure
from services.extract.names.article_names import Types
from services.extract.names.people import Mention
from services.extract.text.document import Document
from services.extract.text.quotations import Quotation
from services.language.negation import is_negated
from services.language.ranges import Range, SpanIndex, trim

MIN_WORDS = 2
"""A single word is quoted for its flavour, not for what it says."""
MAX_ENTITIES = 40

_CONDITION = re.compile(r"if\b", re.IGNORECASE)
_FINAL_STOPS = ",.;:"
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.){2,}$")


def quoted_words(document: Document, quotation: Quotation) -> Range | None:
    """The words of a quotation without the comma or stop that typography puts before the closing mark."""
    return trim(document.text, *quotation.inner, right=_FINAL_STOPS)


def draft_content(
    document: Document, content: Sequence[Range], quotations: Sequence[Quotation], fewest: int = MIN_WORDS
) -> tuple[Range, tuple[Range, ...]] | None:
    """Span of a claim from the pieces of its content, and the quoted words in it; None under `fewest` words.

    Content that is quotations and nothing else loses its marks.
    """
    inside = [quotation for quotation in quotations if any(piece.holds(quotation.outer) for piece in content)]
    quoted = tuple(words for quotation in inside if (words := quoted_words(document, quotation)) is not None)
    whole = Range(content[0].start, content[-1].end)
    if quoted and {quotation.outer for quotation in inside} == set(content):
        whole = Range(quoted[0].start, quoted[-1].end)
    whole = _after_colon(document, whole, inside)
    quoted = tuple(words for words in quoted if words.start >= whole.start)
    area = trim(document.text, *whole, left=_FINAL_STOPS, right="" if _ends_short(document, whole) else _FINAL_STOPS)
    if area is None:
        return None
    if len(area.of(document.text).split(None, fewest)) < fewest and not any(each.full for each in inside):
        return None
    return area, tuple(words for words in quoted if area.holds(words))


def _after_colon(document: Document, whole: Range, inside: Sequence[Quotation]) -> Range:
    """The content from a full quotation on that a colon introduces and that ends it: what is before is not its own."""
    last = inside[-1] if inside else None
    if last is None or not last.full or trim(document.text, last.outer.end, whole.end, left=_FINAL_STOPS) is not None:
        return whole
    before = trim(document.text, whole.start, last.outer.start)
    if before is None or document.text[before.end - 1] != ":":
        return whole
    return trim(document.text, *last.inner, right=_FINAL_STOPS) or whole


def _ends_short(document: Document, area: Range) -> bool:
    """Whether the last stop belongs to an abbreviation ("p.m.")."""
    return _ABBREVIATION.search(document.text, max(area.start, area.end - 8), area.end) is not None


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
    """The draft's chain, after the agency that the article credits: that one stands nearest to the outlet."""
    credit = article.wire_credit
    if credit is None or draft.speaker is None or any(link.name == credit for link in draft.attribution):
        return draft.attribution
    return (AttributionLink(name=credit, kind=SpeakerKind.ORGANISATION), *draft.attribution)


def _kind(draft: Draft) -> ClaimKind:
    if draft.figure:
        return ClaimKind.FIGURE
    quoted = sum(words.end - words.start for words in draft.quoted)
    return ClaimKind.QUOTATION if 2 * quoted >= draft.range.end - draft.range.start else ClaimKind.STATEMENT


def _claim_id(article: Article, kind: ClaimKind, area: Range) -> str:
    parts = (article.article_id, str(article.revision), kind.value, str(area.start), str(area.end))
    return "clm_" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def _entities(findings: Findings, area: Range) -> tuple[EntityMention, ...]:
    return tuple(
        EntityMention(
            name=mention.surface,
            type=kind,
            span=mention.name.range.to_span(),
            canonical=mention.canonical,
        )
        for mention in islice(findings.mentions.within(area), MAX_ENTITIES)
        if (kind := findings.types.of(mention)) is not None
    )
