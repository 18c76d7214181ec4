"""What an amount without a noun of its own counts, from the figures before it or the number after it."""

import re
from collections.abc import Sequence

from services.contracts.quantity import Change, Quantity
from services.extract.figures.counted import is_of_them
from services.extract.figures.limits import Limit
from services.language.ranges import Range

_TOTAL_BEFORE = re.compile(r"\b(?:total|overall) (?:number|figure)\b[^.;:\"0-9]{0,30}$|\b(?:the|a) total (?:of|to) $")
_BESIDE = re.compile(
    r" (?:[\w'-]+ ){0,5}?(?:in|at|on|near|from|for|during|outside) [^,;:\"]{1,40}?(?:,? and|,) (?:at least |about )?$"
)
"""Between two places with a number each: "7 in Ward 12 and 9 in Ward 14"."""
_PLACE_AFTER = re.compile(r" (?:in|at|on|near|from|for|during|outside)\b|[.,;]|$")
_COMPARED = re.compile(r"\b(?:(?:up|down) from|compared (?:with|to)|against|versus) (?:about |some |nearly )?$")
_PART_BEFORE = re.compile(
    r"\b(?:including|among them|amongst them|included|such as|of whom)[ ,]+(?:at least |about )?$"
)
_RISE = re.compile(
    r"\b(?:r[io]s(?:e|es|ing|en)|rose|increas\w+|grew|grow\w*|climb\w*|jump\w*|surg\w+|soar\w*|gain\w*|up) "
    r"(?:\w+ly )?by (?:about |nearly |almost |some |at least |more than |another |around |up to )?$",
    re.IGNORECASE,
)
_FALL = re.compile(
    r"\b(?:f[ae]ll\w*|drop\w*|decreas\w+|declin\w+|shr[aiu]nk\w*|slip\w*|cut|reduc\w+|down|slump\w*|plung\w+) "
    r"(?:\w+ly )?by (?:about |nearly |almost |some |at least |more than |another |around |up to )?$",
    re.IGNORECASE,
)
_WINDOW_CHARS = 60
_LOOK_BACK = 6
"""Figures looked at before a part of a whole."""
_BESIDE_CHARS = 90
"""Most characters between two numbers that stand side by side."""


def implied_count(text: str, limit: Limit, before: Sequence[Quantity], area: Range) -> str | None:
    """What the figures before say that this one counts; None when they do not tell.

    "38 homes were destroyed and another 20 damaged": homes. A part of a whole is skipped: "14 people, including two
    medics, and nine more were in hospital" are nine people.
    """
    if not before:
        return None
    last = before[-1]
    if limit.increment or is_of_them(text, limit.noun_from):
        whole = next((each for each in reversed(before[-_LOOK_BACK:]) if not _is_part(text, each, area)), last)
        return whole.counted
    between = text[last.span.end : limit.range.start]
    if between == " to " or _TOTAL_BEFORE.search(between) or _COMPARED.search(between[-_WINDOW_CHARS:]):
        return last.counted
    if len(between) <= _BESIDE_CHARS and _BESIDE.fullmatch(between) and _PLACE_AFTER.match(text, limit.noun_from):
        return last.counted
    return None


def change_of(text: str, start: int, area: Range) -> Change | None:
    """Whether the amount that starts at `start` is that of a change: "rose by 3"."""
    first = max(area.start, start - _WINDOW_CHARS)
    if not text.endswith("by ", first, start) and " by " not in text[first:start]:
        return None
    if _RISE.search(text, first, start):
        return Change.RISE
    return Change.FALL if _FALL.search(text, first, start) else None


def _is_part(text: str, quantity: Quantity, area: Range) -> bool:
    first = max(area.start, quantity.span.start - _WINDOW_CHARS)
    return _PART_BEFORE.search(text, first, quantity.span.start) is not None or is_of_them(text, quantity.span.end)
