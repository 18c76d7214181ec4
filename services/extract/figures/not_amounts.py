"""Numbers that are no amounts: years, dates, times of day, ages, fractions, odds, labels ("Highway 9")."""

import re

from services.extract.figures.counted import is_fraction, noun_after, noun_before
from services.extract.figures.limits import WINDOW_CHARS, is_limited
from services.extract.figures.people import PEOPLE, THINGS
from services.extract.vocabulary.grammar import PLURALS
from services.extract.vocabulary.lexicon import Lexicon
from services.language.number import Number
from services.language.places import load_gazetteer
from services.language.ranges import Range

_MONTH = r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{3,6})?\b"
_MONTH_BEFORE = re.compile(rf"{_MONTH}\.? (?:[0-9]{{1,2}}(?:-|–|—|, | and | to ))?$")
_MONTH_AFTER = re.compile(rf"(?:(?: ?[-–—] ?| and | to )[0-9]{{1,2}})? (?:of )?{_MONTH}")
_TIME_AFTER = re.compile(r"(?:[:.][0-9]{2})? ?(?:[ap]\.?m\b|o'clock|GMT|UTC|E[SD]?T\b|BST\b|hrs\b)", re.IGNORECASE)
_PART_OF_DAY = re.compile(
    r"(?:[:.][0-9]{2})? (?:in the (?:morning|afternoon|evening)|(?:at|last) night|this (?:morning|afternoon|evening)|"
    r"(?:yesterday|tomorrow)|sharp\b|(?:local|London|Eastern|Pacific) time)"
)
_CLOCK_BEFORE = re.compile(
    r"\b(?:at|from|until|till|by|before|after|since|past|to|between|around|about|o'clock and)"
    r" (?:about |around |nearly |almost )?$"
)
_AT_BEFORE = re.compile(r"\bat (?:about |around |nearly |almost )$")
_PHRASE_END = re.compile(r"[.,;!?](?: |$)|$| and\b| on\b| to\b")
_LAST_HOUR = 24
_LABELS = (
    "no number page chapter article section aged? level room channel bill case code id imo mmsi isbn flight ward "
    "district precinct hotline helpline telephone licence license plate docket invoice ballot paper serial "
    "account passport registration platform gate route zone grade phase type version size lot apartment pier "
    "extension postcode zip pin paragraph clause item exhibit policy sector lane bay reactor verse psalm episode "
    "season volume stage week day resolution decree regulation protocol tel patient locker tower"
)
_LABEL_BEFORE = re.compile(rf"\b(?:{'|'.join(_LABELS.split())})s?\.?:? (?:was |is )?$", re.IGNORECASE)
_CAPITAL_BEFORE = re.compile(r"(?:^|(?<= ))([A-Z][\w.'&-]*) $")
_CODE_LETTERS = (2, 3)
"""How many letters the code of a bill has."""
_CAPITAL_AFTER = re.compile(r" ([A-Z][\w'’-]+)")
_GOES_ON = re.compile(r"(?<!\bsaid)(?<!\bsays)(?<!\btold)(?<!\badded)(?<! that)(?:^| )[a-z][\w'’-]*$")
"""Words before a capital that no sentence begins with."""
_ONE_IN_BEFORE = re.compile(
    r"\b(?:[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine) (?:in|out of)(?: every)? $", re.IGNORECASE
)
"""Shares: "seven in 10 voters"."""
_IN_AFTER = re.compile(
    r" (?:in|out of)(?: every)? (?:[0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty)\b(?![,.][0-9])"
)
_FEW = 10
_OLDER_OR_YOUNGER = re.compile(
    r"\b(?:\w+s|people|those|anyone|men|women|children|is|are|was|were) (?:aged )?(?:under|over|above|below) $",
    re.IGNORECASE,
)
"""Ages: "voters under 30"."""
_AGE_AFTER = re.compile(r"(?:-| )years?(?:-| )olds?\b")
_OLDEST = 120
_ODDS_AFTER = re.compile(
    r"[ -]to[ -](?:1|one)\b(?![,.][0-9])(?! (?:hundred|thousand|million|billion))"
    r"|/1\b|-(?:1|4) (?:favourites?|favorites?|shot|on|against)\b"
)
_ODDS_BEFORE = re.compile(r"\b[0-9]{1,3}(?: to |-)$")
_ODDS_WORD = re.compile(r"\bodds (?:\w+ ){0,4}?$")
_TITLE_AFTER = re.compile(r" (?:Minutes|Rules|Days|Nights|Hours)\b")
"""Works and programmes: "60 Minutes"."""
_RACE_AFTER = re.compile(r" (?:run|race|walk|event|resolution|video|footage|screens?|tv|display)\b", re.IGNORECASE)
_SOME_BEFORE = re.compile(r"\bsome $", re.IGNORECASE)
"""With a year's digits: "some 2020 hopefuls"."""
_YEARS = range(1800, 2101)
_YEAR_DIGITS = 4
_OF_A_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|of|before|after|during|the|a|an|its|their|his|her|our|this|that|late|early|mid)"
    r"[ -]$",
    re.IGNORECASE,
)
_FROM_BEFORE = re.compile(r"\b(?:(?:up|down) from|compared with|compared to) $")
_IN_A_YEAR = re.compile(r" in (?:1[89]|20)[0-9]{2}\b")
_SEAT = re.compile(r"\b(?:seat|room|row|gate|flat|unit|block|apartment|grade|class|hall|exit) $", re.IGNORECASE)
_PHONE_BEFORE = re.compile(r"\b0[0-9]{1,4} $")
_PHONE_AFTER = re.compile(r" 0[0-9]{2,}\b")


def is_no_amount(text: str, number: Number, area: Range, lexicon: Lexicon) -> bool:
    """Whether the number names something instead of counting it."""
    start, end = number.range
    before = text[max(area.start, start - WINDOW_CHARS) : start]
    if is_fraction(text, end) or _is_of_a_date(text, number, area) or _AGE_AFTER.match(text, end) is not None:
        return True
    if not number.digits and _is_in_name(text, number, before):
        return True
    if _is_share(text, number, before, area) or _is_race_or_seat(text, number, before):
        return True
    if number.bare:
        return _is_bare_name(text, number, before, area, lexicon)
    return number.spaced and _is_label_or_phone(text, number, before, area, lexicon)


def _is_in_name(text: str, number: Number, before: str) -> bool:
    """Whether a number word begins a name inside a sentence: "at Nine Elms Lane", "the 'Five Rivers' pact"."""
    lead = before.rstrip().rstrip("\"'\u2018\u201c").rstrip()
    name = _CAPITAL_AFTER.match(text, number.range.end)
    if name is None or not text[number.range.start].isupper() or not _GOES_ON.search(lead):
        return False
    word = name.group(1).lower()
    return not (word in PEOPLE or word in PLURALS or word in THINGS or load_gazetteer().is_demonym(word.rstrip("s")))


def _is_share(text: str, number: Number, before: str, area: Range) -> bool:
    """Whether it is one of the numbers of "seven in 10"."""
    if _ONE_IN_BEFORE.search(before):
        return True
    if number.value >= _FEW or not _IN_AFTER.match(text, number.range.end):
        return False
    return noun_before(text, number.range.start, area.start) is None


def _is_race_or_seat(text: str, number: Number, before: str) -> bool:
    if number.scale == "k":
        return _RACE_AFTER.match(text, number.range.end) is not None
    lettered = number.unit in ("celsius", "fahrenheit") and text[number.range.end - 1] in "CF"
    return lettered and _SEAT.search(before) is not None


def _is_bare_name(text: str, number: Number, before: str, area: Range, lexicon: Lexicon) -> bool:
    """Whether digits alone are a title, odds, an age, a time of day, a year, an identifier or a label."""
    start, end = number.range
    if _is_title_odds_or_age(text, number, before, area, lexicon) or _is_clock(text, number, before):
        return True
    if number.plain and _is_year(text, number, before, area, lexicon):
        return True
    if is_limited(text, start, area):
        return False
    if not number.plain and noun_after(text, end, area.end, lexicon) is None:
        # Nobody counts to a million without commas: a number of a ship, a case or a telephone.
        return noun_before(text, start, area.start) is None
    return _is_label_or_phone(text, number, before, area, lexicon)


def counts_like_a_year(text: str, number: Number, area: Range, lexicon: Lexicon) -> bool:
    """Whether four digits that could be a year count something: "1900 homes", "up from 1900 in 2020"."""
    if not number.plain or number.value not in _YEARS:
        return False
    before = text[max(area.start, number.range.start - WINDOW_CHARS) : number.range.start]
    if _FROM_BEFORE.search(before) and _IN_A_YEAR.match(text, number.range.end):
        return True
    return not _is_year(text, number, before, area, lexicon)


def _is_label_or_phone(text: str, number: Number, before: str, area: Range, lexicon: Lexicon) -> bool:
    start, end = number.range
    if number.spaced and number.unit is None and noun_after(text, end, area.end, lexicon) is None:
        return True
    if _PHONE_BEFORE.search(before) or _PHONE_AFTER.match(text, end):
        return True
    return _is_label(before, at_start=start - len(before) <= area.start, lexicon=lexicon)


def _is_title_odds_or_age(text: str, number: Number, before: str, area: Range, lexicon: Lexicon) -> bool:
    if _TITLE_AFTER.match(text, number.range.end, area.end):
        return True
    if _ODDS_AFTER.match(text, number.range.end, area.end) or (number.value == 1 and _ODDS_BEFORE.search(before)):
        return True
    noun = noun_after(text, number.range.end, area.end, lexicon)
    if noun is None and _ODDS_WORD.search(before):
        return True
    return number.value < _OLDEST and noun is None and _OLDER_OR_YOUNGER.search(before) is not None


def _is_clock(text: str, number: Number, before: str) -> bool:
    """Whether it is a time of day: "around 9 in the morning", "at about 5."."""
    if number.value > _LAST_HOUR or not _CLOCK_BEFORE.search(before):
        return False
    if _PART_OF_DAY.match(text, number.range.end):
        return True
    return _AT_BEFORE.search(before) is not None and _PHRASE_END.match(text, number.range.end) is not None


def _is_year(text: str, number: Number, before: str, area: Range, lexicon: Lexicon) -> bool:
    start, end = number.range
    if number.value not in _YEARS or end - start != _YEAR_DIGITS:
        return False
    if _FROM_BEFORE.search(before) and _IN_A_YEAR.match(text, end):
        return False
    limited = is_limited(text, start, area)
    noun = noun_after(text, end, area.end, lexicon)
    if limited and not _SOME_BEFORE.search(before):
        return False
    last = noun.of(text).lower().split()[-1] if noun is not None else ""
    return not (last in PEOPLE or last in PLURALS or last in THINGS) or (
        not limited and _OF_A_YEAR_BEFORE.search(before) is not None
    )


def _is_of_a_date(text: str, number: Number, area: Range) -> bool:
    if number.unit is not None or not number.digits:
        return False
    start, end = number.range
    before = text[max(area.start, start - WINDOW_CHARS) : start]
    after = text[end : min(area.end, end + WINDOW_CHARS)]
    match = _MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after) or _TIME_AFTER.match(after)
    return match is not None


def _is_label(before: str, *, at_start: bool, lexicon: Lexicon) -> bool:
    """Whether "No.", "page", a code or a capitalised word inside the sentence stands right before."""
    if _LABEL_BEFORE.search(before):
        return True
    capital = _CAPITAL_BEFORE.search(before)
    if capital is None:
        return False
    if at_start and capital.start() == 0:
        # Any word begins a sentence with a capital; "AB 450" and "HR 2" are bills.
        return capital.group(1).isupper() and len(capital.group(1)) in _CODE_LETTERS
    word = capital.group(1).lower()
    return word not in lexicon.not_names and word not in lexicon.weekdays
