"""Where and when a figure holds, from the places and dates of its sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.contracts.article import Precision
from services.extract.dates.dates import NamedDate
from services.extract.names.names import Name
from services.language.places import load_gazetteer
from services.language.ranges import Range

PLACE_CHARS = 90
"""How far behind its figure a place may stand."""
_IN = re.compile(r"\b(?:in|into|at|near|across|outside|inside|around) (?:the )?(?:(?:city|town|state) of )?$")
_CLAUSE_END = re.compile(
    r"[;:\"]|\b(?:that|which|who|but|while|after|before|because)\b"
    r"|, (?!(?:in|at|near|across|outside|mostly|mainly|most|many|all|including|on|as of)\b)"
)
_WHEN = re.compile(r"\b(?:as of|as at|by|through|on|in|at) (?:late |early |mid-)?$", re.IGNORECASE)
_SPOKE = re.compile(r"\b(?:said|says|told|added|announced|according to|reported)\b")
_BARE = re.compile(r"\b(?:\w+ed|hurt|found|held|shot|lost|sent) $")
"""A verb right before a weekday: "were killed Wednesday"."""
_COUNTED_BY = re.compile(r"\b(?:as of|as at|by|through|so far on) (?:the |late |early |noon on )*$", re.IGNORECASE)
"""Words that make a day that of the count itself."""
_OF_A_HAPPENING = re.compile(r"['\u2019]s (?!(?:\w+ )?(?:count|tally|toll|figures?|estimates?)\b)")
"""Behind a day that is that of a thing: "killed by Monday's blast", but not "by Monday's count"."""
_TELLS = (
    r"(?:said|says|told|added|announced|according to|reported|revealed|disclosed|confirmed|estimated|counted"
    r"|registered|recorded|listed|tallied|put)"
)
_TOLD_ON = re.compile(
    rf"\b(?:{_TELLS}|told (?:\w+ ){{0,2}}\w+)(?: (?:in|at) (?:a|an|the|its|his|her|their) (?:\w+ )?\w+)?"
    r" (?:on |late |early )*$"
)
"""Before a day on which somebody tells it: "said on Monday", "said in a statement late on Monday"."""
_THEN_TOLD = re.compile(rf"(?:,|\)| night| morning| evening| afternoon)* (?:[\w'’.()-]+ ){{1,8}}?{_TELLS}\b")
"""Behind such a day that opens its clause: "On Monday the coast guard said"."""
_OPENS_CLAUSE = re.compile(r"(?:^|[.!?;:,\n][\"”’)]*\s+|\b(?:and|but|that) )(?:on |late |early )*$", re.IGNORECASE)
_HAPPENS_FIRST = re.compile(r"\b(?:when|after|as|and|but|while|where|which|who|that|because)\b")
_MOVED_TO = (
    r"(?:rose|risen|rises|climbed|grown|grew|jumped|increased|fell|fallen|dropped|came|come|raised|revised)"
    r"\b[^.,;\d]{0,24} to"
)
_STATE = re.compile(
    rf"\b(?:is|are|was|were|be|been|stood at|stands at|reached|topped|passed|exceeded|{_MOVED_TO}"
    r"|(?:put|placed|puts)\b[^.,;]{0,40} at|counted|registered|recorded|listed|tallied|confirmed)(?: up| down)? $"
)
"""Right before a figure that a sentence gives for its day: "had risen to", "there were"."""
_OF_A_NOUN = re.compile(r"\b(?:deal|pact|agreement|law|order|letter|report|treaty|accord) \w+ (?:on|in) $")
"""A date that belongs to a noun: "the deal signed on Feb. 29"."""
_NOT_AS_OF = re.compile(
    r"\b(?:since|until|till|before|from|after|between|(?<!as )of|for|than) (?:the )?$", re.IGNORECASE
)
_NOW = re.compile(r"[^.;:,\"]{0,30}?\b(?:now|today|currently|at present)\b")
_YEAR = re.compile(r"\d{4}")
_BEFORE_CHARS = 32
_STATE_CHARS = 60


@dataclass(frozen=True)
class Circumstances:
    """Where and when; None where the sentence does not tell."""

    place: str | None
    as_of: str | None


def place_of(text: str, figure: Range, area: Range, names: Sequence[Name]) -> str | None:
    """The first known place after the figure, in its clause, that "in" or the like stands before."""
    for name in names:
        if name.range.start < figure.end or name.range.start > min(area.end, figure.end + PLACE_CHARS):
            continue
        between = text[figure.end : name.range.start]
        if _CLAUSE_END.search(between):
            return None
        words = " ".join(name.words)
        if _IN.search(between) and load_gazetteer().place_of(words) is not None:
            return words
    return None


def as_of(text: str, figure: Range, dates: Sequence[NamedDate], reference: date | None) -> str | None:
    """The day, month or year of its sentence that the figure is told for; None where the sentence dates it not.

    A day only where the words say that the count is of that day: "as of Monday", "by Monday", "police said on Monday",
    "had risen to 14 on Monday". In "14 people died on Monday" it is the day of what happened, and the count may be of
    any later one.

    First the date behind the figure in its clause, with "on" and the like: "said on Monday that it was 30 on Sunday".
    Then the last before it, then the first after it. Not what lies after publication, and not where a time starts or
    ends.
    """
    of_the_count = [
        named
        for named in dates
        if _is_past_day(named, reference) and not _is_other_time(text, named) and _is_of_the_count(text, figure, named)
    ]
    if not of_the_count:
        return None
    if _NOW.match(text, figure.end):
        return None
    earlier = [named for named in of_the_count if named.range.end <= figure.start]
    later = [named for named in of_the_count if named.range.start >= figure.end and _tells_when(_before(text, named))]
    near = (named for named in later if _is_in_clause(text[figure.end : named.range.start]))
    chosen = next(near, None) or (earlier[-1] if earlier else next(iter(later), None))
    return chosen.mention.iso if chosen else None


def _is_of_the_count(text: str, figure: Range, named: NamedDate) -> bool:
    """Whether a day is that of the count, not that of what happened. True of all months and years with their number.

    "Last March" and "in October" are like days: of which year they are is computed.
    """
    if named.mention.precision is not Precision.DAY and _YEAR.search(named.mention.surface):
        return True
    before = _before(text, named)
    if _COUNTED_BY.search(before) or _TOLD_ON.search(before):
        return True
    if named.range.start >= figure.end:
        stands = _STATE.search(text, max(figure.start - _STATE_CHARS, 0), figure.start) is not None
        return stands and _is_in_clause(text[figure.end : named.range.start])
    if not _OPENS_CLAUSE.search(before):
        return False
    between = text[named.range.end : figure.start]
    then_told = _THEN_TOLD.match(between)
    if then_told is not None:
        return _HAPPENS_FIRST.search(then_told.group()) is None
    return _STATE.search(between) is not None and _CLAUSE_END.search(between.lstrip(", ")) is None


def _is_other_time(text: str, named: NamedDate) -> bool:
    before = _before(text, named)
    if named.mention.precision is Precision.YEAR and not before.lower().endswith("in "):
        # "The 1991 season" dates no figure.
        return True
    belongs = _OF_A_NOUN.search(before) or _OF_A_HAPPENING.match(text, named.range.end)
    return _NOT_AS_OF.search(before) is not None or belongs is not None


def _tells_when(before: str) -> bool:
    return _WHEN.search(before) is not None or _BARE.search(before) is not None


def _is_in_clause(between: str) -> bool:
    return len(between) <= PLACE_CHARS and not _CLAUSE_END.search(between) and not _SPOKE.search(between)


def _is_past_day(named: NamedDate, reference: date | None) -> bool:
    mention = named.mention
    if mention.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR) or "/" in mention.iso:
        return False
    return reference is None or mention.iso <= reference.isoformat()


def _before(text: str, named: NamedDate) -> str:
    return text[max(named.range.start - _BEFORE_CHARS, 0) : named.range.start]
