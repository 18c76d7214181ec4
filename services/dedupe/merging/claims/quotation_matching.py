"""Quotations of one event, aligned by their words: which are one, what of it each article gives, and where.

The longest attested form leads. A shorter one is the same quotation if most of its words stand in the longer one in
the same order ("stem containment"). Of one of few words the longer one may lack little but filling words; a fragment
of two or three proves nothing by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from services.contracts.base import Span
from services.contracts.claim import Claim, ClaimKind, Predicate
from services.dedupe.merging.claims.quoted_words import FEWEST_SAID, QuotedWord, carries_meaning
from services.language.negation import NEGATIONS, count_negations
from services.language.sentence_ends import has_sentence_end
from services.language.stop_words import STOP_WORDS

CONTAINED = 0.75
"""Share of the shorter quotation's words that the longer has in the same order."""
WHOLE = 0.9
"""Share of the longer one's words from which on the shorter is no cut: outlets correct a word or two."""
SHORT = 6
"""Words up to which most of a quotation's words may stand in another by chance."""
FEWEST_SHARED = 2
"""Words with meaning that a short quotation has in common with another that lacks a word of it."""
APART = 2
"""Words by which the words of a short quotation may stand farther apart in another."""
_FULL_STOPS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class QuotationMatch:
    """How the words of one quotation stand in another.

    Attributes:
        shared: How many words both have in the same order.
        runs: Positions (start, end) in the first of the two where shared words stand.
    """

    shared: int
    runs: tuple[tuple[int, int], ...]


def split_quotations(article_text: str, claim: Claim) -> tuple[Claim, ...]:
    """Split a claim into the quotations that it consists of, each a claim; the claim itself if it is one.

    `"The gates held," he said. "Nobody was warned."` are two quotations, which other outlets may carry apart;
    `"The gates," he said, "held."` is one, and so is a claim that starts or ends in words of the outlet. Quantities,
    dates and names go with the words they stand in.
    """
    if claim.kind is not ClaimKind.QUOTATION or len(claim.quoted) < 2:  # noqa: PLR2004 - nothing to take apart
        return (claim,)
    if claim.span.start < claim.quoted[0].start - 1 or claim.span.end > claim.quoted[-1].end + 1:
        return (claim,)
    runs = [[claim.quoted[0]]]
    for before, after in zip(claim.quoted, claim.quoted[1:], strict=False):
        ended = before.of(article_text).rstrip().endswith(_FULL_STOPS) or has_sentence_end(
            article_text, before.end, after.start
        )
        if ended and after.of(article_text).lstrip()[:1].isupper():
            runs.append([after])
        else:
            runs[-1].append(after)
    if len(runs) == 1:
        return (claim,)
    return tuple(_build_quotation_claim(article_text, claim, run) for run in runs)


def align_quotations(shorter: Sequence[str], longer: Sequence[str]) -> QuotationMatch:
    """Align two runs of stems; positions are those in `shorter`."""
    if shorter == longer:
        return QuotationMatch(len(shorter), ((0, len(shorter)),) if shorter else ())
    # `autojunk` would leave out words that long quotations repeat.
    blocks = SequenceMatcher(None, shorter, longer, autojunk=False).get_matching_blocks()[:-1]
    return QuotationMatch(
        sum(block.size for block in blocks), tuple((block.a, block.a + block.size) for block in blocks)
    )


def is_same_quotation(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether `shorter` is a form of the quotation `longer`: enough of its words, and no "not" more or less."""
    if not has_words_of(shorter, longer):
        return False
    back = align_quotations(longer, shorter).runs
    if not back:
        return False
    between = longer[back[0][0] : back[-1][1]]
    return count_negations(shorter) == count_negations(between)


def has_words_of(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether `shorter` has enough words, and most of them stand in `longer` in the same order."""
    if len(shorter) < FEWEST_SAID:
        return False
    match = align_quotations(shorter, longer)
    if match.shared < CONTAINED * len(shorter):
        return False
    return match.shared == len(shorter) or len(shorter) > SHORT or _lacks_little(shorter, longer, match)


def _lacks_little(shorter: Sequence[str], longer: Sequence[str], match: QuotationMatch) -> bool:
    """Whether `longer` lacks only filling words of a short quotation, or words between others that it has together.

    "I think that is …" stands in much that is said. The words at the ends of a cut are those it was made for.
    """
    shared = {at for start, end in match.runs for at in range(start, end)}
    telling = {at for at, word in enumerate(shorter) if carries_meaning(word)}
    if telling and telling <= shared and max(end - start for start, end in match.runs) >= FEWEST_SAID:
        return True
    inside = all(min(shared) < at < max(shared) for at in telling - shared)
    if not inside or len(telling & shared) < FEWEST_SHARED:
        return False
    back = [run for run in align_quotations(longer, shorter).runs if any(map(carries_meaning, longer[slice(*run)]))]
    return bool(back) and back[-1][1] - back[0][0] <= len(shorter) + APART


def is_fragment_of(fragment: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether a fragment of a few words stands in a quotation, word by word, and is more than filling words."""
    size = len(fragment)
    if not size or set(fragment) <= STOP_WORDS | NEGATIONS:
        return False
    return any(tuple(whole[at : at + size]) == tuple(fragment) for at in range(len(whole) - size + 1))


def find_word_spans(quoted_words: Sequence[QuotedWord], runs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Find where runs of words stand in the article's text; neighbouring words of one quotation are one span."""
    spans = []
    for start, end in runs:
        for _, listed in groupby(quoted_words[start:end], key=lambda word: word.quotation):
            words = list(listed)
            spans.append(Span(start=words[0].start, end=words[-1].end))
    return tuple(spans)


def _build_quotation_claim(article_text: str, claim: Claim, quoted_spans: Sequence[Span]) -> Claim:
    span = Span(start=quoted_spans[0].start, end=quoted_spans[-1].end)
    while article_text[span.end - 1] in ",." and span.end - span.start > 1:
        span = Span(start=span.start, end=span.end - 1)
    return claim.model_copy(
        update={
            "span": span,
            "text": span.of(article_text),
            "quoted": (*quoted_spans[:-1], Span(start=quoted_spans[-1].start, end=span.end)),
            "quantities": tuple(one for one in claim.quantities if span.holds(one.span)),
            "dates": tuple(one for one in claim.dates if span.holds(one.span)),
            "entities": tuple(one for one in claim.entities if span.holds(one.span)),
            "predicates": _cut_predicates_to_span(claim, span),
        }
    )


def _cut_predicates_to_span(claim: Claim, span: Span) -> tuple[Predicate, ...]:
    """Select the predicates of a claim that stand in `span`; they point at each other as before."""
    kept = [at for at, one in enumerate(claim.predicates) if span.holds(one.span)]
    place = {at: number for number, at in enumerate(kept)}
    return tuple(
        claim.predicates[at].model_copy(
            update={"under": place.get(under) if (under := claim.predicates[at].under) is not None else None}
        )
        for at in kept
    )
