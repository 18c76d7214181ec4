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
_AS_OF = re.compile(r"\b(?:as of|as at|by|through|on|in|at) (?:late |early |mid-)?$", re.IGNORECASE)
_SPOKE = re.compile(r"\b(?:said|says|told|added|announced|according to|reported)\b")
_BARE = re.compile(r"\b(?:\w+ed|hurt|found|held|shot|lost|sent) $")
"""A verb right before a weekday: "were killed Wednesday"."""
_OF_A_NOUN = re.compile(r"\b(?:deal|pact|agreement|law|order|letter|report|treaty|accord) \w+ (?:on|in) $")
"""A date that belongs to a noun: "the deal signed on Feb. 29"."""
_NOT_AS_OF = re.compile(
    r"\b(?:since|until|till|before|from|after|between|(?<!as )of|for|than) (?:the )?$", re.IGNORECASE
)
_NOW = re.compile(r"[^.;:,\"]{0,30}?\b(?:now|today|currently|at present)\b")
_BEFORE_CHARS = 32


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

    First the one behind it in its clause, with "on" and the like, or right after a verb: "said on Monday that 30 died
    on Sunday". Then the last before it, then the first after it. Not what lies after publication, and not where a time
    starts or ends.
    """
    told = [
        named for named in dates if _is_past_day(named, reference) and not _is_other_time(named, _before(text, named))
    ]
    if not told:
        return None
    if _NOW.match(text, figure.end):
        return None
    earlier = [named for named in told if named.range.end <= figure.start]
    later = [named for named in told if named.range.start >= figure.end and _tells_when(_before(text, named))]
    near = (named for named in later if _is_in_clause(text[figure.end : named.range.start]))
    chosen = next(near, None) or (earlier[-1] if earlier else next(iter(later), None))
    return chosen.mention.iso if chosen else None


def _is_other_time(named: NamedDate, before: str) -> bool:
    if named.mention.precision is Precision.YEAR and not before.lower().endswith("in "):
        # "The 1991 season" dates no figure.
        return True
    return _NOT_AS_OF.search(before) is not None or _OF_A_NOUN.search(before) is not None


def _tells_when(before: str) -> bool:
    return _AS_OF.search(before) is not None or _BARE.search(before) is not None


def _is_in_clause(between: str) -> bool:
    return len(between) <= PLACE_CHARS and not _CLAUSE_END.search(between) and not _SPOKE.search(between)


def _is_past_day(named: NamedDate, reference: date | None) -> bool:
    mention = named.mention
    if mention.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR) or "/" in mention.iso:
        return False
    return reference is None or mention.iso <= reference.isoformat()


def _before(text: str, named: NamedDate) -> str:
    return text[max(named.range.start - _BEFORE_CHARS, 0) : named.range.start]
