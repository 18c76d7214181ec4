"""What kind of text an article is, told by its title, its form and its length.

A wrong stub or round-up loses a report, a missed one is a nuisance: rules take what is plain, and leave the rest.
"""

import re

from services.contracts.article import KindOfText, TextKind
from services.language.calendar import WEEKDAYS

FEWEST_WORDS, FEWEST_CHARACTERS = 8, 80
"""Title and text of fewer words tell of nothing; where words are not parted by blanks, those of fewer characters."""
WALL_WORDS = 120
"""A text of fewer words that names a wall is the wall."""
CLOCK_LINES = 3
"""Lines that begin with a time of day make a live blog from so many on, where something says that it is live."""
LABELLED_PARTS = 3
"""Paragraphs that each open with a label of their own ("Peru: …") make a round-up from so many on."""
OPENING_CHARACTERS = 400
"""Characters of the text in which "live" says that it is."""

_DAY = f"(?:{'|'.join(WEEKDAYS)})"
_PERIOD = rf"(?:{_DAY}|morning|evening|midday|noon|daily|weekly|weekend|week|today|the)"
_PAYWALL = re.compile(
    r"(?:already (?:a )?(?:subscribed?|subscriber|member)\b|subscribe (?:now )?to (?:read|continue|unlock|keep reading)"
    r"|(?:log|sign) in to (?:read|continue|view)|(?:is|are) (?:only )?(?:available )?(?:for|to) (?:paying )?subscribers"
    r"|for subscribers(?: only)?\b|subscribers only|to continue reading|create a free account"
    r"|register (?:for free )?to (?:read|continue))",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"(?:we value your privacy|we use cookies"
    r"|(?:accept|manage) (?:all )?cookies|your privacy choices|enable javascript"
    r"|page (?:was |could )?not (?:be )?found|404 error|error 404)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"^(?:(?:watch|listen|photos?|gallery|video|in pictures)\b\W{0,3}(?:[^.!?\n]{0,200}$|the (?:video|clip)\b)"
    r"|(?:read )?more\s*(?:$|[:|\u00bb]))",
    re.IGNORECASE,
)
ELSEWHERE_WORDS = 40
"""A text of fewer words that opens so ("Watch: …", "More") leads to a film, pictures or another page."""
_CLOCK_LINE = re.compile(r"(?m)^[ \t]*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]\.?m\.?)?(?=[\s,:\u2013\u2014-])")
_TITLES: dict[TextKind, re.Pattern[str]] = {
    TextKind.LIVE_BLOG: re.compile(
        rf"^(?:{_DAY} )?live: |\blive: (?:all )?(?:the )?(?:latest|updates)\b|\blive coverage: "
        r"|\blive (?:updates|blog)\b|\bas it happened$",
        re.IGNORECASE,
    ),
    TextKind.ROUND_UP: re.compile(
        rf"^(?:your |the )?{_PERIOD}(?:'s)?(?: news)? (?:briefing|round-?up|digest)\b|^(?:news )?in brief\b|\bin brief$"
        r"|\b(?:news|daily) (?:round-?up|digest)\b|\b(?:week|month|year) in review\b"
        r"|\bthings (?:you need )?to know (?:today|this (?:morning|week))\b",
        re.IGNORECASE,
    ),
    TextKind.NEWSLETTER: re.compile(r"^newsletter\s*[:|]|\bnewsletter$", re.IGNORECASE),
    TextKind.SERIES: re.compile(
        r"^(?:your )?(?:daily |weekly )?horoscopes?\b|^(?:police|crime) (?:report|log|blotter)(?:\s*:|$)"
        rf"|^court (?:list|docket)s?(?:\s*:|$)|\bweather(?: forecast)?(?: for (?:{_DAY}|today))?: "
        rf"|\bforecast for {_DAY}\b|\b{_DAY}(?:'s)? forecast\b|\blottery (?:results|numbers)\b"
        r"|\bwinning numbers\b|\bcrossword\b|\bpuzzle of the day\b|\btv (?:guide|listings)\b",
        re.IGNORECASE,
    ),
    TextKind.OPINION: re.compile(
        r"^\s*(?:opinions?|op-ed|editorial|commentary|comment|letters?(?: to the editor)?)\s*[:|\u2013\u2014]"
        r"|^\s*(?-i:OPINION|COMMENTARY|EDITORIAL) (?=\S)"
        r"|[|\u2013\u2014(-] ?(?:opinion|op-ed|commentary|editorial)\)?\s*$",
        re.IGNORECASE,
    ),
    TextKind.OBITUARY: re.compile(r"^obituar(?:y|ies)\b|\bobituary$", re.IGNORECASE),
}
_LIVE = re.compile(r"\blive\b", re.IGNORECASE)
_LABEL = re.compile(r"(?P<label>[A-Z][\w.'\u2019-]*(?: [\w.'\u2019-]+){0,2}): +(?=[^\s])")
_OPINION_OPENING = re.compile(r"\W*(?:ANALYSIS ?/ ?)?(?:OPINION|COMMENTARY|EDITORIAL)(?: ?/ ?ANALYSIS)?\s*[:|]")
"""What stands over the text of a comment."""
_OPINION_NOTE = re.compile(
    r"\bthe (?:opinions?|views?)(?: and opinions?)? expressed in this "
    r"(?:article|column|commentary|essay|op-ed|piece|post)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"/(?P<opinion>opinions?|columnists?|op-?eds?|editorials?|commentary|commentisfree|letters|pundits-blog"
    r"|(?:op-ed|editorial)-(?!(?:board|staff|pages?|writers?|by|in|on)-)[^/]+)/"
    r"|/(?P<obituary>obituar(?:y|ies))/|/(?P<newsletter>newsletters?)/|/(?P<series>horoscopes?)/",
    re.IGNORECASE,
)


def kind_of_text(
    title: str | None,
    text: str,
    url: str | None,
    *,
    uncleaned: str | None = None,
    stated: KindOfText | None = None,
) -> KindOfText | None:
    """The kind of a text that is no plain report; None for a report.

    Args:
        title: As published.
        text: Clean, paragraphs parted by blank lines.
        url: The article's address.
        uncleaned: The text before cleaning, which takes the words of a paywall away. Default: `text`.
        stated: What the page's structured data says.
    """
    return (
        stated
        or _stub(title or "", text, text if uncleaned is None else uncleaned)
        or _by_title(title or "")
        or _by_times(title or "", text, url or "")
        or _by_labels(text)
        or _by_note(text, text if uncleaned is None else uncleaned)
        or _by_address(url or "")
    )


def _stub(title: str, text: str, uncleaned: str) -> KindOfText | None:
    words = len(text.split())
    if words + len(title.split()) < FEWEST_WORDS and len(text) < FEWEST_CHARACTERS:
        return KindOfText(kind=TextKind.STUB, evidence=f"fewer than {FEWEST_WORDS} words with the title")
    wall = (_WALL.search(text) or _PAYWALL.search(uncleaned)) if words < WALL_WORDS else None
    elsewhere = _ELSEWHERE.search(text) if words < ELSEWHERE_WORDS else None
    sign = wall or elsewhere
    return None if sign is None else KindOfText(kind=TextKind.STUB, evidence=sign.group())


def _by_title(title: str) -> KindOfText | None:
    for kind, pattern in _TITLES.items():
        sign = pattern.search(title)
        if sign is not None:
            return KindOfText(kind=kind, evidence=f"title: {sign.group().strip()}")
    return None


def _by_times(title: str, text: str, url: str) -> KindOfText | None:
    """Entries with their times alone do not tell: so does the timeline of one case."""
    lines = sum(1 for _ in _CLOCK_LINE.finditer(text))
    if lines < CLOCK_LINES or not any(_LIVE.search(part) for part in (title, text[:OPENING_CHARACTERS], url)):
        return None
    return KindOfText(kind=TextKind.LIVE_BLOG, evidence=f"{lines} lines begin with a time of day")


def _by_labels(text: str) -> KindOfText | None:
    """A text of nothing but paragraphs with a label each is a round-up; labels that come again are speakers'."""
    parts = [_LABEL.match(part) for part in text.split("\n\n")]
    labels = [label["label"] for label in parts if label is not None]
    if len(labels) < max(LABELLED_PARTS, len(parts)) or len(set(labels)) < len(labels):
        return None
    return KindOfText(kind=TextKind.ROUND_UP, evidence=f"{len(labels)} paragraphs begin with a label: {labels[0]}")


def _by_note(text: str, uncleaned: str) -> KindOfText | None:
    """A comment whose page says that it is one, over its text or below it."""
    sign = _OPINION_OPENING.match(text) or _OPINION_OPENING.match(uncleaned) or _OPINION_NOTE.search(uncleaned)
    return None if sign is None else KindOfText(kind=TextKind.OPINION, evidence=f"text: {sign.group().strip()}")


def _by_address(url: str) -> KindOfText | None:
    sign = _ADDRESS.search(url)
    if sign is None or sign.lastgroup is None:
        return None
    return KindOfText(kind=TextKind(sign.lastgroup), evidence=f"address: {sign.group()}")
