"""The sign of each predicate of a claim: whether the claim says that it holds, or that it does not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.contracts.claim import Claim, Predicate
from services.dedupe.merging.vetoes.lexicon import NEGATORS, Lexicon, load_lexicon
from services.language.case import lower_case
from services.language.hearsay import DOUBTED
from services.language.stems import base_stem

WINDOW = 5
"""How many words after a negation its verb may stand, where there is no parse."""
_ABLE, _SUPPOSING = "could", "would"
_IS_TO = re.compile(r"\b(?:is|are|am)(?: (?:set|due|scheduled|about|expected|planned))? to $", re.IGNORECASE)
_TO = re.compile(r"\bto $", re.IGNORECASE)
_LASTING = re.compile(r"\b(?:is|are|be|being|to|am)(?: not)? $", re.IGNORECASE)
_COMING = frozenset(("will", "shall", "'ll", "\u2019ll"))
_RESTART = frozenset(("but", "and", "that", "which", "who", "because", "while", "although", "if", "when"))


@dataclass(frozen=True, slots=True)
class PredicateReading:
    """One predicate and whether the claim says that it holds.

    Attributes:
        stem: Of its word.
        negative: Whether the claim says that it does not hold.
        possible: Whether the claim leaves open whether it does ("may", "might", "could").
        supposed: Whether it would be so if something else were.
        coming: Whether it is yet to come: "will raise", "plans to raise".
        done: Whether it is done: "raised".
        subject: Stem of the head word of the subject; None: unknown.
        object: Stem of the head word of the object; None: unknown.
        main: Whether it is a main predicate of the claim.
        reports: Whether it says who says something rather than what is so.
        cue: Whether it is the claim's cue, inside its text.
        at: Where it stands in the claim's text.
    """

    stem: str
    negative: bool
    possible: bool
    supposed: bool
    coming: bool
    done: bool
    subject: str | None
    object: str | None
    main: bool
    reports: bool
    cue: bool
    at: int


def read_predicates(claim: Claim, words_with_starts: Sequence[tuple[str, int]]) -> tuple[PredicateReading, ...]:
    """Read the signs of a claim's predicates; without a parse, guess them from `words_with_starts`."""
    lexicon = load_lexicon()
    if claim.predicates:
        return tuple(_build_sign(claim, predicate, lexicon) for predicate in claim.predicates)
    return tuple(_guess_predicates_without_parse(words_with_starts, lexicon))


def _build_sign(claim: Claim, predicate: Predicate, lexicon: Lexicon) -> PredicateReading:
    own = base_stem(predicate.lemma)
    at = predicate.span.start - claim.span.start
    negative = predicate.negated
    # "Could not" is an inability, and no possibility.
    possible = predicate.modal in lexicon.possible and not (predicate.modal == _ABLE and predicate.negated)
    main = predicate.main
    coming = predicate.modal in _COMING or _IS_TO.search(claim.text[max(0, at - 16) : at]) is not None
    above = predicate
    steps = 0
    while above.under is not None and above.under < len(claim.predicates) and steps < len(claim.predicates):
        above = claim.predicates[above.under]
        steps += 1
        upper = base_stem(above.lemma)
        coming |= upper in lexicon.planning and _TO.search(claim.text[max(0, at - 3) : at]) is not None
        if upper in lexicon.reporting:
            main |= above.main and above.under is None
            break
        coming |= above.modal in _COMING or _is_going(claim, above)
        if upper in lexicon.turning:
            negative = not negative
        negative ^= above.negated
        possible |= above.modal in lexicon.possible and not (above.modal == _ABLE and above.negated)
    negative ^= _is_called_false(claim, predicate, lexicon)
    cue = claim.cue is not None and claim.text[at : predicate.span.end - claim.span.start] == claim.cue
    return PredicateReading(
        stem=own,
        negative=negative,
        possible=possible,
        supposed=predicate.modal == _SUPPOSING,
        coming=coming,
        done=not coming and predicate.modal is None and predicate.under is None and _is_past_form(claim, predicate),
        subject=None if predicate.subject is None else base_stem(predicate.subject),
        object=None if predicate.object is None else base_stem(predicate.object),
        main=main,
        reports=own in lexicon.reporting or (cue and own in lexicon.denying),
        cue=cue,
        at=at,
    )


def _is_called_false(claim: Claim, predicate: Predicate, lexicon: Lexicon) -> bool:
    """Whether it stands in what is called false: "the notion that the guards spied was ridiculous"."""
    return any(
        verdict.subject in DOUBTED
        and verdict.subject_span is not None
        and verdict.subject_span.end <= predicate.span.start < verdict.span.start
        and base_stem(verdict.lemma) in lexicon.turning
        and not verdict.negated
        for verdict in claim.predicates
    )


def _is_going(claim: Claim, governor: Predicate) -> bool:
    """Whether the predicate is the "going" of "going to"."""
    start, end = governor.span.start - claim.span.start, governor.span.end - claim.span.start
    return lower_case(claim.text[start:end]) == "going"


def _is_past_form(claim: Claim, predicate: Predicate) -> bool:
    """Whether the predicate's word is a past form that no "is" or "are" turns into a lasting state."""
    start, end = predicate.span.start - claim.span.start, predicate.span.end - claim.span.start
    word = lower_case(claim.text[start:end])
    past = word != predicate.lemma and not word.endswith(("ing", "s"))
    return past and not _LASTING.search(claim.text[max(0, start - 12) : start])


def _guess_predicates_without_parse(
    words_with_starts: Sequence[tuple[str, int]], lexicon: Lexicon
) -> list[PredicateReading]:
    """Signs without a parse: a negation or a modal governs the words that follow, up to the next clause."""
    signs: list[PredicateReading] = []
    negative, possible, left = False, False, 0
    for word, at in words_with_starts:
        lower, own = word.casefold(), base_stem(word)
        if lower in NEGATORS:
            negative, left = not negative, WINDOW
            continue
        if lower in lexicon.possible:
            possible, left = True, WINDOW
            continue
        if lower in _RESTART:
            negative, possible, left = False, False, 0
            continue
        left -= 1
        if left < 0:
            negative = possible = False
        if own in lexicon.stop or lower.endswith("ly"):
            continue
        reports = own in lexicon.reporting
        sign = PredicateReading(
            own,
            negative,
            possible,
            supposed=False,
            coming=False,
            done=False,
            subject=None,
            object=None,
            main=False,
            reports=reports,
            cue=False,
            at=at,
        )
        signs.append(sign)
        if own in lexicon.turning:
            negative, left = not negative, WINDOW
        elif own not in lexicon.light:
            negative = possible = False
    return signs
