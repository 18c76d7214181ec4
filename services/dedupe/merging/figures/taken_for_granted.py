"""Figures that a claim takes for granted: its speaker speaks of a thing, and the outlet counts it."""

import re

from services.contracts.claim import Claim
from services.contracts.quantity import Quantity
from services.language.number_words import SMALL_NUMBERS

_JUDGES = re.compile(
    r"\b(?:blam|accus|critici[sz]|prais|condemn|denounc|thank|commend|congratulat|slam|blast|fault|credit|rebuk|welcom"
    r"|deplor|lament|mourn|decr|hail|applaud)\w*",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?<!ing) (?:that|who|which|whose|where) ")
"""Not "of saying that"."""
_POINTS = re.compile(r"\b(?:the|these|those)(?: \w+)? $", re.IGNORECASE)
"""A number of what is known already: "the six countries"."""
_ASIDE = re.compile(r"\w, (?:which|who) (?:\w+ ){1,3}$")
"""Before a number in a clause that only adds: "the device, which killed 22"."""
_NUMBER = rf"\d[\d.,]*|half|{'|'.join(SMALL_NUMBERS)}"
_PART = re.compile(
    rf"\b(?:{_NUMBER})(?: \w+)? (?:out )?of (?:(?:the|its|his|her|their|a|[\w-]+['\u2019]s?) ){{0,3}}$",
    re.IGNORECASE,
)
"""Before a number of which another counts a part: "three of the nine", "46 of the country's 120"."""


def _is_pointed_at(claim: Claim, quantity: Quantity, *, is_toll: bool) -> bool:
    before = claim.text[: max(quantity.span.start - claim.span.start, 0)]
    if claim.quoted and any(quoted.holds(quantity.span) for quoted in claim.quoted):
        return False
    return _ASIDE.search(before) is not None or (not is_toll and _POINTS.search(before) is not None)


def is_taken_for_granted(claim: Claim, quantity: Quantity, *, is_toll: bool = True) -> bool:
    """Whether a figure stands in a clause that only tells which thing the speaker judges.

    "Reyl blames the council for the fire that killed five people": the five are the outlet's. So they are in "Reyl said
    the fire, which killed five people, was set" and in "a study of fires says that the five towns are at risk".

    Args:
        claim: The claim.
        quantity: A figure in it.
        is_toll: Whether it counts those to whom something happened: "the 14 dead" is mostly the speaker's count.
    """
    if claim.speaker is not None and _is_pointed_at(claim, quantity, is_toll=is_toll):
        return True
    if claim.speaker is None or not claim.cue or not claim.span.start <= claim.speaker.span.start < claim.span.end:
        return False
    at = claim.text.find(claim.cue)
    judges = _JUDGES.match(claim.text, at) if at >= 0 else None
    if judges is None:
        return False
    return _RELATIVE.search(claim.text, judges.end(), max(quantity.span.start - claim.span.start, 0)) is not None


def is_base_of_part(claim: Claim, quantity: Quantity) -> bool:
    """Whether a figure only says of how many another counts some: the nine of "three of the nine members"."""
    before = claim.text[: max(quantity.span.start - claim.span.start, 0)]
    return _PART.search(before) is not None
