"""One amount in a text."""

from typing import NamedTuple

from services.language.ranges import Range


class Number(NamedTuple):
    """An amount with its sign, scale and unit, without what limits it."""

    range: Range
    value: float
    unit: str | None = None
    vague: bool = False
    """Whether it is "dozens" or the like: `value` is then the least it can mean."""
    about: bool = False
    """Whether it is "a couple of hundred" or the like: `value` is then near what it means."""
    digits: bool = False
    bare: bool = False
    """Digits alone, without comma, point, scale or unit: may be a label."""
    plain: bool = False
    """Bare, and of four digits or fewer: may be a year."""
    spaced: bool = False
    """Thousands parted by blanks: "12 500", which may be two numbers."""
    scale: str | None = None
    """The word or letters that multiply, in lower case: "million", "bn", "lakh"."""
    factor: float = 1.0
    """What `scale` multiplies by."""
