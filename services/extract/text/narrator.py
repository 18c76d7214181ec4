"""Where the narrator speaks beside quoted words that lost one of their marks: ", Reyl said on Monday"."""

import re

from services.language.ranges import Range, trim

_CUE = (
    r"(?:said|says|told|adds?|added|asked|asks|wrote|writes|tweeted|posted|replied|explained|noted|argued|insisted|warned|"
    r"recalled|continued|concluded|stated|admitted|claimed|declared|remarked|joked|shouted)"
)
_NAME = r"[A-Z][\w.'-]*(?: (?:[A-Z][\w.'-]*|al-\w+|van|de|bin|the)){0,4}"
_SOMEBODY = (
    rf"(?:(?:[Tt]he|an?|one|another|his|her|their) [^,.?!:;\"]{{2,60}}?|(?:[a-z]+ ){{0,4}}{_NAME}|[Hh]e|[Ss]he|[Tt]hey)"
)
_SUBJECT = rf"(?:(?:the|an?) [^,.?!:;\"]{{2,60}}, {_NAME},|{_SOMEBODY}(?:, [^,.?!:;\"]{{2,60}},)?)"
_TIME = r"on|in|at|during|after|late|earlier|yesterday|today|to|of|as|when|through|via|by|this|last|[A-Z][a-z]+day"
_THEN = rf"(?= ?(?:[.,;:]|$|\n)| (?:{_TIME}|reporters|journalists)\b)"
_AFTER = (
    rf"(?:{_SUBJECT} (?:\w+ly |also |then |had |has )?{_CUE}{_THEN}"
    rf"|{_SUBJECT} told (?:the |an? |his |her |state |local |[A-Z])"
    rf"|{_CUE} (?:[A-Z]|the |an? |one |his |her |he\b|she\b))"
)
_TAIL = re.compile(rf"(?P<stop>[,?!…]|,? [—–-]) {_AFTER}")
_ATTRIBUTION = re.compile(rf" ?(?:[—–-] ?)?{_AFTER}")
_SENTENCE = re.compile(r"(?:[.?!…]['\")]?|[\":;]) +(?=[\"'(]?[A-Z0-9])")
_FIRST_PERSON = re.compile(
    r"\b(?:I|I'm|I've|I'll|I'd|[Ww]e|[Ww]e're|[Ww]e've|[Mm]y|[Oo]ur|[Uu]s|[Mm]e|[Yy]ou|[Yy]our)\b"
)
_MAX_CHARS = 4000


def lost_closing(text: str, opening: int, end: int) -> list[tuple[Range, Range]]:
    """The words from the mark at `opening` to the narrator's, as (with marks, without); none if nobody speaks.

    `end`: where to look no further.
    """
    tail = _TAIL.search(text, opening + 1, min(end, opening + _MAX_CHARS))
    inner = trim(text, opening + 1, tail.start("stop") + 1, right="—–-") if tail else None
    return [(Range(opening, inner.end), inner)] if inner else []


def lost_opening(text: str, start: int, closing: int, *, goes_on: bool) -> list[tuple[Range, Range]]:
    """The words that the mark at `closing` ends, if the narrator names their speaker after it; as `lost_closing`.

    They are the last sentence, since what stands before it may be the narrator's; if the quotation `goes_on` from the
    paragraph before: all from `start`.
    """
    if text[closing - 1] not in ",.?!…" or closing - start > _MAX_CHARS:
        return []
    if not goes_on:
        if not _ATTRIBUTION.match(text, closing + 1):
            return []
        for match in _SENTENCE.finditer(text, start, closing):
            start = match.end()
    inner = trim(text, start, closing)
    if inner is None or len(inner.of(text).split()) < _FEWEST_WORDS or (not goes_on and _TAIL.search(text, *inner)):
        return []
    return [(Range(inner.start, closing + 1), inner)]


def is_speech(text: str, area: Range) -> bool:
    """Whether words read like somebody's speech: they speak of the one who speaks, or to another."""
    return _FIRST_PERSON.search(text, area.start, min(area.end, area.start + _MAX_CHARS)) is not None


_FEWEST_WORDS = 3
