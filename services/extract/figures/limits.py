"""What limits an amount: "about", "at least", "up to", "another", "or more"."""

import re
from dataclasses import dataclass

from services.contracts.claim import Bound
from services.extract.figures.numbers import Number
from services.language.ranges import Range

WINDOW_CHARS = 40
"""Characters looked at before an amount."""

_LIMITS = {
    Bound.ABOUT: "about|around|approximately|roughly|some|nearly|almost|close to|an estimated|estimated|just under",
    Bound.AT_LEAST: "at least|more than|no fewer than|no less than|not less than|upwards of|in excess of|exceeding|"
    "well over|just over|over",
    Bound.AT_MOST: "up to|as many as|as much as|at most|no more than|not more than|fewer than|less than|a maximum of|"
    "under",
}
_LIMIT_BEFORE = re.compile(
    r"(?<![\w-])(?:(?:"
    + "|".join(f"(?P<{bound.value}>{words})" for bound, words in _LIMITS.items())
    + r") )?(?P<more>(?:another|an additional|additional|a further|an extra) )?$",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(r"\+|-plus\b| or more\b")
_MORE_AFTER = re.compile(r" more (?!than\b)")


@dataclass(frozen=True)
class Limit:
    """An amount, or a range of two, with its limiting words."""

    range: Range
    bound: Bound
    increment: bool
    unit: str | None
    noun_from: int
    """Where the counted noun starts, if there is one."""


def read_limit(text: str, first: Number, last: Number | None, area: Range) -> Limit:
    """The limits of the amount `first`, or of the range from `first` to `last`."""
    start, end = first.range.start, (last or first).range.end
    before = text[max(area.start, start - WINDOW_CHARS) : start]
    bound = Bound.AT_LEAST if first.vague else Bound.EXACT
    increment = False
    match = _LIMIT_BEFORE.search(before)
    if match is not None and match.group():
        named = next((key for key in _LIMITS if match.group(key.value)), None)
        bound = bound if first.vague or named is None else named
        increment = match.group("more") is not None
        start -= len(before) - match.start()
    after = _LIMIT_AFTER.match(text, end, area.end)
    if after is not None:
        bound, end = Bound.AT_LEAST, after.end()
    more = _MORE_AFTER.match(text, end, area.end)
    return Limit(
        range=Range(start, end),
        bound=Bound.RANGE if last is not None else bound,
        increment=increment or more is not None,
        unit=(last or first).unit,
        noun_from=more.end() - 1 if more else end,
    )


def is_limited(before: str) -> bool:
    """Whether the text ends with a limiting word: what comes is an amount, not a year or a label."""
    match = _LIMIT_BEFORE.search(before)
    return match is not None and match.lastgroup is not None
