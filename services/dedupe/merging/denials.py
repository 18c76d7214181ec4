"""What a claim denies in so many words, and which claim of the event that is.

A denial answers one claim: of all that other sources say, the one that says best what it denies. What no claim says
well enough is not answered.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from services.dedupe.merging.reports import Report, cosine, is_negative, same_source
from services.dedupe.merging.stances import Stance, calls_false, stance_of
from services.dedupe.merging.words import stems
from services.language.negation import NEGATIONS
from services.language.stop_words import STOP_WORDS

COVERED = 0.5
"""Share of the weight of what is denied that the other claim says."""
OF_OTHER = 0.2
"""Share of the other claim's words that is denied: one that only mentions the matter is not what is denied."""
CLOSE = 0.5
"""Cosine of the two claims."""
FEWEST, FEWEST_AWAY = 2, 3
"""Words with meaning that both have in one article, and in two: who denies in a text denies what it tells."""
_HERE = 0.15
"""What a claim of the same article is ahead of others."""
_ACCUSING = 0.1
"""What an accusation is ahead of other claims where accusations are denied."""
_SAID = (
    r"(?:claims?|statements?|assertions?|accusations?|allegations?|charges?|reports?|reporting|suggestions?|notion|idea"
    r"|assessment|characterization|conclusion|findings?|rumou?rs?|argument|insinuations?)"
)
_OF_WHAT_IS_SAID = re.compile(rf"^(?:[\w.,'\u2019-]+ ){{0,6}}?(?P<noun>{_SAID})(?: that| of)? +", re.IGNORECASE)
_FALSE_THAT = re.compile(
    r"\b(?:(?:un|not )true|false|incorrect|inaccurate|not the case|no truth|wrong|no (?:[a-z]+ )?evidence) "
    r"(?:to (?:say|suggest|claim|assert) )?that\b"
    r"|\bdisagree[sd]? with (?:[\w.'\u2019-]+ ){1,4}?" + _SAID + r"\W+that\b",
    re.IGNORECASE,
)
_SUBJECT_DENIES = re.compile(
    r"^[\w.,'\u2019 -]{2,60}? (?:(?:has|have|had|also|again|\w+ly) )*(?:denie[sd]|(?<!to )deny) (?:that )?"
)
_FURTHER = re.compile(
    r"[.;!?\u201d\"]\s|,? (?:but|while|after|although|though|even as|saying|calling|attributing|telling)\b"
    r"|,? and (?:that|said|says|saying|\w+ed)\b|, which\b"
)
"""Behind this a denial tells something else."""
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")
OPENING = 100
"""Characters of a claim in which "it is untrue that" stands."""
SHORT = 6
"""Letters that a word is compared by."""
_POSSIBLE = re.compile(r"\b(?:possib\w+|potential\w*|whether|could|may|might)\b", re.IGNORECASE)
"""What is open or may be is not said to be so."""
_ACCUSATION = re.compile(r"accus|alleg|charg", re.IGNORECASE)
_ACCUSES = re.compile(r"\b(?:accus|alleg|charg|blam|claim|report)", re.IGNORECASE)
_FILLERS = (
    "any anything having this these such so called wrongdoing accusation allegation charge claim report allege alleged "
    "involvement involved deny denied false"
)
_WITHOUT_MEANING = STOP_WORDS | NEGATIONS | frozenset(stems(" ".join([_FILLERS, *sorted(STOP_WORDS)])))


@dataclass(frozen=True, slots=True)
class Denial:
    """A claim, the words that say what it denies, and whether it denies a "not"."""

    report: Report
    words: frozenset[str]
    negative: bool
    accused: bool


class Denials:
    """Finds what denials mean among the claims of one event."""

    def __init__(self, reports: Sequence[Report]) -> None:
        """`reports`: all claims of the event."""
        self._all = reports
        self._reports = [one for one in reports if stance_of(one) in (Stance.ASSERTS, Stance.CONFIRMS)]

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        """The words of each claim; most events deny nothing and need none."""
        return {one.key: _words(one.prepared.stems) for one in self._all}

    @cached_property
    def _having(self) -> Counter[str]:
        return Counter(word for words in self._words.values() for word in words)

    def answered(self, report: Report) -> Report | None:
        """The claim that a claim denies; None: it denies none, or none that is told clearly enough."""
        denial = denial_of(report)
        if denial is None or len(denial.words) < FEWEST:
            return None
        scored = [(-score, one.order, one) for one in self._reports if (score := self._score(denial, one)) is not None]
        return min(scored, key=lambda each: each[:2])[2] if scored else None

    def _score(self, denial: Denial, other: Report) -> float | None:
        """How well a claim says what is denied; None: it does not."""
        report = denial.report
        here = other.article.article_id == report.article.article_id
        if other.claim.speaker is None or same_source(report, other) or (here and _overlap(report, other)):
            return None
        if _POSSIBLE.search(other.claim.text) or denial_of(other) is not None:
            return None
        if is_negative(other.claim.negated, other.tokens) != denial.negative:
            return None
        both = denial.words & self._words[other.key]
        covered = self._weight(both) / self._weight(denial.words)
        near = cosine(report, other)
        fewest = max(FEWEST if here else FEWEST_AWAY, OF_OTHER * len(self._words[other.key]))
        if len(both) < fewest or covered < COVERED or near < CLOSE:
            return None
        accusing = _ACCUSING if denial.accused and _ACCUSES.search(other.claim.cue or other.claim.text) else 0.0
        return covered + near + accusing + (_HERE if here else 0.0)

    def _weight(self, words: frozenset[str]) -> float:
        return math.fsum(math.log((len(self._all) + 1) / max(self._having[word], 1)) for word in words)


def _overlap(one: Report, other: Report) -> bool:
    first, second = one.claim.span, other.claim.span
    return first.start < second.end and second.start < first.end


def denial_of(report: Report) -> Denial | None:
    """What a claim denies in its own words; None: nothing, or it only points at it."""
    text = report.claim.text.strip(' "\u201c\u201d,.')
    inner = _SUBJECT_DENIES.match(text)
    rest = text if inner is None else text[inner.end() :]
    if calls_false(report):
        said = _OF_WHAT_IS_SAID.match(rest)
        return _denial(report, rest[said.end() :] if said else rest, said["noun"] if said else "")
    if stance_of(report) is not Stance.ASSERTS:
        return None
    found = _FALSE_THAT.search(text, 0, OPENING)
    if found is not None:
        return _denial(report, text[found.end() :], "")
    return _denial(report, rest, "") if inner else None


def _denial(report: Report, words: str, noun: str) -> Denial:
    listed = stems(_FURTHER.split(words)[0])
    return Denial(report, _words(listed), is_negative(False, listed), _ACCUSATION.match(noun) is not None)


def _words(listed: Sequence[str]) -> frozenset[str]:
    """Words with meaning, by beginnings that all their forms have: "ban" and "banning" are one."""
    telling = [stem[:SHORT] for stem in listed if stem not in _WITHOUT_MEANING and len(stem) > 1]
    return frozenset(_DOUBLED.sub(r"\1", stem) for stem in telling)
