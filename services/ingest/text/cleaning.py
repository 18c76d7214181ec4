"""The article's own text out of a page's text, with a receipt for all that went and a way back to the original.

Pure: the same text gives the same result. A kept piece is the original's own characters, or a short one that is read
otherwise than it is written (`rewriting.py`), so that positions in the clean text stand for positions in the original.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from services.contracts.article import RemovedBlock
from services.ingest.identity import sha256
from services.ingest.text.boilerplate import Line, boilerplate_reasons
from services.ingest.text.boilerplate_rules import linked_headlines
from services.ingest.text.characters import BREAKS, UNSEEN
from services.ingest.text.rewriting import rewritings

CONTROL_REASON = "control_characters"
LINK_REASON = "related"
_LINE = re.compile(f"[^{BREAKS}]+")
_NEWLINE = re.compile(f"\r\n|[{BREAKS}]")
_PADDING = re.compile(rf"(?:[\s\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff{UNSEEN}]|&(?:amp;)?(?:nbsp|#160|#xa0);)*+")
_BLANK = 2
"""Line breaks that make a blank line."""


@dataclass(frozen=True)
class Piece:
    """A kept stretch: `original[start:end]` stands at `at` in the clean text, in `size` characters."""

    start: int
    end: int
    at: int
    size: int

    @property
    def is_rewritten(self) -> bool:
        """Whether it is read otherwise than it is written: it then stands for the original as a whole."""
        return self.size != self.end - self.start


@dataclass(frozen=True)
class CleanText:
    """A text without boilerplate: the kept pieces of the original, joined by one or two line breaks."""

    text: str
    removed: tuple[RemovedBlock, ...]
    pieces: tuple[Piece, ...]

    @property
    def kept(self) -> tuple[tuple[int, int], ...]:
        """The kept stretches [start, end) of the original, in order."""
        return tuple((piece.start, piece.end) for piece in self.pieces)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original.

        For a span inside one piece the characters are the same, unless it is read otherwise than it is written (an
        entity, an accent apart from its letter): of that the whole is given. A longer span covers what was removed in
        between; a joining line break at either end is left out.

        Raises:
            ValueError: the span is empty, outside the text, or holds joining line breaks only.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not a span of a text of {len(self.text)} characters")
        first = bisect_right(self.pieces, start, key=_at) - 1
        if start >= _end(self.pieces[first]):
            first, start = first + 1, self.pieces[first + 1].at
        last = bisect_right(self.pieces, end - 1, key=_at) - 1
        end = min(end, _end(self.pieces[last]))
        if end <= start:
            raise ValueError(f"[{start}, {end}) holds no character of the original")
        opening, closing = self.pieces[first], self.pieces[last]
        return (
            opening.start if opening.is_rewritten else opening.start + start - opening.at,
            closing.end if closing.is_rewritten else closing.start + end - closing.at,
        )


def clean(text: str) -> CleanText:
    """Leave boilerplate and characters that show nothing out, and write entities and accents as they are read.

    When nothing but boilerplate would be left of a text, all of it is kept. The result is empty only for a text of
    white space and control characters.
    """
    spans = list(_line_spans(text))
    lines = [
        Line(text[start:end], opens=index == 0 or _is_blank_between(text, spans[index - 1][1], start))
        for index, (start, end) in enumerate(spans)
    ]
    reasons = boilerplate_reasons(lines)
    parts: list[str] = []
    pieces: list[Piece] = []
    dropped: list[str] = []
    links: list[str] = []
    at, broken = 0, False
    for (start, end), line, reason in zip(spans, lines, reasons, strict=True):
        if reason is not None:
            broken = True
            continue
        if pieces:
            joiner = "\n\n" if broken or line.opens else "\n"
            parts.append(joiner)
            at += len(joiner)
        broken = False
        for piece_start, piece_end, reading in _own_stretches(text, start, end, dropped, links):
            pieces.append(Piece(piece_start, piece_end, at, len(reading)))
            parts.append(reading)
            at += len(reading)
    removed = (*_receipts(text, spans, reasons), *map(_link_receipt, links), *_control_receipt(dropped))
    return CleanText("".join(parts), removed, tuple(pieces))


def _at(piece: Piece) -> int:
    return piece.at


def _end(piece: Piece) -> int:
    return piece.at + piece.size


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Lines without the white space around them, and what shows as little; blank lines left out."""
    for match in _LINE.finditer(text):
        start, end = match.span()
        opening = _PADDING.match(text, start, end)
        assert opening is not None  # it can match nothing at all
        start = opening.end()
        while end > start and _PADDING.fullmatch(text, end - 1, end):
            end -= 1
        if start < end:
            yield start, end


def _is_blank_between(text: str, end: int, start: int) -> bool:
    return len(_NEWLINE.findall(text, end, start)) >= _BLANK


def _own_stretches(
    text: str, start: int, end: int, dropped: list[str], links: list[str]
) -> Iterator[tuple[int, int, str]]:
    """The stretches of a kept line, as (start, end, reading), without headlines that hang on a name's link."""
    for link_start, link_end in linked_headlines(text, start, end):
        links.append(text[link_start:link_end])
        yield from _as_read(text, start, link_start, dropped)
        start = link_end
    if start < end:
        yield from _as_read(text, start, end, dropped)


def _link_receipt(headlines: str) -> RemovedBlock:
    return RemovedBlock(reason=LINK_REASON, text_hash=sha256(headlines), chars=len(headlines))


def _as_read(text: str, start: int, end: int, dropped: list[str]) -> Iterator[tuple[int, int, str]]:
    """The stretches of a part of a line as they are read; what shows nothing goes to `dropped`."""
    for first, last, reading in rewritings(text, start, end):
        if start < first:
            yield start, first, text[start:first]
        if reading:
            yield first, last, reading
        else:
            dropped.append(text[first:last])
        start = last
    if start < end:
        yield start, end, text[start:end]


def _receipts(text: str, spans: Sequence[tuple[int, int]], reasons: Sequence[str | None]) -> Iterator[RemovedBlock]:
    """One receipt for each run of lines removed for one reason, line breaks inside it included."""
    for reason, run in groupby(zip(spans, reasons, strict=True), key=lambda pair: pair[1]):
        if reason is None:
            continue
        covered = [span for span, _ in run]
        block = text[covered[0][0] : covered[-1][1]]
        yield RemovedBlock(reason=reason, text_hash=sha256(block), chars=len(block))


def _control_receipt(dropped: Sequence[str]) -> Iterator[RemovedBlock]:
    """One receipt for all characters inside kept lines that show nothing."""
    characters = "".join(dropped)
    if characters:
        yield RemovedBlock(reason=CONTROL_REASON, text_hash=sha256(characters), chars=len(characters))
