"""Where sentences and main clauses end, by marks and words alone; extract's sentences know quotations as well."""

import re
from collections.abc import Iterator

from services.language.calendar import SHORT_MONTHS
from services.language.ranges import Range, trim

_STOP = r"[.!?][\"'\u201d\u2019)]*"
"""A final mark with the quote marks and brackets that close after it."""
_STOP_BEFORE_BLANK = re.compile(_STOP + r"(?=\s)")
_BREAK = re.compile(_STOP + r"(?=\s+\W?[^\W\da-z_]|\s*$)|\n")
"""A stop before a word in upper case or at the text's end, or a line's end."""
_LINE = re.compile(r"[^\n]+")
_LONGEST_ABBREVIATION = 8
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Hon|Gens?|Sens?|Reps?|Govs?|Lt|Col|Maj|Adm|Capt|Sgt|St|No|Inc|Corp|Co|Ltd|vs?|"
    rf"{'|'.join(month.title() for month in SHORT_MONTHS)}|[ap]\.m))\.$"
)
_MAIN_CLAUSE_END = re.compile(
    r"[,;:]|\b(?:that|which|who|whom|whose|if|what|how|why|where|when|while|because|although|though|until|unless|whether|after|before)\b",
    re.IGNORECASE,
)


def sentence_ranges(text: str) -> Iterator[Range]:
    """Sentences of `text`, without white space around them: lines cut at stops that end no abbreviation."""
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _possible_ends(text, line.start(), line.end()):
            if end < line.end() and _ABBREVIATION.search(text, max(start, end - _LONGEST_ABBREVIATION), end):
                continue
            sentence = trim(text, start, end)
            if sentence is not None:
                yield sentence
            start = end


def has_sentence_end(text: str, start: int, end: int) -> bool:
    """Whether a final mark with white space after it stands in characters [start, end)."""
    found = _STOP_BEFORE_BLANK.search(text, start, end)
    return found is not None


def sentence_end(text: str, at: int) -> int:
    """Where the sentence around position `at` ends, behind its marks; the text's end if no other is seen."""
    found = _BREAK.search(text, at)
    return len(text) if found is None else found.end()


def last_sentence(text: str) -> str:
    """What stands behind the last end of a sentence in `text`; empty if `text` ends with a whole sentence."""
    return _BREAK.split(text)[-1]


def main_clause(text: str) -> str:
    """The beginning of `text` up to the first comma, semicolon or colon, or word that opens a subordinate clause.

    What stands at the very start ("If …") ends nothing.
    """
    end = _MAIN_CLAUSE_END.search(text, 1)
    return text[: end.start()] if end else text


def _possible_ends(text: str, start: int, end: int) -> list[int]:
    return [stop.end() for stop in _STOP_BEFORE_BLANK.finditer(text, start, end)] + [end]
