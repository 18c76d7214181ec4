"""What kind of text an article is, as far as it decides which pairs it makes: rows of a series, texts without an event.

A market wrap of Tuesday is like that of Monday in every word that counts: neither vectors nor terms tell them apart.
Their titles do, since they differ in nothing but day, number and direction, or in the reason that they give for these.
"""

import re
import unicodedata
from dataclasses import dataclass

import xxhash

from services.contracts.article import TextKind
from services.language.calendar import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS

APART = frozenset((TextKind.STUB, TextKind.ROUND_UP, TextKind.LIVE_BLOG, TextKind.NEWSLETTER))
"""Kinds of text that tell of no event, or of many: they make no pair, and each founds an event of its own."""

_DAYS = frozenset((*WEEKDAYS, *SHORT_WEEKDAYS, *MONTHS, *SHORT_MONTHS))
_DIRECTIONS = frozenset((
    "up", "down", "higher", "lower", "rise", "rises", "rose", "rising", "fall", "falls", "fell", "falling",
    "gain", "gains", "gained", "drop", "drops", "dropped", "climb", "climbs", "climbed", "slip", "slips",
    "slipped", "slide", "slides", "slid", "jump", "jumps", "jumped", "surge", "surges", "surged", "soar",
    "soars", "soared", "sink", "sinks", "sank", "tumble", "tumbles", "tumbled", "plunge", "plunges", "plunged",
    "dip", "dips", "dipped", "advance", "advances", "retreat", "retreats", "rally", "rallies", "rallied",
    "ease", "eases", "eased", "rebound", "rebounds", "flat", "mixed", "steady", "unchanged",
))  # fmt: skip
_TOLLS = frozenset((
    "dead", "death", "deaths", "die", "dies", "died", "kill", "kills", "killed", "toll", "injured", "injures",
    "hurt", "wounded", "missing", "trapped", "rescued", "evacuated", "displaced", "homeless", "arrested",
    "detained", "casualties", "victims", "survivors",
))  # fmt: skip
"""Words of what is counted again while one event goes on: there, another number is no other day's text."""
_MARKETS = frozenset((
    "shares", "stocks", "bourse", "index", "indices", "equities", "markets", "futures", "bonds", "yields", "ftse",
    "nikkei", "dax", "nasdaq", "dow", "sensex", "nifty", "kospi", "cac", "tsx", "asx", "oil", "crude", "gold",
))  # fmt: skip
_SESSION = frozenset((
    "end", "ends", "ended", "close", "closes", "closed", "finish", "finishes", "finished", "open", "opens", "opened",
    "start", "starts", "started", "trade", "trades", "traded", "trading", "little", "slightly", "sharply",
))  # fmt: skip
_REASON = re.compile(r"\b(?:as|on|after|amid|with|while|ahead|before|despite|led)\b|[;:,\u2013\u2014]", re.IGNORECASE)
"""What begins the part of a title that says why a market rose or fell."""
_SHORT_WORDS = 60
"""A text of at most so many words that a publisher prints under two titles tells of neither."""
_NUMBERED_DAY = re.compile(r"\bday (?!(?:19|20)\d\d\b)(\d{1,4})\b", re.IGNORECASE)
"""A day of a war, a strike or a convention. A holiday with its year ("Election Day 2024") is none."""
_WORDS = re.compile(r"\d+(?:[.,:/\u2013-]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+")
_DAY, _NUMBER, _DIRECTION = "\x01", "\x02", "\x03"
_MASK = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class SeriesMarks:
    """What is compared of the form of two texts. Hashes; 0 for what is not known."""

    apart: bool = False
    """Whether it makes no pair at all, see `APART`."""
    series: bool = False
    """Whether it is known to be one of a series."""
    publisher: int = 0
    title: int = 0
    """Of the words of the title."""
    template: int = 0
    """Of those that stay from one text of a series to the next."""
    short_text: int = 0
    """Of the text, if it is short."""
    numbered_day: int = 0
    """No hash: 400 for "Day 400" in the title."""


UNKNOWN_FORM = SeriesMarks()
"""Of a text of which nothing is known but that it is a report."""


def build_series_marks(title: str | None, publisher: str | None, kind: TextKind | None, text: str = "") -> SeriesMarks:
    """The form of an article.

    Args:
        title: Its title.
        publisher: What tells its publisher from others; None: unknown.
        kind: Of its text; None: a report.
        text: Clean.
    """
    words = _split_title_words(title)
    running = text.split(maxsplit=_SHORT_WORDS)
    return SeriesMarks(
        apart=kind in APART,
        series=kind is TextKind.SERIES,
        publisher=_hash_text(publisher or ""),
        title=_hash_text(" ".join(words)),
        template=_hash_text(" ".join(_market_wrap_title_template(title or "") or _series_title_template(words))),
        short_text=_hash_text(" ".join(running)) if len(running) <= _SHORT_WORDS else 0,
        numbered_day=_find_numbered_day(title or ""),
    )


def _find_numbered_day(title: str) -> int:
    found = _NUMBERED_DAY.search(title)
    return 0 if found is None else int(found[1])


def _split_title_words(title: str | None) -> list[str]:
    """Words and numbers of a title in lower case."""
    return _WORDS.findall(unicodedata.normalize("NFKC", title or "").casefold())


def _series_title_template(title_words: list[str]) -> list[str]:
    """The words with a sign for each day, number and direction."""
    # "Death toll rises to 30" goes on from "Death toll rises to 12"; "Deaths on Monday: 30" is a series.
    goes_on = not _TOLLS.isdisjoint(title_words) and _DAYS.isdisjoint(title_words)
    return [_mask_word(word, keep_number=goes_on) for word in title_words]


def _market_wrap_title_template(title: str) -> list[str]:
    """The words of a market wrap's title up to its reason, without what the session did; nothing for other titles."""
    words = _split_title_words(_REASON.split(title, maxsplit=1)[0])
    if _MARKETS.isdisjoint(words) or _DIRECTIONS.isdisjoint(words):
        return []
    kept = (word for word in words if word not in _DIRECTIONS and word not in _SESSION and word not in _DAYS)
    return [_mask_word(word, keep_number=False) for word in kept]


def _mask_word(word: str, *, keep_number: bool) -> str:
    if word[0].isdigit():
        return word if keep_number else _NUMBER
    if word in _DAYS:
        return _DAY
    return _DIRECTION if word in _DIRECTIONS else word


def _hash_text(text: str) -> int:
    """32 bits, 0 only for an empty text."""
    return max(1, xxhash.xxh3_64_intdigest(text.encode("utf-8", "replace")) & _MASK) if text else 0
