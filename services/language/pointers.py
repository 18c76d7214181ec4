"""Words that only point at what was said elsewhere: "the report", "these allegations"."""

import re

from services.language.hearsay import POINTED_AT, either_number

_POINTS = re.compile(
    r"(?:the|this|that|these|those|such|all|both|any|his|her|its|their)"
    r"(?: (?:latest|new|same|such|of (?:the|these|those)))?"
    rf" (?:{either_number(POINTED_AT)}|speculation)|it|this|that|them|these|those",
    re.IGNORECASE,
)
_MARKS = " ,.;:\"'“”‘’"


def is_pointer(text: str) -> bool:
    """Whether a text only points: whoever denies "the report" says nothing to one who has not read the report."""
    return _POINTS.fullmatch(text.strip(_MARKS)) is not None


def says_something(text: str, *, is_denial: bool) -> bool:
    """Whether a claim can stand alone: a denial of "the report" cannot."""
    return not is_denial or not is_pointer(text)
