"""Ranges of a text that are not the article's own: what ingest could not tell from it, line by line.

Ingest drops lines that are furniture as a whole. Here is what hides inside a paragraph: a sentence that asks to sign
up, a link in brackets, headlines of other articles glued to a name, and lines that only what stands around them tells.
"""

import re
from collections.abc import Iterator, Sequence

from services.extract.text import boilerplate_rules as rules
from services.extract.text.document import Document
from services.language.pieces import has_piece
from services.language.ranges import Range, trim

MAX_CHUNK_CHARS = 400
"""Longer sentences are the article's own."""
MAX_CORRECTION_CHARS = 600
"""From where a paragraph says that something was corrected to its end."""
MAX_AUTHOR_CHARS = 700
"""Of a line that says who wrote the article."""
MAX_HEADLINE_CHARS = 160
"""Of a heading."""
FEWEST_HEADLINE_WORDS = 4
AUTHOR_LINES = 3
"""So many lines at the end may say who wrote the article."""
FEWEST_FINISHED = 0.6
"""Share of an article's longer lines that end in a mark, for one that does not to be a headline among them."""
MAX_HEADING_CHARS = 80
"""Of a line over a list of other articles."""
MAX_LISTED = 8
"""Lines below such a heading."""
FEWEST_REPEATED_CHARS = 60
"""A shorter line may stand in a text twice: a chant, a refrain."""
FEWEST_CAPTIONS = 2
"""So many lines that stand twice in a row are the captions of a gallery."""
_LONG_LINE_CHARS = 100
_ENDED = frozenset(".!\"'…,;")

_SENTENCE_END = re.compile(r"[.?!]['\")\]]* +(?=[A-Z\"'(\[©—–-])")
_FINISHED = frozenset(".?!:;\"'…),-—–|")
_BULLET = re.compile(r"[-•*·▪◦⦁–—►]|\d{1,2}[.)]")


def find_boilerplate(document: Document) -> list[Range]:
    """Ranges in text order that no sentence and no quotation is read from. They do not overlap."""
    lines = document.paragraphs
    others = _headlines(document) | _listed(document) | _repeated(document)
    removed: list[Range] = []
    for number, line in enumerate(lines):
        words = line.of(document.text)
        if number in others or _is_furniture(words) or _is_author(words, number, len(lines)):
            removed.append(line)
        else:
            removed.extend(_inside(document.text, line))
    return _merged(removed)


def _is_furniture(line: str) -> bool:
    """Whether a whole line is a caption, a link or a form."""
    if rules.LINE.fullmatch(line) or (rules.IN_FORM in line.lower() and rules.FORM.search(line)):
        return True
    if not has_piece(line, rules.IN_CREDIT) or rules.CREDIT.search(line) is None:
        return False
    return rules.CAPTION.fullmatch(line) is not None


def _is_author(line: str, number: int, lines: int) -> bool:
    """Whether a line says who wrote or published the article: at its start or end, or with an address to write to."""
    if lines > AUTHOR_LINES and number >= lines - AUTHOR_LINES and '"' not in line and rules.OUTLET.match(line):
        return True
    if len(line) > MAX_AUTHOR_CHARS or '"' in line[: len(line) // 3] or not rules.AUTHOR.match(line):
        return False
    if rules.AUTHOR_JOB.search(line, 0, 300) is None:
        return False
    named = line.split(" is ", 1)[0].count(" ") > 0
    if not named:
        return rules.AUTHOR_ADDRESS.search(line) is not None
    alone = _SENTENCE_END.search(line) is None
    return (
        (number == 0 and alone and lines > 1)
        or (number >= lines - AUTHOR_LINES)
        or rules.AUTHOR_ADDRESS.search(line) is not None
    )


def _inside(text: str, line: Range) -> Iterator[Range]:
    """Boilerplate in a line that is the article's own otherwise."""
    clock = rules.CLOCK.match(text, *line)
    if clock is not None:
        yield Range(*clock.span())
    if text.find(" MORE", line.start, line.end) >= 0:
        for pattern in rules.GLUED_HEADLINES:
            yield from (Range(*match.span("cut")) for match in pattern.finditer(text, line.start, line.end))
    if text.find(" by @", line.start, line.end) >= 0:
        yield from (Range(*match.span()) for match in rules.SKIPPED.finditer(text, line.start, line.end))
    if "(" in text[line.start : line.end] or "[" in text[line.start : line.end]:
        yield from (Range(*match.span()) for match in rules.BRACKETED.finditer(text, line.start, line.end))
    lower = line.of(text).lower()
    if not has_piece(lower, rules.HINTS):
        return
    for chunk in _chunks(text, line):
        if line.end - chunk.start <= MAX_CORRECTION_CHARS and rules.CORRECTION.match(text, *chunk):
            yield Range(chunk.start, line.end)
            return
        if chunk.end - chunk.start <= MAX_CHUNK_CHARS and rules.SENTENCE.fullmatch(text, *chunk):
            yield chunk


def _chunks(text: str, line: Range) -> Iterator[Range]:
    """The line's sentences, roughly: no quotation is respected."""
    start = line.start
    for mark in _SENTENCE_END.finditer(text, line.start, line.end):
        chunk = trim(text, start, mark.end())
        if chunk is not None:
            yield chunk
        start = mark.end()
    last = trim(text, start, line.end)
    if last is not None:
        yield last


def _headlines(document: Document) -> frozenset[int]:
    """Numbers of the lines that are headings or headlines of other articles among lines that are sentences."""
    lines = [line.of(document.text) for line in document.paragraphs]
    long = [line for line in lines if len(line) >= _LONG_LINE_CHARS]
    finished = sum(line[-1] in _FINISHED for line in long)
    if len(lines) < FEWEST_HEADLINE_WORDS or finished < FEWEST_FINISHED * len(long) or not long:
        return frozenset()
    unfinished = [_is_unfinished(line) for line in lines]
    last = _last_headlines(lines, unfinished)
    # Several in a row are a list, which may be the article's own.
    return frozenset(
        number
        for number, alone in enumerate(unfinished)
        if alone and number and not unfinished[number - 1] and not any(unfinished[number + 1 : number + 2])
    ).union(last)


def _last_headlines(lines: Sequence[str], unfinished: Sequence[bool]) -> range:
    """Numbers of the lines at the end that are headlines of other articles: two or more, not all finished."""
    first = len(lines)
    while first > 1 and (unfinished[first - 1] or _may_be_headline(lines[first - 1])):
        first -= 1
    several = len(lines) - first > 1 and any(unfinished[first:])
    return range(first, len(lines)) if several else range(0)


def _may_be_headline(line: str) -> bool:
    """Whether a line that ends in a mark may be a headline for all that: a question, or its last words are quoted."""
    short = len(line) <= MAX_HEADLINE_CHARS and len(line.split(None, FEWEST_HEADLINE_WORDS)) >= FEWEST_HEADLINE_WORDS
    return short and line[-1] in "?'" and line[0].isupper() and line[-2] not in ".!,"


def _listed(document: Document) -> frozenset[int]:
    """Numbers of the lines of lists of other articles, with their headings ("Read more:")."""
    lines = [line.of(document.text) for line in document.paragraphs]
    listed: set[int] = set()
    for number, line in enumerate(lines):
        if len(line) > MAX_HEADING_CHARS or rules.LIST_HEADING.fullmatch(line) is None:
            continue
        listed.add(number)
        for below in range(number + 1, min(number + 1 + MAX_LISTED, len(lines))):
            if len(lines[below]) > MAX_HEADLINE_CHARS or lines[below][-1] in _ENDED:
                break
            listed.add(below)
    return frozenset(listed)


def _repeated(document: Document) -> frozenset[int]:
    """Numbers of the longer lines that stand in the text before, word for word; in a gallery of both of a pair."""
    lines = [line.of(document.text) for line in document.paragraphs]
    before: dict[str, int] = {}
    twins: dict[int, int] = {}
    for number, line in enumerate(lines):
        if len(line) >= FEWEST_REPEATED_CHARS and before.setdefault(line, number) != number:
            twins[number] = before[line]
    captions = [first for number, first in twins.items() if number == first + 1]
    return frozenset((*twins, *(captions if len(captions) >= FEWEST_CAPTIONS else ())))


def _is_unfinished(line: str) -> bool:
    words = line.split(None, FEWEST_HEADLINE_WORDS)
    return (
        len(line) <= MAX_HEADLINE_CHARS
        and len(words) >= FEWEST_HEADLINE_WORDS
        and line[-1] not in _FINISHED
        and not line.endswith((" and", " or"))
        and line[0] not in "\"'"
        and "http" not in line
        and "@" not in line
        and _BULLET.match(line) is None
    )


def _merged(areas: Sequence[Range]) -> list[Range]:
    merged: list[Range] = []
    for area in sorted(areas):
        if merged and area.start <= merged[-1].end:
            merged[-1] = Range(merged[-1].start, max(area.end, merged[-1].end))
        else:
            merged.append(area)
    return merged
