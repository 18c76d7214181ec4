"""Counted and measured amounts, as claims carry them."""

from enum import StrEnum

from pydantic.dataclasses import dataclass

from services.contracts.base import CONTRACT_CONFIG, CompactContract, Span


class Bound(StrEnum):
    """What a figure says of the true value."""

    EXACT = "exact"
    """The value itself."""
    ABOUT = "about"
    """Near it, such as "nearly"."""
    AT_LEAST = "at_least"
    """Such as "more than": `low` is the value, `high` is null."""
    AT_MOST = "at_most"
    """Such as "fewer than": `high` is the value."""
    RANGE = "range"
    """Between `low` and `high`."""


class Dimension(StrEnum):
    """What an amount measures. Amounts of different dimensions cannot be compared."""

    MONEY = "money"
    """In a currency."""
    SHARE = "share"
    """In percent, percentage points or basis points."""
    LENGTH = "length"
    """Also height, depth and distance."""
    AREA = "area"
    """In km2, hectares and the like."""
    VOLUME = "volume"
    """In litres and the like."""
    MASS = "mass"
    """In tonnes, kg and the like."""
    SPEED = "speed"
    """In km/h and the like."""
    TEMPERATURE = "temperature"
    """In degrees."""
    POWER = "power"
    """In MW and the like."""
    ENERGY = "energy"
    """In kWh and the like."""
    TIME = "time"
    """A stretch of time."""


class Change(StrEnum):
    """Which way something changed by an amount."""

    RISE = "rise"
    """Such as "rose by 3"."""
    FALL = "fall"
    """Such as "fell by 3"."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONTRACT_CONFIG)
class Quantity(CompactContract):
    """A counted or measured amount. `low`/`high` null: open on that side."""

    value: float
    """The number, with words and magnitudes resolved: 2000000 for `two million`, -20 for `minus 20`. Middle of a
    range."""
    low: float | None
    """Least true value that the wording allows; null: open."""
    high: float | None
    """Greatest true value that the wording allows; null: open."""
    bound: Bound
    """What it says of the true value."""
    unit: str | None = None
    """`percent`, a currency code (`USD`), or a unit such as `km`; null for plain counts. Money of no single country
    keeps its name: `pesos`."""
    dimension: Dimension | None = None
    """What `unit` measures; null for plain counts, and in claims from before this field."""
    currency: str | None = None
    """ISO 4217 code, if `unit` is the money of one country or union; null in claims from before this field."""
    scale: str | None = None
    """The word or letters that multiply the number, in lower case: `million`, `bn`, `lakh`. `value` holds it already;
    it tells how exactly the number was given. Null without one, and in claims from before this field."""
    per: str | None = None
    """What each it is counted for, as written, if the text says so: `day` for "200 a day"; null in claims from before
    this field."""
    change: Change | None = None
    """Whether it is the amount by which something rose or fell, not what it came to ("rose by 3 to 14")."""
    counted: str | None = None
    """What is counted, with its modifiers, as written: `North Korean troops`."""
    increment: bool = False
    """Whether it comes on top of another figure ("another 1,500")."""
    place: str | None = None
    """Where it holds, as written, if the sentence names a known place for it: `Russia`."""
    as_of: str | None = None
    """When it held, as `DateMention.iso`, if the sentence says so; the day of what happened is not that of a count."""
    surface: str
    """The amount as written."""
    span: Span
    """Where `surface` stands."""
