"""Figures that a claim takes for granted: its speaker judges something, and the outlet counts it."""

import re

from services.contracts.claim import Claim, Quantity

_JUDGES = re.compile(
    r"\b(?:blam|accus|critici[sz]|prais|condemn|denounc|thank|commend|congratulat|slam|blast|fault|credit|rebuk|welcom"
    r"|deplor|lament|mourn|decr|hail|applaud)\w*",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?<!ing) (?:that|who|which|whose|where) ")
"""Not "of saying that"."""


def is_taken_for_granted(claim: Claim, quantity: Quantity) -> bool:
    """Whether a figure stands in a clause that only tells which thing the speaker judges.

    "Reyl blames the council for the fire that killed five people": the five are the outlet's.
    """
    if claim.speaker is None or not claim.cue or not claim.span.start <= claim.speaker.span.start < claim.span.end:
        return False
    at = claim.text.find(claim.cue)
    judges = _JUDGES.match(claim.text, at) if at >= 0 else None
    if judges is None:
        return False
    return _RELATIVE.search(claim.text, judges.end(), max(quantity.span.start - claim.span.start, 0)) is not None
