"""The forms in which English news writes dates, as regular expressions over normalised text (plain quotes, blanks)."""

import re

from services.language.calendar import MONTH_NUMBERS

NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50,
}  # fmt: skip

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WITH_WEEKDAY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\.?)"
_NOT_AMOUNT = r"(?![0-9]|[.,:][0-9]| ?(?:percent|per cent|%|million|billion|thousand|people|points|votes)\b| ?%)"
_DAY = rf"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?{_NOT_AMOUNT}"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}(?![0-9])"
_TO = r"(?: ?[-–—] ?| to | through | until | till | and | or )"
_NUMBER = "|".join(sorted((*NUMBER_WORDS, "[0-9]{1,3}"), key=len, reverse=True))
_AMOUNT = rf"(?:{_NUMBER}|a couple of|a few|several)"
_WHICH = r"(?:last|this|next)(?= week\b(?!-|'s))"
_NO_LENGTH = "".join(
    f"(?<!{word} )" for word in ("for", "every", "next", "days", "times", "hours", "nights", "once", "twice")
)
"""Before "a week from Friday": it was no length of time, nor how often."""

DAY_OF_MONTH = re.compile(
    rf"\b(?:(?P<weekday>{_WITH_WEEKDAY}),? (?P<open>\()?)?(?P<month>{_MONTH}) (?P<day>{_DAY})(?:,? (?P<year>{_YEAR}))?"
    rf"(?:{_TO}(?:{_WITH_WEEKDAY},? )?(?:(?P<month2>{_MONTH}) )?(?P<day2>{_DAY})(?:,? (?P<year2>{_YEAR}))?)?"
    r"(?P<close>\))?"
)
"""Oct. 25 · Friday (Oct. 25) · Tuesday, Nov. 8, 2016 · Oct. 27-28 · Jan. 30 to Feb. 2, 2021."""
DAY_BEFORE_MONTH = re.compile(
    rf"(?<![\w$€£.,:/-])(?:(?P<weekday>{_WITH_WEEKDAY}),? (?P<open>\()?)?(?:the )?"
    rf"(?:(?P<day1>{_DAY})(?: (?:of )?(?P<month1>{_MONTH})(?:,? (?P<year1>{_YEAR}))?)?{_TO}(?:the )?)?"
    rf"(?P<day>{_DAY}) (?:of )?(?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?(?P<close>\))?"
)
"""4 April · the 25th of October · 27-28 October 2024 · 30 October to 2 November 2024."""
NUMERIC = re.compile(
    r"(?<![\w./-])(?:(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"|(?P<first>[0-9]{1,2})(?P<sign>[/.])(?P<second>[0-9]{1,2})(?P=sign)(?P<year2>(?:19|20)[0-9]{2}))(?![\w/-]|\.[0-9])"
)
"""2024-10-25 · 25/10/2024 · 10/25/2024: only if the day is greater than 12."""
MONTHS = re.compile(
    rf"\b(?:(?P<end>(?:the )?end of )|(?:the )?(?:beginning|start|middle) of |(?:early|late|mid)[- ])?"
    rf"(?:(?P<which>last|next|this past|this coming|this|past|coming) )?(?P<month>{_MONTH})"
    rf"(?:(?:,| of)? (?:(?P<year>{_YEAR})|(?P<other>last|this|next) year))?"
    rf"(?:{_TO}(?P<month2>{_MONTH})(?:(?:,| of)? (?P<year2>{_YEAR}))?)?",
    re.IGNORECASE,
)
"""June 2023 · last June · mid-October · the end of May · June to August 2023 · June of last year."""
PARTS = re.compile(
    rf"\b(?:(?P<quarter>(?:the )?(?:first|second|third|fourth) quarter of )"
    rf"|(?P<half>(?:the )?(?:first|second) half of )"
    rf"|(?P<season>(?:(?:the )?(?:spring|summer|autumn|fall|winter)(?: of)? ))|(?P<end>(?:the )?end of )"
    rf"|(?P<part>(?:(?:the )?(?:beginning|start|middle) of |(?:early|late|mid)[- ])))(?P<year>{_YEAR})(?!s)",
    re.IGNORECASE,
)
"""the first quarter of 2017 · the summer of 2016 · the end of 2025 · late 2016."""
YEARS = re.compile(
    r"(?<![\w$€£₹.,/:#'@-])(?:(?P<decade>(?:(?:early|mid|late)[- ])?(?:1[6-9]|20)[0-9]0'?s\b)"
    r"|(?P<first>(?:1[6-9]|20)[0-9]{2})(?:[-–—/]| to | through |(?<=between ....) and )"
    r"(?P<last>(?:1[6-9]|20)?[0-9]{2})(?![\w%]|[.,:/-][0-9])"
    r"|(?P<year>(?:1[6-9]|20)[0-9]{2})(?![\w%°]|[.,:/-][0-9]|-[a-z]{4,}))"
)
"""2021 · 2012-2014 · 2018-19 · the early 2000s."""
WEEKDAY_AND_WEEK = re.compile(
    rf"\b(?:(?P<weekday1>{_WEEKDAY})(?: (?:morning|afternoon|evening|night))?,? (?:of )?(?P<week1>{_WHICH}) week"
    rf"|(?P<weekday2>{_WEEKDAY})(?= (?:and|or|to|through|until) {_WEEKDAY},? (?:of )?(?P<week2>{_WHICH}))"
    rf"|(?P<week3>{_WHICH}) week(?:,? on)? (?P<weekday3>{_WEEKDAY})\b"
    rf"|{_NO_LENGTH}(?P<amount4>{_AMOUNT}) (?P<unit4>week|fortnight)s? (?:(?P<ago4>ago|last|past)(?: on)? |(?:from|on) "
    rf"(?:this )?|(?=to|yes))(?P<weekday4>{_WEEKDAY}|today|tomorrow|yesterday)\b"
    rf"|(?P<past5>last )?(?P<weekday5>{_WEEKDAY}|today|tomorrow) (?P<unit5>week|fortnight)\b(?!-|'s)"
    rf"|(?P<weekday6>{_WEEKDAY}) (?P<amount6>{_AMOUNT}) weeks? ago\b"
    rf"|(?P<amount7>{_AMOUNT}) (?P<weekday7>{_WEEKDAY})s? (?:(?P<ago7>ago)|from now)\b"
    rf"|(?:the )?(?P<weekday8>{_WEEKDAY}) (?:(?P<ago8>before last)|after next)\b)",
    re.IGNORECASE,
)
"""Monday last week · Monday (and Tuesday next week) · last week on Monday · a week on Friday · Friday week · Monday two
weeks ago · two Fridays ago · the Friday before last."""
NTH_WEEKDAY = re.compile(
    rf"\b(?:the )?(?P<nth>first|second|third|fourth|last) (?P<weekday>{_WEEKDAY}) (?:of|in) (?P<month>{_MONTH})"
    rf"(?:(?:,| of)? (?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
"""the first Monday of May · the last Sunday in October 2026."""
BEYOND = re.compile(
    r"\b(?:the )?(?P<unit>week|weekend|month|year) (?:(?P<before>before last)|after next)\b", re.IGNORECASE
)
"""the week before last · the year after next."""
FROM_NOW = re.compile(
    rf"\b(?:(?:in )?(?P<amount1>{_AMOUNT}) (?P<unit1>day|week|month|year)s?(?:'s?)? (?:from now|hence)"
    rf"|in (?P<amount2>{_AMOUNT}) (?P<unit2>day|week|month|year)(?:s'|'s) time)\b",
    re.IGNORECASE,
)
"""three weeks from now · in two months' time."""
RELATIVE_DAY = re.compile(
    r"\b(?P<before>(?:the )?(?:day before yesterday|night before last))\b"
    r"|\b(?P<after>(?:the )?(?:day|night) after tomorrow)\b"
    r"|\b(?P<today>today|tonight|this (?:morning|afternoon|evening))\b|\b(?P<yesterday>yesterday|last night)\b"
    r"|\b(?P<tomorrow>tomorrow)\b",
    re.IGNORECASE,
)
AGO = re.compile(
    rf"\b(?P<amount>{_AMOUNT}) (?P<unit>day|week|month|year|decade)s? ago\b(?! "
    rf"(?:{_WEEKDAY}|today|tomorrow|this))",
    re.IGNORECASE,
)
"""two weeks ago."""
RELATIVE = re.compile(
    r"\b(?:(?:early|earlier|late|later|mid)[- ]|(?:the )?(?P<part>beginning|start|end|middle) of )?"
    r"(?P<which>last|next|this|this past|this coming|the) "
    r"(?P<unit>week|weekend|month|year)\b(?!-)",
    re.IGNORECASE,
)
"""next week · earlier this month · this weekend · the end of the year."""
YEAR_END = re.compile(r"\b(?:the |this )?(?P<unit>year|month)(?:'s |-| )end\b", re.IGNORECASE)
"""year's end · the year-end."""
WEEKDAYS = re.compile(
    rf"\b(?:(?P<which>last|next|this past|this coming|this|past|coming) )?(?P<weekday>{_WEEKDAY})(?![\w-]*s\b|-)\b",
    re.IGNORECASE,
)
MONTH_HINTS = tuple(form for name in MONTH_NUMBERS for form in (name.capitalize(), name.upper()))
YEAR_HINTS = ("16", "17", "18", "19", "20")
DAY_HINTS = (
    "today", "tonight", "yesterday", "before last", "tomorrow", "last night", "this morning", "this afternoon",
    "this evening",
)  # fmt: skip
UNIT_HINTS = (" week", " month", " year")
WEEK_HINTS = (" week", " fortnight", "days ago", "days from now", "day before last", "day after next")
BEYOND_HINTS = ("before last", "after next")
NOW_HINTS = ("from now", " hence", " time")
YEAR_END_HINTS = tuple(unit + joint + "end" for unit in ("year", "month") for joint in ("'s ", " ", "-"))
WEEKDAY_HINTS = ("nday", "sday", "iday", "rday")
