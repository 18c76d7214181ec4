"""The words around a figure: is it certain, a part or a rate, and where and when does it hold."""

import re
from dataclasses import dataclass

from services.contracts.claim import Claim
from services.contracts.event_claims import Outlook
from services.contracts.quantity import Quantity
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.figures.occasions import Occasion, read_occasion
from services.dedupe.signals.name_matching import split_name_words
from services.language.negation import compile_negation
from services.language.stems import singulars
from services.language.stop_words import STOP_WORDS

_NEARBY = 60
"""Characters around a figure in which the word for what happened to those counted stands."""
_HEDGED_NEARBY = 80
_BOUNDARY = re.compile(r"[,;:()\n]|\b(?:and|but|while|with|of whom)\b|\d")
_BOUNDARY_BEFORE = re.compile(rf"{_BOUNDARY.pattern}|\b(?:when|during|involving|because)\b")
"""What happened in another clause did not happen to those counted: "two were shot in a fight involving 30 people"."""
_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n")
_CLAUSE = re.compile(
    r"[;:()\n]|, |\b(?:but|while|whereas|that|which|who|whose|where|when|after|because|since|during)\b"
)
_RELATIVE = re.compile(r"\b(?:which|who|whose|where)\b")
"""A relative clause is about something else: "and the mill, which dates from 1840"."""
_POSSIBLE = re.compile(
    r"\b(?:could|may|might|feared?|possibly|perhaps|likely|needs?|needed|requir\w+|request\w*|goals?|aims?|if)\b"
)
"""Requests and goals are no count of what is, either."""
_EXPECTED = re.compile(
    r"\b(?:expect\w*|plan(?:s|ned|ning)?|pledg\w+|promis\w+|committed|will|would|intends?|project(?:ed|ions?)|"
    r"forecast\w*|by the end of)\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"^[^.;:]{0,40}?(?:\bper\b|/|\bfor every\b"
    r"|\b(?:a|each|every|in one|in a single) (?:day|week|month|year|hour|night)\b"
    r"|\b(?:daily|weekly|monthly|annually|in (?:the (?:past|last|previous) )?24 hours)\b)",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(
    r"\b(?:per|for every|daily|average of|averag\w+|a record|adding|(?:rose|up|increased?|fell|down) (?:by|of)) "
    r"(?:\w+ ){0,3}$",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:initial(?:ly)?|at first|previously|earlier (?:count|estimate|figure|number|report|said|toll)\w*|"
    r"(?:up|down|revised|rising|falling|rose|fell) from)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"\b(?:including|include[sd]?|among (?:them|those|the dead|the injured|the victims)[\w ,]*|"
    r"of whom|of which|of them|of those)\b[^.;:]{0,30}$|\b(?:the|these|those) (?:other|remaining) $",
    re.IGNORECASE,
)
_REMAINDER = re.compile(
    r"\b(?:elsewhere|other (?:parts|places|areas|countries|cities|towns|villages|regions|states|islands|provinces"
    r"|districts)|the rest of|not (?:counting|including)|excluding|besides|(?:apart|aside) from)\b",
    re.IGNORECASE,
)
"""Of what is left when something else has been counted: "four people elsewhere in the valley"."""
_NEGATION = compile_negation(not_before=("since", r"includ\w+", r"count\w*"))
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|no evidence|not true|untrue|(?:not|n['\u2019]t) (?:confirm|prove|show)\w*) that\b"
    r"[^,;:]{0,40}$",
    re.IGNORECASE,
)
_CLAUSE_OF_FIGURE = re.compile(
    rf"{_CLAUSE.pattern}|\b(?:and|until|till|before|unless|how|why|whether|if|as)\b", re.IGNORECASE
)
_DEFINITE = re.compile(
    r"\b(?:the|those|these|all|both|their|his|her|its|our|my|your|other|remaining|same|\w+['\u2019]s)(?: [\w-]+)? $",
    re.IGNORECASE,
)
_OUTCOME_BEHIND_COMMA = re.compile(r"^, (?=(?:died|were|was|are|have|has|had|drowned|perished|remained?|fled)\b)")
_PRECEDING = 400
"""Characters before a sentence in which the sentence before it stands."""
_PART_AFTER = re.compile(
    r"^ (?:\w+ )?of (?:the|its|those|these|them|whom|which|his|her|their|our|\w+'s|\d[\d,]*|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?! nearly| about| some| more)",
    re.IGNORECASE,
)
_IN_PARTS = re.compile(r"\bin (?:some |many |other )?(?:parts|areas|places)\b", re.IGNORECASE)
"""Of amounts that are others elsewhere: "16 inches of rain fell in parts of the valley"."""
_LEADING = re.compile(r"\b(?:in|during|over|since|back in|throughout) [^.;:,]{3,40},? $", re.IGNORECASE)
"""Before a claim: the time for which it holds."""
WORLD = "worldwide"
"""Place of what is counted all over the world."""
_WORLDWIDE = re.compile(
    r"\b(?:worldwide|global(?:ly)?|(?:around|across|throughout) the (?:world|globe))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SentenceContext:
    """The words around a figure.

    Attributes:
        before: Words before the figure, from the last boundary on.
        after: Words after the figure, up to the next boundary.
        content: Stems with meaning of the claim's sentence, without numbers.
        outlook: Whether the figure is about what is, what may be, or what is to come.
        part: Whether it counts a part of something: "including", "of the".
        rate: Whether it counts by the day, per so many, or what a count has changed by.
        former: Whether it is given as an earlier count: "initially", "up from".
        places: Names of places in the sentence, as words.
        days: ISO dates in the sentence, up to a relative clause behind the figure.
        occasion: What it is about: what has happened now, long before, in a year, or what something can hold.
        negated: Whether its clause says that something is not so.
        denied: Whether it stands under that negation: "there were not two fires", but not "the two fires".
    """

    before: str
    after: str
    content: frozenset[str]
    outlook: Outlook
    part: bool
    rate: bool
    former: bool
    places: frozenset[tuple[str, ...]]
    days: tuple[str, ...]
    occasion: Occasion = Occasion.THIS
    negated: bool = False
    denied: bool = False


def read_sentence_context(report: Report, quantity: Quantity) -> SentenceContext:
    """Read the words around one figure of a report."""
    claim, text = report.claim, report.article.text
    start, end = _find_sentence_range(text, claim, quantity)
    before, after = text[start : quantity.span.start], text[quantity.span.end : end]
    lead = text[
        max(quantity.span.start - _HEDGED_NEARBY, 0) : quantity.span.start
    ]  # "Initially, police said" is outside
    own_end = quantity.span.end + len(_RELATIVE.split(after)[0])
    counted = singulars(quantity.counted or "")
    negated = _NEGATION.search(_CLAUSE_OF_FIGURE.split(before)[-1]) is not None
    hedged = _CLAUSE.split(before)[-1][-_HEDGED_NEARBY:] + " " + _CLAUSE.split(after)[0][:_HEDGED_NEARBY]
    return SentenceContext(
        before=_BOUNDARY_BEFORE.split(before[-_NEARBY:])[-1],
        after=_find_words_behind(after[:_NEARBY], quantity.counted or ""),
        content=frozenset(
            stem
            for stem in singulars(before + after)
            if stem not in STOP_WORDS and stem not in counted and not stem[0].isdigit()
        ),
        outlook=_read_outlook(hedged),
        part=_is_part_or_remainder(before, after),
        rate=_RATE.match(after) is not None or _RATE_BEFORE.search(before) is not None,
        former=_FORMER.search(_SENTENCE.split(lead)[-1]) is not None,
        places=frozenset(_find_place_names(text, claim, quantity, start, end)),
        days=tuple(sorted({named.iso for named in claim.dates if start <= named.span.start < own_end})),
        occasion=read_occasion(
            _find_leading_words(text, claim, start) + before,
            after,
            text[max(start - _PRECEDING, 0) : start],
            report.article.published_at,
        ),
        negated=negated,
        denied=(negated and _DEFINITE.search(before) is None) or _DENIAL.search(before) is not None,
    )


def _find_leading_words(text: str, claim: Claim, start: int) -> str:
    """What of its sentence stands before a claim and says when: "In 2011 and 2012, "."""
    if claim.sentence is None or not claim.sentence.start < start <= claim.sentence.end:
        return ""
    leading = _LEADING.search(text[claim.sentence.start : start])
    return "" if leading is None else leading.group()


def _find_words_behind(after: str, counted: str) -> str:
    """Words up to the next boundary, across the comma of "264 people, died in the flood"."""
    own = _BOUNDARY.split(after)[0]
    behind = after[len(own) :]
    comma = _OUTCOME_BEHIND_COMMA.match(behind)
    if comma is None or own.strip().casefold() != counted.casefold():
        return own
    return f"{own} {_BOUNDARY.split(behind[comma.end() :])[0]}"


def _is_part_or_remainder(before: str, after: str) -> bool:
    """Whether a figure counts only a part of what others count, or what is left of it."""
    if _PART_BEFORE.search(before) or _PART_AFTER.match(after) or _IN_PARTS.search(_SENTENCE.split(after)[0]):
        return True
    clause = f"{_CLAUSE.split(before)[-1][-_NEARBY:]} {_CLAUSE.split(after)[0][:_NEARBY]}"
    return _REMAINDER.search(clause) is not None


def _find_sentence_range(text: str, claim: Claim, quantity: Quantity) -> tuple[int, int]:
    """The part of the claim around the figure that is one sentence."""
    start, end = claim.span.start, claim.span.end
    for mark in _SENTENCE.finditer(text, claim.span.start, claim.span.end):
        if mark.end() <= quantity.span.start:
            start = mark.end()
        elif mark.start() >= quantity.span.end:
            return start, mark.start() + 1
    return start, end


def _read_outlook(nearby_words: str) -> Outlook:
    if _POSSIBLE.search(nearby_words):
        return Outlook.POSSIBLE
    return Outlook.EXPECTED if _EXPECTED.search(nearby_words) else Outlook.CURRENT


def _find_place_names(text: str, claim: Claim, quantity: Quantity, start: int, end: int) -> set[tuple[str, ...]]:
    named = {
        split_name_words(one.name) for one in claim.entities if one.type == "place" and start <= one.span.start < end
    }
    if quantity.place is not None:
        named.add(split_name_words(quantity.place))
    if _WORLDWIDE.search(text, start, end):
        named.add((WORLD,))
    return named - {()}
