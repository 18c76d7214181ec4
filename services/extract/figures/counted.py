"""What an amount counts: the nouns after it ("1,500 North Korean troops") or before ("the number of injured at 40")."""

import re

from services.extract.figures.people import PEOPLE, PERSON
from services.extract.vocabulary.grammar import COUNTED_ENDS, FRACTIONS, PLURALS, STATES
from services.extract.vocabulary.lexicon import Lexicon
from services.language.places import load_gazetteer
from services.language.ranges import Range

MAX_WORDS = 6
WINDOW_CHARS = 80
_PLURAL_MODIFIERS = frozenset({
    "police", "sports", "arms", "customs", "sales", "women", "news", "savings", "operations", "communications",
    "missing", "livestock", "aircraft", "crew", "staff", "systems", "children", "veterans", "rights",
})  # fmt: skip
_PLURAL_LETTERS = 4
_ADVERB_LETTERS = 5

_WORD = re.compile(r" ((?:[^\W\d_]\.){2,}|(?:[0-9][0-9,.]*-)?[^\W\d_][\w'-]*)")
_JOINED = re.compile(r" (?:or|and) [a-z-]+(?:ed|ing|al|ive|ic|ous|an|ish|en) (?P<noun>[a-z]+)\b")
"""Two adjectives: "40 known or suspected fighters"."""
_OF_THEM = re.compile(r",? of (?:them|whom|these|those|us|which)\b(?: (?:were|are|was))?", re.IGNORECASE)
_PARTITIVE = re.compile(
    r" of(?: (?:the|its|their|his|her|those|these|our|nearly|about|some|[\w-]+'s)){0,2}"
    r"(?: (?:[0-9][0-9,.]*|\w+teen|\w+ty|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))?(?= )"
    r"|(?<=s) of(?= )",
    re.IGNORECASE,
)
_CHANGED = (
    r"fell|fallen|falling|rose|risen|rising|dropped|dropping|increased|increasing|decreased|grew|grown|growing|climbed|"
    r"climbing|declined|jumped|surged|shrank|soared|slipped"
)
_MODIFIER = r"(?!(?:and|but|as|the|while|when|with|its|their|that|said|where|after|before|if)\b)[\w'-]+"
_BEFORE = re.compile(
    r"\b(?:number of ((?:[\w'-]+ ){1,4}?)(?:at|to|is|was|were|had|has|reach\w*|r[io]se\w*|st[ao]\w+|fell|by)\b"
    r"|put (?:the |its )?(?:number of )?((?:[\w'-]+ ){1,3}?)at"
    r"|\b((?:death )?toll|crowd|turnout|head ?count)\b)[^.;:\"0-9]{0,30}$"
    rf"|\b((?:{_MODIFIER} )?[\w'-]{{3,}}s) (?:(?:has|have|had|having) )?(?:{_CHANGED}) (?:from |to |by )?$"
    rf"|\b((?:{_MODIFIER} )?[\w'-]{{3,}}s) (?:(?:has|have|had) )?(?:reached|totalled|totaled|stood at|"
    r"stand at|numbered|hit|topped|exceeded|surpassed) $"
    r"|\b((?:kill|injur|wound|arrest|detain|rescu|evacuat|displac|hospitali[sz]|captur)(?:ed|ing)|hurt) $",
)
_STATE_AFTER = re.compile(
    r" (?:(?:is|are|was|were|be|been|being|has|have|had|also|still|now|currently|remain(?:s|ed)?|reported|reportedly|"
    r"believed|confirmed|feared|thought|presumed|listed|left|to|as|seriously|badly|critically|slightly|so|far) ){0,5}"
    r"(killed|dead|died|injured|wounded|hurt|missing|arrested|detained|hospitali[sz]ed|homeless|displaced|rescued|"
    r"evacuated|trapped|stranded|infected|charged|freed|released|unaccounted for|drowned|survived)\b(?![-'])"
)
_PLACE_BEHIND = re.compile(r" (?:in|at|on|near|across|inside|outside|aboard|from)\b.*$")
"""Of "the number of people killed in Arlund", where people killed are counted."""
_OUTCOME_BEFORE = re.compile(
    r"\b((?:kill|injur|wound|arrest|detain|rescu|evacuat|displac|hospitali[sz]|captur)(?:ed|ing)|hurt)"
    r" (?:at least |about |some |nearly |almost |more than |over |around |up to |another )?$"
)
_GROUP = re.compile(
    r" (?:[\w-]+ ){0,3}?(?:crowd|force|army|team|group|contingent|congregation|audience|convoy|workforce|garrison|"
    r"unit|delegation|brigade|mob|staff|party|march|rally|fleet|mission|community|squad|cast|choir|orchestra|"
    r"[a-z]{3,}(?<![us])s)\b"
)
"""What may be "200-strong"."""


def noun_after(text: str, end: int, limit: int, lexicon: Lexicon) -> Range | None:
    """Range of the counted noun phrase after an amount that ends at `end`: up to its first plural noun.

    None when no plural noun follows before a word that ends the phrase.
    """
    limit = min(limit, end + WINDOW_CHARS)
    of_them = _OF_THEM.match(text, end, limit)
    partitive = of_them or _PARTITIVE.match(text, end, limit)
    at = partitive.end() if partitive else end
    start = None
    for position in range(MAX_WORDS):
        match = _WORD.match(text, at, limit)
        if match is None:
            return None
        word = match.group(1)
        lower = word.lower()
        if _ends_phrase(word, lower, lexicon, first=position == 0 and of_them is None):
            joined = _JOINED.match(text, match.start(), limit) if position == 1 else None
            if joined is None or not is_plural(joined["noun"].lower()):
                return None
            return Range(start if start is not None else match.start(1), joined.end())
        start = match.start(1) if start is None else start
        if lower.endswith("s'"):
            # "The two parties' plans".
            return Range(start, match.end(1) - 1)
        if is_plural(lower) and not (lower in STATES and position > 0) and not _goes_on(text, match, limit):
            return Range(start, match.end(1))
        at = match.end()
    return None


def person_after(text: str, end: int, limit: int, lexicon: Lexicon) -> Range | None:
    """Range of the noun phrase after "one", if it names a single human being: "one Karvelian soldier"."""
    start, at = None, end
    for position in range(MAX_WORDS):
        match = _WORD.match(text, at, min(limit, end + WINDOW_CHARS))
        if match is None:
            return None
        word = match.group(1)
        if _ends_phrase(word, word.lower(), lexicon, first=position == 0):
            return None
        start = match.start(1) if start is None else start
        if word.lower() in PERSON:
            following = _WORD.match(text, match.end(), limit)
            cue = following is not None and following.group(1).lower() in lexicon.cues
            return None if cue else Range(start, match.end(1))
        at = match.end()
    return None


def group_after(text: str, end: int, limit: int) -> Range | None:
    """Range of what is "200-strong", if "-strong" ends at `end`."""
    match = _GROUP.match(text, end, min(limit, end + WINDOW_CHARS))
    return Range(match.start() + 1, match.end()) if match is not None else None


def state_after(text: str, end: int, limit: int) -> Range | None:
    """Range of what those counted are, where no noun stands: "and 12 more are missing", "14 were killed"."""
    match = _STATE_AFTER.match(text, end, min(limit, end + WINDOW_CHARS))
    return Range(*match.span(1)) if match is not None else None


def is_of_them(text: str, end: int) -> bool:
    """Whether an amount is a part of what was counted before: "four of them"."""
    return _OF_THEM.match(text, end, end + WINDOW_CHARS) is not None


def _goes_on(text: str, word: re.Match[str], limit: int) -> bool:
    """Whether a plural stands before the noun that is counted: "police officers", "sports clubs"."""
    if word.group(1).lower() not in _PLURAL_MODIFIERS:
        return False
    following = _WORD.match(text, word.end(), limit)
    return following is not None and is_plural(following.group(1).lower())


def noun_before(text: str, start: int, first: int) -> str | None:
    """What an amount without a noun after it counts: "put the number of injured at"."""
    match = _BEFORE.search(text, max(first, start - WINDOW_CHARS), start)
    if match is None:
        return None
    return _PLACE_BEHIND.sub("", next(group for group in match.groups() if group is not None).strip())


def outcome_before(text: str, start: int, first: int) -> str | None:
    """The verb right before an amount that says what happened to those counted: "wounded 27 more"."""
    match = _OUTCOME_BEFORE.search(text, max(first, start - WINDOW_CHARS), start)
    return match.group(1) if match is not None else None


def is_plural(lower: str) -> bool:
    """Whether a word looks like a plural noun."""
    if lower in PLURALS or (lower.endswith("is") and load_gazetteer().is_demonym(lower[:-1])):
        return True
    return len(lower) >= _PLURAL_LETTERS and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s"))


def counts_people(counted: str) -> bool:
    """Whether a counted noun phrase is about people or other living things."""
    last = counted.lower().split()[-1]
    return last in PLURALS or last in PEOPLE or last in PERSON


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
