"""What limits an amount: "about", "at least", "up to", "another", "or more", "-odd"."""

import re
from dataclasses import dataclass

from services.contracts.quantity import Bound
from services.extract.figures.particles import is_of_the_verb
from services.language.case import lower_case
from services.language.number import Number
from services.language.ranges import Range

WINDOW_CHARS = 40
"""Characters looked at before an amount."""

_LIMITS = {
    Bound.ABOUT: "about|around|approximately|roughly|some|nearly|almost|close to|close on|approaching|circa|"
    "an estimated|estimated|(?:somewhere )?in the region of|somewhere around|somewhere near|"
    "on the order of|not far off|virtually",
    Bound.AT_LEAST: "(?:(?:well|far|many|slightly|a little|a bit) )?more than|"
    "at (?:the very )?least|(?:no|not) (?:fewer|less) than|"
    "upwards? of|in excess of|exceed(?:ing|ed|s)|(?:(?:well|just|slightly|a little|a shade|a bit) )?(?:over|above)|"
    "(?:just |well )?north of|a minimum of|not below|greater than|larger than|higher than|longer than|"
    "topp(?:ing|ed)|surpass(?:ing|ed)|beyond|(?:just|well) past|as few as|as little as|as low as",
    Bound.AT_MOST: "(?:anything |anywhere )?up to|as many as|as much as|as high as|as long as|at (?:the very )?most|"
    "(?:no|not) more than|(?:(?:well|far|slightly|a little|many) )?(?:fewer|less) than|a maximum of|"
    "(?:no|not) (?:above|over|longer than|higher than)|"
    "(?:(?:well|just|slightly|a little|a shade|a bit) )?"
    "(?:under|below|short of|shy of)|(?:just |well )?south of|lower than|smaller than|shorter than|"
    "not exceeding|not quite|within",
    Bound.EXACT: "exactly|precisely",
}
_NEXT = r"(?:(?:about|around|roughly|some|an estimated|a record|a total of|a combined) )?"
_LIMIT_BEFORE = re.compile(
    r"(?<![\w-])(?:(?:"
    + "|".join(f"(?P<{bound.value}>{words})" for bound, words in _LIMITS.items())
    + rf") {_NEXT})?(?P<more>(?:another|an additional|additional|a further|an extra) (?:about |some )?)?$",
    re.IGNORECASE,
)
_LAST_WORDS = frozenset({
    "about", "around", "approximately", "roughly", "some", "nearly", "almost", "to", "on", "approaching", "circa",
    "estimated", "of", "near", "off", "virtually", "than", "least", "exceeding", "exceeded", "exceeds", "over",
    "above", "below", "topping", "topped", "surpassing", "surpassed", "beyond", "past", "few", "little", "low", "as",
    "many", "much", "high", "long", "most", "under", "quite", "within", "exactly", "precisely", "another",
    "additional", "further", "extra", "record", "combined",
})  # fmt: skip
"""Words that a limit before an amount ends with."""
_NOT_NEXT = r"(?! an? | [0-9$€£]| \w+ [a-z]+s\b)"
"""Else the limit is that of the amount to come: "30 percent, at least 40 dogs"."""
_LIMIT_AFTER = re.compile(
    r"(?P<at_least>\+|-plus\b| (?:or|and) (?:more|over|up|upwards?|above|counting)\b| plus\b(?= [a-z]+s\b| people)|"
    rf",? at (?:the very )?least\b{_NOT_NEXT}|,? at a minimum\b)"
    rf"|(?P<at_most> or (?:fewer|less|under|below)\b|,? at (?:the very )?most\b{_NOT_NEXT}|,? at a maximum\b)"
    r"|(?P<about>-odd\b|-ish\b| or so\b| or thereabouts\b|,? give or take\b)",
    re.IGNORECASE,
)
_STRONG = re.compile("-strong")
_MORE_AFTER = re.compile(r" (?:(?:or so )?more|additional|further)(?! than\b)\b(?= |[.,;:]|$)")


_PER = re.compile(
    r"(?: an? |-an?-| (?:per|each|every) |-per-| ?/ ?)(?P<of>second|minute|hour|day|night|week|month|"
    r"quarter|year|person|head|capita|household|family|child|adult|student|patient|share|barrel|tonne|ton|litre|gallon|kilo|kilogram|kg|ounce|mile|"
    r"kilomet(?:re|er)|hectare|acre|square (?:metre|meter|foot|kilometre|mile)|unit|vote|ticket|piece|bottle|resident|"
    r"inhabitant)\b"
)


@dataclass(frozen=True)
class Limit:
    """An amount, or a range of two, with its limiting words."""

    range: Range
    bound: Bound
    increment: bool
    unit: str | None
    strong: bool
    """Whether "-strong" follows: "a 200-strong crowd"."""
    joined: bool
    """Whether "-strong", "-plus" or the like follows: what is counted may be in the singular."""
    noun_from: int
    """Where the counted noun starts, if there is one."""


def read_limit(text: str, first: Number, last: Number | None, area: Range) -> Limit:
    """The limits of the amount `first`, or of the range from `first` to `last`."""
    start, end = first.range.start, (last or first).range.end
    bound = Bound.AT_LEAST if first.vague else Bound.ABOUT if first.about else Bound.EXACT
    increment = False
    match = _limit_of(text, first, area)
    if match is not None:
        named = _bound_of(match)
        bound = bound if first.vague or named is None else named
        increment = match.group("more") is not None
        start = match.start()
    after = _LIMIT_AFTER.match(text, end, area.end)
    if after is not None and last is None:
        bound, end = Bound(str(after.lastgroup)), after.end()
    strong = _STRONG.match(text, end, area.end)
    more = _MORE_AFTER.match(text, end, area.end)
    return Limit(
        range=Range(start, end),
        bound=Bound.RANGE if last is not None else bound,
        increment=increment or more is not None,
        unit=(last or first).unit,
        strong=strong is not None,
        joined=strong is not None or text[end - 5 : end] == "-plus",
        noun_from=strong.end() if strong else more.end() if more else end,
    )


def bound_behind(text: str, noun_end: int, area: Range) -> Bound | None:
    """The limit behind the counted noun: "40 people at most", "30 boats or more"."""
    after = _LIMIT_AFTER.match(text, noun_end, area.end)
    return Bound(str(after.lastgroup)) if after is not None and text[noun_end] in " ," else None


def per_what(text: str, end: int, area: Range) -> str | None:
    """What each the amount is counted for, if it says so right after `end`: "day" for "a day", "per day"."""
    match = _PER.match(text, end, area.end)
    return match["of"] if match is not None else None


def is_limited(text: str, start: int, area: Range) -> bool:
    """Whether a limiting word stands before `start`: what comes is an amount, not a year or a label."""
    match = _limit_before(text, start, area)
    return match is not None and match.lastgroup is not None


def _limit_of(text: str, number: Number, area: Range) -> re.Match[str] | None:
    """The limiting words before a number, without a word that belongs to what stands before it."""
    match = _limit_before(text, number.range.start, area)
    bound = _bound_of(match) if match is not None else None
    if match is None or bound is None:
        return match
    behind = match.end(bound.value) + 1
    if not is_of_the_verb(text, behind, number, area):
        return match
    return _limit_before(text, number.range.start, Range(behind, area.end))


def _limit_before(text: str, start: int, area: Range) -> re.Match[str] | None:
    begin, blank = max(area.start, start - WINDOW_CHARS), max(start - 1, area.start)
    last = text[max(text.rfind(" ", begin, blank) + 1, begin) : blank]
    if lower_case(last) not in _LAST_WORDS:
        # The search below tries many words at each place of the window, mostly in vain.
        return None
    match = _LIMIT_BEFORE.search(text, begin, start)
    return match if match is not None and match.group() else None


def _bound_of(match: re.Match[str]) -> Bound | None:
    return next((bound for bound in _LIMITS if match.group(bound.value)), None)
