"""The article's own text out of a page's text, with a receipt for all that went and a way back to the original.

Pure: the same text gives the same result. Nothing inside a kept piece changes, so that positions in the clean text
stand for positions in the original.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from services.contracts.article import RemovedBlock
from services.ingest.boilerplate import Line, residue_reasons
from services.ingest.characters import BREAKS, CONTROLS
from services.ingest.identity import sha256
from services.ingest.residue_rules import linked_headlines

CONTROL_REASON = "control_characters"
LINK_REASON = "related"
_LINE = re.compile(f"[^{BREAKS}]+")
_NEWLINE = re.compile(f"\r\n|[{BREAKS}]")
_CONTROL = re.compile(f"[{CONTROLS}]+")
_PADDING = re.compile(r"[\s\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]*")
_BLANK = 2
"""Line breaks that make a blank line."""


@dataclass(frozen=True)
class Piece:
    """A kept stretch: `original[start:end]` stands at `at` in the clean text."""

    start: int
    end: int
    at: int


@dataclass(frozen=True)
class CleanText:
    """A text without residue: the kept pieces of the original, joined by one or two line breaks."""

    text: str
    removed: tuple[RemovedBlock, ...]
    pieces: tuple[Piece, ...]

    @property
    def kept(self) -> tuple[tuple[int, int], ...]:
        """The kept stretches [start, end) of the original, in order."""
        return tuple((piece.start, piece.end) for piece in self.pieces)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original.

        For a span inside one piece the characters are the same. A longer one covers what was removed in between; a
        joining line break at either end is left out.

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
        return opening.start + start - opening.at, closing.start + end - closing.at


def clean(text: str) -> CleanText:
    """Leave page residue and control characters out.

    When nothing but residue would be left of a text, all of it is kept. The result is empty only for a text of white
    space and control characters.
    """
    spans = list(_line_spans(text))
    lines = [
        Line(text[start:end], opens=index == 0 or _is_blank_between(text, spans[index - 1][1], start))
        for index, (start, end) in enumerate(spans)
    ]
    reasons = residue_reasons(lines)
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
        for piece_start, piece_end in _own_stretches(text, start, end, dropped, links):
            pieces.append(Piece(piece_start, piece_end, at))
            parts.append(text[piece_start:piece_end])
            at += piece_end - piece_start
    removed = (*_receipts(text, spans, reasons), *map(_link_receipt, links), *_control_receipt(dropped))
    return CleanText("".join(parts), removed, tuple(pieces))


def _at(piece: Piece) -> int:
    return piece.at


def _end(piece: Piece) -> int:
    return piece.at + piece.end - piece.start


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Lines without the white space and control characters around them; blank lines left out."""
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


def _own_stretches(text: str, start: int, end: int, dropped: list[str], links: list[str]) -> Iterator[tuple[int, int]]:
    """The stretches of a kept line without control characters and without headlines that hang on a name's link."""
    for link_start, link_end in linked_headlines(text, start, end):
        links.append(text[link_start:link_end])
        yield from _without_controls(text, start, link_start, dropped)
        start = link_end
    if start < end:
        yield from _without_controls(text, start, end, dropped)


def _link_receipt(headlines: str) -> RemovedBlock:
    return RemovedBlock(reason=LINK_REASON, text_hash=sha256(headlines), chars=len(headlines))


def _without_controls(text: str, start: int, end: int, dropped: list[str]) -> Iterator[tuple[int, int]]:
    """The stretches of a line between control characters, which go to `dropped`."""
    for match in _CONTROL.finditer(text, start, end):
        dropped.append(match[0])
        if start < match.start():
            yield start, match.start()
        start = match.end()
    yield start, end


def _receipts(text: str, spans: Sequence[tuple[int, int]], reasons: Sequence[str | None]) -> Iterator[RemovedBlock]:
    """One receipt for each run of lines removed for one reason, line breaks inside it included."""
    for reason, run in groupby(zip(spans, reasons, strict=True), key=lambda pair: pair[1]):
        if reason is None:
            continue
        covered = [span for span, _ in run]
        block = text[covered[0][0] : covered[-1][1]]
        yield RemovedBlock(reason=reason, text_hash=sha256(block), chars=len(block))


def _control_receipt(dropped: Sequence[str]) -> Iterator[RemovedBlock]:
    """One receipt for all control characters inside kept lines."""
    characters = "".join(dropped)
    if characters:
        yield RemovedBlock(reason=CONTROL_REASON, text_hash=sha256(characters), chars=len(characters))
