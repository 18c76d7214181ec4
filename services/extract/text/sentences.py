"""Sentences: never across a line's end, never cut inside a quotation."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.extract.text.document import Document
from services.extract.text.quotations import Quotation
from services.extract.vocabulary.lexicon import Lexicon
from services.language.openings import opening_end
from services.language.ranges import Range, trim

Splitter = Callable[[str, str], list[Range]]
"""Takes a text without line ends and a language code; gives the sentences' ranges."""

_SHORT_PARAGRAPH_CHARS = 12
"""A line this short is one piece: not worth a call."""
# These start with the mark itself, so that the scanner leaps from mark to mark.
_GLUED = re.compile(r"[.?!](?:(?<=[a-z]{3}.)(?=[A-Z][a-z])|(?<=\b[ap]\.m\.)(?= Xx))")
_STRAY_MARK = re.compile(r"\"|'(?:(?<!\w')|(?!\w))")
_SIGNATURE_AFTER_MARK = re.compile(r" ?[—―–-]{1,2} ?[^\W\d_][^.!?\"]{1,80}\.?$")
_ENDS_IN_TITLE = re.compile(
    r"\b(?:Adm|Atty|Capt|Cmdr|Col|Cpl|Dr|Ft|Gen|Gov|Lt|Maj|Messrs|Mr|Mrs|Ms|Mx|Prof|Rep|Reps|Rev|Sen|Sens|Sgt|St|Supt)"
    r"\.\s*$"
)
_ENDS_IN_HOUR = re.compile(r"\b[ap]\.m\.\s*$", re.IGNORECASE)
_GOES_ON_FROM_HOUR = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d|"
    r"[A-Z]{1,4}T\b|UTC\b|(?:Eastern|Central|Mountain|Pacific|Greenwich)\b(?= (?:[Ss]tandard |[Dd]aylight )?[Tt]ime\b|"
    r"[,.)])|[A-Z][a-z]+ time\b|[a-z(])"
)
"""A day, a time zone or a lower-case word after "9 p.m."."""
_ENDS_IN_SHORT_WORD = re.compile(r"\b[A-Z][a-z]{0,4}\.\s+$")
"""What may be an abbreviation, as "Ky." is, if a lower-case word comes next."""
_ENDS_IN_INITIAL = re.compile(r"\b[A-Z]\.$")
_ENDS_IN_CAPITALS = re.compile(r"[A-Z]{2}\.\Z")
"""With no blank behind: "VNT.L" names a share."""
_INITIAL = re.compile(r"[A-Z]\.")
_TITLE_CHARS = 16
_INTRODUCES = re.compile(r" [^.!?\"]{2,80}[,:] \"")
"""`Reyl replied: "`: what introduces the next quotation does not tell whose the last one was."""
_NAMES_NOUN = re.compile(
    r"(?:\b(?:is|was|are|were)|\w['’]s) (?:an?|the|no|not|another|his|her|its|their|my|our)\b", re.IGNORECASE
)
"""After these comes a noun, though it looks like a cue: "That is a bold claim, but …"."""
_LOWER_CASE_NEXT = re.compile(r" [a-z]")
"""After the final mark of a name or of a few quoted words: `"Why Not?" was sung.`"""
_ATTRIBUTION_WORDS = 6
_ATTRIBUTION_CHARS = 90


@dataclass(frozen=True)
class Sentence:
    """One sentence: its range without a dateline or a label, its paragraph's number, its quotations."""

    range: Range
    paragraph: int
    quotations: tuple[Quotation, ...]

    def is_quoted(self, area: Range) -> bool:
        """Whether words of the sentence stand between quote marks."""
        return bool(self.quotations) and any(quotation.outer.holds(area) for quotation in self.quotations)


def split_sentences(
    document: Document,
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
    splitter: Splitter,
    language: str = "en",
) -> list[Sentence]:
    """Sentences in text order.

    The splitter sees each quotation as one long word with its last mark, so that stops inside the quotation do not
    count, and `"Why?" he asked` stays whole.
    """
    sentences: list[Sentence] = []
    following = 0
    for number, paragraph in enumerate(document.paragraphs):
        until = following
        while until < len(quotations) and quotations[until].paragraph == number:
            until += 1
        mine = quotations[following:until]
        following = until
        masked = _mask(document.text, paragraph, mine, lexicon)
        start = paragraph.start + opening_end(masked)
        short = len(masked) <= _SHORT_PARAGRAPH_CHARS
        for piece in [Range(0, len(masked))] if short else _rejoin(masked, splitter(masked, language)):
            for part in _unglue(masked, piece):
                first = max(paragraph.start + part.start, start)
                area = trim(document.text, first, max(first, paragraph.start + part.end))
                if area is not None:
                    inside = tuple(quotation for quotation in _take(mine, area))
                    sentences.append(Sentence(area, number, inside))
    return sentences


def _take(quotations: Sequence[Quotation], area: Range) -> list[Quotation]:
    low = 0
    high = len(quotations)
    while low < high:
        middle = (low + high) // 2
        if quotations[middle].outer.start < area.start:
            low = middle + 1
        else:
            high = middle
    taken = []
    while low < len(quotations) and quotations[low].outer.end <= area.end:
        taken.append(quotations[low])
        low += 1
    return taken


def _rejoin(text: str, pieces: Sequence[Range]) -> list[Range]:
    """The splitter's pieces, those that it cut after an abbreviation made one again."""
    joined: list[Range] = []
    for piece in pieces:
        if joined and _is_cut_after_abbreviation(text, max(joined[-1].start, piece.start - _TITLE_CHARS), piece.start):
            joined[-1] = Range(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _is_cut_after_abbreviation(text: str, before: int, at: int) -> bool:
    """Whether a sentence goes on at `at`: after a title, an hour, a short form, or between initials ("D-N.Y.")."""
    if _ENDS_IN_CAPITALS.search(text[before:at]) and text[at : at + 1].isupper():
        return True
    if _ENDS_IN_TITLE.search(text, before, at):
        return True
    if _ENDS_IN_HOUR.search(text, before, at):
        return _GOES_ON_FROM_HOUR.match(text, at) is not None
    if _ENDS_IN_INITIAL.search(text, before, at):
        return _INITIAL.match(text, at) is not None
    return text[at : at + 1].islower() and _ENDS_IN_SHORT_WORD.search(text, before, at) is not None


def _unglue(text: str, piece: Range) -> list[Range]:
    """Parts of a sentence that lost the blank after a stop ("…illegality.Kim said…")."""
    cuts = [match.end() for match in _GLUED.finditer(text, piece.start, piece.end)]
    bounds = [piece.start, *cuts, piece.end]
    return [Range(start, end) for start, end in pairwise(bounds) if start < end]


def _mask(text: str, paragraph: Range, quotations: Sequence[Quotation], lexicon: Lexicon) -> str:
    """The paragraph with a long word in the place of each quotation and its marks, and no quote marks left over."""
    parts = []
    at = paragraph.start
    for quotation in quotations:
        inner, (start, end) = quotation.inner, quotation.outer
        last = text[inner.end - 1]
        introduced = _is_introduced(text[max(paragraph.start, start - _ATTRIBUTION_CHARS) : start], lexicon)
        goes_on = last in "?!…" and _LOWER_CASE_NEXT.match(text, end, paragraph.end)
        if last in ".?!…" and (
            goes_on or _attribution_follows(text, end, paragraph.end, lexicon, introduced=introduced)
        ):
            last = ","
        parts.append(_STRAY_MARK.sub(" ", text[at:start]))
        parts.append("X" if text[inner.start].isupper() else "x")
        parts.append("x" * (end - start - 2))
        parts.append(last if last in ",.?!…" else "x")
        at = end
    parts.append(_STRAY_MARK.sub(" ", text[at : paragraph.end]))
    return "".join(parts)


def _is_introduced(before: str, lexicon: Lexicon) -> bool:
    """Whether the words before a quotation say whose it is: `Reyl replied:`, `Reyl said,`."""
    words = before.split()
    if not words or words[-1][-1] not in ":,":
        return False
    return words[-1][-1] == ":" or words[-1].lower().rstrip(",") in lexicon.cues


def _attribution_follows(text: str, start: int, end: int, lexicon: Lexicon, *, introduced: bool) -> bool:
    """Whether a signature, or a few words with a cue and nothing that it could introduce, come next.

    Words that end with a colon belong to the quotation after them, if this one was `introduced` by others.
    """
    if _SIGNATURE_AFTER_MARK.match(text, start, end):
        return True
    introduces = _INTRODUCES.match(text, start, end) and text[start - 2] == "."
    if introduced or introduces:
        return False
    words = text[start : min(end, start + _ATTRIBUTION_CHARS)].split()[:_ATTRIBUTION_WORDS]
    for position, word in enumerate(words):
        cue = lexicon.cues.get(word.lower().rstrip(".,:"))
        if cue is not None and cue.takes_quotation:
            if _NAMES_NOUN.search(" ".join(words[:position])):
                return False
            following = words[position + 1].lower() if position + 1 < len(words) else ""
            ends = word[-1] in ".,:" or not following
            is_told = cue.lemma == "tell" and "that" not in words
            return not ends if position == 0 else ends or is_told or following in lexicon.adjunct_starts
        if word[-1] in ".,:;?!" and word.lower().rstrip(".") not in lexicon.titles:
            return False
    return False
