"""What an amount counts: the nouns after it ("1,500 North Korean troops") or before ("the number of injured at 40")."""

import re

from services.extract.text.grammar import COUNTED_ENDS, FRACTIONS, PLURALS, STATES
from services.extract.text.lexicon import Lexicon
from services.language.ranges import Range

MAX_WORDS = 6
WINDOW_CHARS = 80
_PLURAL_LETTERS = 4
_ADVERB_LETTERS = 5

_WORD = re.compile(r" ([^\W\d_][\w'-]*)")
_PARTITIVE = re.compile(
    r" of(?: (?:the|its|their|his|her|those|these|our|nearly|about|some|[\w-]+'s)){0,2}"
    r"(?: (?:[0-9][0-9,.]*|\w+teen|\w+ty|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))?(?= )"
    r"|(?<=s) of(?= )",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:number of ((?:[\w'-]+ ){1,4}?)(?:at|to|is|was|were|had|has|reach\w*|r[io]se\w*|st[ao]\w+)\b"
    r"|put (?:the |its )?(?:number of )?((?:[\w'-]+ ){1,3}?)at"
    r"|\b((?:death )?toll|crowd|turnout)\b)[^.;:\"0-9]{0,30}$"
    r"|\b((?:[\w'-]+ )?[\w'-]{3,}s) (?:(?:has|have|had) )?(?:fell|fallen|rose|risen|dropped|increased|decreased|grew|"
    r"grown|climbed|declined|jumped) (?:from |to )?$"
    r"|\b((?:kill|injur|wound|arrest|detain)(?:ed|ing)) (?:(?:about|some|at least|more than|up to|around|nearly) )?$"
)


def noun_after(text: str, end: int, limit: int, lexicon: Lexicon) -> Range | None:
    """Range of the counted noun phrase after an amount that ends at `end`: up to its first plural noun.

    None when no plural noun follows before a word that ends the phrase.
    """
    limit = min(limit, end + WINDOW_CHARS)
    partitive = _PARTITIVE.match(text, end, limit)
    at = partitive.end() if partitive else end
    start = None
    for position in range(MAX_WORDS):
        match = _WORD.match(text, at, limit)
        if match is None:
            return None
        word = match.group(1)
        lower = word.lower()
        if _ends_phrase(word, lower, lexicon, first=position == 0):
            return None
        start = match.start(1) if start is None else start
        if is_plural(lower) and not (lower in STATES and position > 0) and not _goes_on(text, match, limit):
            return Range(start, match.end(1))
        at = match.end()
    return None


def _goes_on(text: str, word: re.Match[str], limit: int) -> bool:
    """Whether "police" stands before the noun that is counted: "police officers"."""
    following = _WORD.match(text, word.end(), limit)
    return word.group(1).lower() == "police" and following is not None and is_plural(following.group(1).lower())


def noun_before(text: str, start: int, first: int) -> str | None:
    """What an amount without a noun after it counts: "put the number of injured at"."""
    match = _BEFORE.search(text, max(first, start - WINDOW_CHARS), start)
    if match is None:
        return None
    return next(group for group in match.groups() if group is not None).strip()


def is_plural(lower: str) -> bool:
    """Whether a word looks like a plural noun."""
    if lower in PLURALS:
        return True
    return len(lower) >= _PLURAL_LETTERS and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s"))


def counts_people(counted: str) -> bool:
    """Whether a counted noun phrase is about people or other living things."""
    return counted.lower().split()[-1] in PLURALS


def is_fraction(text: str, end: int) -> bool:
    """Whether a fraction or "times" follows: "two thirds", "three times"."""
    match = _WORD.match(text, end, end + 20)
    return match is not None and match.group(1).lower() in FRACTIONS


def _ends_phrase(word: str, lower: str, lexicon: Lexicon, *, first: bool) -> bool:
    if lower in COUNTED_ENDS or lower.endswith(("'s", "n't")) or (lower in lexicon.cues and not first):
        return True
    if lower in lexicon.weekdays or (lower in lexicon.months and word[0].isupper()):
        return True
    if lower.endswith("ly") and len(lower) >= _ADVERB_LETTERS and word[0].islower():
        return True
    return lower in lexicon.not_names and lower not in ("second", "first", "other", "such")
