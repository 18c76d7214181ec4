"""What looks like a date and is none: names ("Sunday Times", "Theresa May"), amounts ("2000 people"), habits."""

import re

from services.extract.dates.patterns import (
    DAY_BEFORE_MONTH,
    DAY_OF_MONTH,
    MONTHS,
    NTH_WEEKDAY,
    RELATIVE,
    RELATIVE_DAY,
    WEEKDAY_AND_WEEK,
    WEEKDAYS,
    YEARS,
)
from services.language.case import lower_case
from services.language.ranges import Range

_WINDOW_CHARS = 30
_AMBIGUOUS_MONTHS = frozenset(("march", "april", "may", "june", "august"))
_FULL_MONTHS = frozenset(("january", "february", "july", "september", "october", "november", "december"))
_IN_A_MONTH = re.compile(
    r"\b(?:in|since|until|till|during|throughout|last|next|this|early|late|mid|through|of|by|before|after|from|"
    r"for|to|and|between|around)[ -]$",
    re.IGNORECASE,
)
_IN_MAY = re.compile(r"\b(?:in|since|until|during|last|next|this|early|late|mid|through|of)[ -]$", re.IGNORECASE)
_NAMED_BEFORE = re.compile(
    r"\b(?:Black|Super|Good|Bloody|Cyber|Easter|Palm|Ash|Shrove|Holy|Ruby|Giving|Fat|every|each|any|most|on a|"
    r"first|second|third|fourth|fifth|one|following|previous|preceding|same|that|[Mm]aundy|Spy|Whit|Trinity|Mothering|"
    r"Remembrance|Clean|Blue|Sheffield|Given|Girl|Man|Freaky|Casual|Prime) $"
)
_NAMED_AFTER = re.compile(
    r" (?:Night (?:Live|Football)|Times|Telegraph|Mirror|Express|Herald|Mail|Post|Independent|Mercury|Age|"
    r"World|Star|Sun|Sport|Business|Tribune|Review|Standard|Gazette|Chronicle|Observer|Journal|Magazine|People|"
    r"Agreement|Accords?|Club|Group|League|Movement|Kitchen|Brunch|Politics|Supplement|Today|Night [A-Z]\w+|"
    r"(?:[Ss]how|[Ss]chool|[Ss]ervice)(?!s)|Shows|[Mm]orning Herald)\b|'s child|(?: after|before| of| following) the "
)
_WORD_OF_NAME = (
    r"(?!(?:On|By|Since|Until|Till|From|Before|After|Last|Next|This|Late|Early|And|But|Then|That|For)\b)[A-Z][\w&'-]*"
)
_INSIDE_NAME = re.compile(rf"\b(?:[Tt]he|{_WORD_OF_NAME}) $")
_NAME_GOES_ON = re.compile(
    r" (?!(?:A[st]|After|Amid|And|Before|But|By|For|From|In|Of|On|Over|That|The|To|When|With)\b)[A-Z][a-z]+"
)
_BROADCASTER = re.compile(r"\b(?:News|CBS|ABC|NBC|BBC|Sky|Politics) $")
_IN_LOWER_CASE = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:march|may)\b")
_WITH_WEEKDAY = (WEEKDAYS, NTH_WEEKDAY, WEEKDAY_AND_WEEK)
_NO_SUCH_DAY_BEFORE = re.compile(r"\b(?:3[2-9]|[4-9][0-9])(?:st|nd|rd|th)? (?:of )?$")
_NO_SUCH_DAY_AFTER = re.compile(r" (?:3[2-9]|[4-9][0-9])(?:(?:st|nd|rd|th)\b|,? (?:19|20)[0-9]{2}\b|(?=[.,;)]|$))")
_YEAR_AS_AMOUNT_BEFORE = re.compile(
    r"\b(?:about|more than|at least|nearly|almost|up to|over|fewer than|less than|another|approximately|only|"
    r"[Nn]o\.|[Nn]umber|[Pp]age|[Rr]oom|[Ff]light|[Hh]ighway|[Rr]oute|[Aa]partment|[Ss]uite|Windows|Studio|[Aa]rea) $"
)
_COUNTED = re.compile(
    r" (?:people|troops|soldiers|men|women|jobs|feet|foot|met(?:re|er)s?|miles?|km|kilomet\w+|dollars|euros|pounds|"
    r"points|votes|hours?|GMT|UTC|acres|hectares|tons?|tonnes|deaths|cases|words|calories|megawatts|MW|cc)\b"
    r"|-(?:page|foot|member|mile|pound|seat|word|square)"
)
_OPEN_QUOTE = re.compile(r'"')
_ADDRESS = re.compile(r" [A-Z][\w.]* (?:Ave(?:nue)?|St(?:reet)?|Road|Rd|Blvd|Boulevard|Drive|Lane)\b")
_EARLY_YEAR = 1900
_IN_YEAR = re.compile(r"\b(?:in|since|until|by|before|after|from|of|year|circa|to|and|between)\s$", re.IGNORECASE)


def is_date(text: str, area: Range, match: re.Match[str]) -> bool:
    """Whether a match of one of the patterns is a date by what stands around it."""
    before = text[max(area.start, match.start() - _WINDOW_CHARS) : match.start()]
    after = text[match.end() : min(area.end, match.end() + _WINDOW_CHARS)]
    pattern = match.re
    if pattern is DAY_OF_MONTH or pattern is DAY_BEFORE_MONTH:
        return match["month"][0].isupper()
    if pattern is MONTHS:
        return _is_month(match, before, after)
    if pattern is RELATIVE_DAY or pattern is RELATIVE:
        return _is_relative(match.group(), before)
    if pattern is YEARS:
        return _is_year(match, before, after)
    return pattern not in _WITH_WEEKDAY or _is_weekday(match, before, after)


def _is_weekday(match: re.Match[str], before: str, after: str) -> bool:
    if _IN_LOWER_CASE.search(match.group()):
        return False
    if match.re is WEEKDAYS:
        return not _is_name(match.group(), before, after)
    return match.re is NTH_WEEKDAY or not _NAMED_BEFORE.search(before)


def _is_name(words: str, before: str, after: str) -> bool:
    """Whether a weekday is part of a name: "the Friday Times", "Good Friday Agreement", "Sky News Sunday"."""
    if _NAMED_BEFORE.search(before) or _NAMED_AFTER.match(after):
        return True
    if _INSIDE_NAME.search(before) and _NAME_GOES_ON.match(after):
        return True
    return words == "Sunday" and _BROADCASTER.search(before) is not None


def _is_relative(words: str, before: str) -> bool:
    """Not "USA TODAY", nor "the last year", which is a length of time."""
    return not words.isupper() and not before.endswith(("USA ", "the " if lower_case(words[:4]) == "last" else "USA "))


def is_spoken(text: str, area: Range, place: Range) -> bool:
    """Whether an odd number of quote marks stands before a place: "today" in a quotation may mean these days."""
    return len(_OPEN_QUOTE.findall(text, area.start, place.start)) % 2 == 1


def _is_month(match: re.Match[str], before: str, after: str) -> bool:
    name = match["month"].rstrip(".")
    if not name[0].isupper() or _NO_SUCH_DAY_BEFORE.search(before) or _NO_SUCH_DAY_AFTER.match(after):
        return False
    if match["which"] or match["year"] or match["other"] or match["end"] or match["month2"]:
        return True
    lower = lower_case(name)
    if lower in _FULL_MONTHS:
        return True
    lead = match.group()[: match.start("month") - match.start()] or before
    if lower == "may":
        return _IN_MAY.search(lead) is not None
    if lower in _AMBIGUOUS_MONTHS:
        return _IN_A_MONTH.search(lead) is not None and not after.startswith(("'s", " said", " told"))
    return _IN_A_MONTH.search(lead) is not None and match["month"].endswith(".")


def _is_year(match: re.Match[str], before: str, after: str) -> bool:
    if match["decade"]:
        return True
    if _YEAR_AS_AMOUNT_BEFORE.search(before) or _COUNTED.match(after) or _ADDRESS.match(after):
        return False
    first = int(match["first"] or match["year"])
    return first >= _EARLY_YEAR or _IN_YEAR.search(before) is not None
