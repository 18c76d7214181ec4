"""Which sentences are running text of the outlet: no captions, self-descriptions, headlines or words it introduces."""

import re
import sys

from services.extract.assertions.reading import Resources, SentenceReading
from services.language.pieces import has_piece

_ENDS = (".", "!", "…")
_CLOSING = "\"')]"
_CAPTION = re.compile(
    r"Getty|\bAP Photo|/AP\b|\(AP\)|Reuters/|/Reuters|[Ff]ile (?:photo|image)|\bpictured\b|\bcaption\b|\bMORE\b"
    r"|\b[Pp]hoto(?:graph)?s? (?:by|taken|from|shows)\b|\bfor comment\b"
)
_IN_CAPTIONS = ("Getty", "AP", "Reuters", "ile image", "pictured", "caption", "MORE", "hoto", "for comment")
"""Each match of the pattern has one of them in it; to look for them takes a tenth of its time."""
_CREDIT_CHARS = 80
"""At the end of a paragraph: who took the picture that it describes."""
_ADVERTISING = re.compile(
    r"\bis (?:one of )?(?:an?|the|[\w' ]{2,30}'s) (?:[\w'-]+ ){0,3}?(?:leading|premier|fastest-growing|award-winning) "
    r"(?:[\w'-]+ ){0,4}?(?:provider|company|companies|outlet|publisher|platform|source|voice|newspaper|website)s?\b"
)
"""What outlets say of themselves."""
_IN_ADVERTISING = ("leading", "premier", "fastest-growing", "award-winning")
"""Each match of the pattern has one of them in it."""
_AUTHOR = re.compile(
    r"\b(?:is|was) (?:also )?(?:an?|the) (?:[\w'-]+,? ){0,6}?"
    r"(?:writer|reporter|columnist|contributor|editor|journalist|correspondent|fellow|author|producer|blogger)\b"
    r"|^(?:He|She|They) lives? in\b"
)
_LAST_PARAGRAPHS = 4
"""Who wrote the article is told in one of these."""
_INTRODUCES = re.compile(r"(?:,|^(?!More)(?:Read more|See also|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3}):)$")
"""A paragraph that breaks off ("According to the ministry,") or is only whose words follow ("Ada Reyl:")."""
_BLANKS = " " * 8
_BLANKED = re.compile(_BLANKS + r"[\"'(]?\w")
"""In the middle of a sentence: a headline stood there that was glued to it."""


def is_prose(resources: Resources, reading: SentenceReading) -> bool:
    """Whether the sentence is one of the running text."""
    document, sentence = resources.document, reading.sentence
    text = sentence.range.of(document.text)
    if not text.rstrip(_CLOSING).endswith(_ENDS) or text[0].islower() or _is_caption(text):
        return False
    if _BLANKS in text and _BLANKED.search(text):
        return False
    end = document.paragraphs[sentence.paragraph].end
    if _is_caption(document.text, max(sentence.range.end, end - _CREDIT_CHARS), end):
        return False
    return not _is_self_description(resources, reading, text) and not _is_introduced(resources, reading)


def _is_caption(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    for word in _IN_CAPTIONS:  # twice as fast as any() with a generator, for each sentence of all articles
        if text.find(word, start, end) >= 0:
            return _CAPTION.search(text, start, end) is not None
    return False


def _is_self_description(resources: Resources, reading: SentenceReading, text: str) -> bool:
    """Whether the outlet advertises itself, or tells who wrote the article."""
    if has_piece(text, _IN_ADVERTISING) and _ADVERTISING.search(text) is not None:
        return True
    last = reading.sentence.paragraph >= len(resources.document.paragraphs) - _LAST_PARAGRAPHS
    return last and _AUTHOR.search(text) is not None


def _is_introduced(resources: Resources, reading: SentenceReading) -> bool:
    """Whether the paragraph before hands over to somebody else's words."""
    document, number = resources.document, reading.sentence.paragraph
    before = document.paragraphs[number - 1].of(document.text) if number > 0 else ""
    return before.endswith((",", ":")) and _INTRODUCES.search(before) is not None
