"""What a text says was corrected in it. Pure."""

import re

MAX_REASON_CHARACTERS = 600
_LINE = re.compile(
    r"^[\W_]*(?:(?:editor'?s'? note|note)\s*[:\u2013\u2014-]\s*)?(?:an? )?(?:this is a )?"
    r"(?:corrections?|corrected|corrects|clarifications?|korrektur|berichtigung|rectificatif|correcci\u00f3n|errata?)"
    r"(?: \([^()]{1,60}\)| (?:on )?[\w. ]{1,30}\d{4})?\s*[:\u2013\u2014]\s*(?=\S)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"^[\W_]*(?:(?:this|an earlier version of this|a previous version of this) (?:article|story|report|post|piece) )"
    r"(?:has been|was|is|have been)?\s*"
    r"(?:corrected|amended|incorrectly|misstated|wrongly|erroneously|misspelled|misidentified)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:corrected|correction)\s*[:\u2013\u2014-]", re.IGNORECASE)


def find_correction(title: str | None, text: str) -> str | None:
    """The line that says what was corrected, or the title's mark; None where neither says so.

    A line that begins with the word and a colon, or says that an earlier version was wrong. A report of corrections in
    general ("Corrections officers said …") has neither.
    """
    for line in text.splitlines():
        words = line.replace("\u2019", "'")
        if _LINE.match(words) or _SENTENCE.match(words):
            return " ".join(line.split())[:MAX_REASON_CHARACTERS]
    return title if title and _TITLE.match(title) else None
