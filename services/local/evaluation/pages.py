"""How well pages are read: text, title, time and authors of each against what people say is right."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

SHINGLE_TOKENS = 4
MINUTE = timedelta(minutes=1)
_WORD = re.compile(r"\w+")
_SOFT_HYPHEN = "\u00ad"
_DAY_CHARACTERS = len("2031-03-03")


@dataclass(frozen=True)
class LabelledPage:
    """A page with what is to be read from it. What is None or empty is not known, and does not count."""

    id: str
    site: str
    html: str
    url: str | None
    fetched_at: datetime | None
    text: str | None
    title: str | None
    published: datetime | date | None
    authors: tuple[str, ...]
    pieces: tuple[str, ...]
    """Stretches that the text must hold."""
    foreign_pieces: tuple[str, ...]
    """Stretches that it must not hold."""


@dataclass(frozen=True)
class ReadPage:
    """What was read from a page. A refused one has no text."""

    text: str = ""
    title: str | None = None
    published: datetime | date | None = None
    """A time is known to the minute at least; its offset is the publisher's, if there is one. A date: the day only."""
    authors: tuple[str, ...] = ()


def labelled_page(row: Mapping[str, Any]) -> LabelledPage:
    """A page from a row {id, site, html, url, text, title, published, authors, with, without, fetched_at}.

    Raises:
        KeyError, TypeError, ValueError: `html` is missing, or a field is of another kind.
    """
    fetched_at = moment(row.get("fetched_at"))
    return LabelledPage(
        id=str(row.get("id", "")),
        site=str(row.get("site") or row.get("url") or row.get("id") or ""),
        html=str(row["html"]),
        url=row.get("url") or None,
        fetched_at=fetched_at if isinstance(fetched_at, datetime) else None,
        text=row.get("text") or None,
        title=row.get("title") or None,
        published=moment(row.get("published")),
        authors=tuple(map(str, row.get("authors") or ())),
        pieces=tuple(map(str, row.get("with") or ())),
        foreign_pieces=tuple(map(str, row.get("without") or ())),
    )


def moment(value: str | None) -> datetime | date | None:
    """A time (without an offset: UTC) or a day, from ISO 8601."""
    if not value:
        return None
    if len(value) <= _DAY_CHARACTERS:
        return date.fromisoformat(value)
    at = datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@dataclass
class _Share:
    right: int = 0
    all: int = 0

    def add(self, *, right: bool) -> None:
        self.right += right
        self.all += 1

    @property
    def value(self) -> float:
        return self.right / self.all if self.all else 0.0

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.right:,} of {self.all:,})"


@dataclass
class PageScores:
    """Counts over pages; `add` each, then read `as_dict`."""

    pages: int = 0
    refused: list[str] = field(default_factory=list)
    """Ids of the pages in which nothing was found."""
    precisions: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    with_boilerplate: _Share = field(default_factory=_Share)
    boilerplate_characters: int = 0
    characters: int = 0
    pieces: _Share = field(default_factory=_Share)
    foreign_pieces: _Share = field(default_factory=_Share)
    """Right: not in the text."""
    title: _Share = field(default_factory=_Share)
    day: _Share = field(default_factory=_Share)
    minute: _Share = field(default_factory=_Share)
    authors: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, page: LabelledPage, read: ReadPage, seconds: float) -> list[str]:
        """Count a page that took so long; what is wrong with it, in words for people."""
        self.pages += 1
        self.seconds += seconds
        faults = []
        if not read.text:
            self.refused.append(page.id)
            faults.append("refused")
        faults += self._add_text(page, read)
        faults += self._add_fields(page, read)
        return faults

    def _add_text(self, page: LabelledPage, read: ReadPage) -> Iterator[str]:
        text = " ".join(words(read.text))
        for shares, stretches, wanted in (
            (self.pieces, page.pieces, True),
            (self.foreign_pieces, page.foreign_pieces, False),
        ):
            for stretch in stretches:
                right = (" ".join(words(stretch)) in text) is wanted
                shares.add(right=right)
                if not right:
                    yield f"{'lost' if wanted else 'foreign'}: {stretch}"
        if page.text is None:
            return
        precision, recall = overlap(read.text, page.text)
        self.precisions.append(precision)
        self.recalls.append(recall)
        yield f"precision {precision:.3f}, recall {recall:.3f}"
        if not read.text:
            return
        lines = list(foreign_lines(read.text, page.text, page.title))
        self.with_boilerplate.add(right=bool(lines))
        self.boilerplate_characters += sum(map(len, lines))
        self.characters += len(read.text)
        yield from (f"boilerplate: {line}" for line in lines)
        yield from (f"missing: {line}" for line in foreign_lines(page.text, read.text, None))

    def _add_fields(self, page: LabelledPage, read: ReadPage) -> Iterator[str]:
        if page.title is not None:
            right = words(page.title) == words(read.title or "")
            self.title.add(right=right)
            if not right:
                yield f"title: {read.title!r}, not {page.title!r}"
        if page.published is not None:
            right = bool(_days(page.published) & _days(read.published))
            self.day.add(right=right)
            if not right:
                yield f"day: {read.published}, not {page.published}"
        if isinstance(page.published, datetime):
            right = isinstance(read.published, datetime) and abs(read.published - page.published) < MINUTE
            self.minute.add(right=right)
            if not right:
                yield f"minute: {read.published}, not {page.published}"
        if page.authors:
            share = names_f1(read.authors, page.authors)
            self.authors.append(share)
            if share < 1:
                yield f"authors: {list(read.authors)}, not {list(page.authors)}"

    def as_dict(self) -> dict[str, Any]:
        """All figures. F1 is that of the mean precision and the mean recall."""
        precision, recall = _mean(self.precisions), _mean(self.recalls)
        return {
            "pages": self.pages,
            "with_text": len(self.precisions),
            "f1": harmonic(precision, recall),
            "precision": precision,
            "recall": recall,
            "pages_with_boilerplate": self.with_boilerplate.value,
            "boilerplate_characters": self.boilerplate_characters / self.characters if self.characters else 0.0,
            "pieces_kept": str(self.pieces),
            "foreign_pieces_left_out": str(self.foreign_pieces),
            "title": str(self.title),
            "day": str(self.day),
            "minute": str(self.minute),
            "authors": _mean(self.authors),
            "refused": self.refused,
            "milliseconds": 1000 * self.seconds / self.pages if self.pages else 0.0,
        }


def words(text: str) -> list[str]:
    """Words and numbers in lower case, without what stands between them."""
    return _WORD.findall(text.casefold().replace(_SOFT_HYPHEN, ""))


def overlap(found: str, gold: str) -> tuple[float, float]:
    """Precision and recall of the shingles of four words of a text, each counted as often as it occurs."""
    one, other = Counter(_shingles(words(found))), Counter(_shingles(words(gold)))
    common = (one & other).total()
    return (common / one.total() if one else 0.0), (common / other.total() if other else 0.0)


def foreign_lines(text: str, other: str, title: str | None) -> Iterator[str]:
    """The lines of a text most of whose shingles are not in the other text; those that repeat the title left out."""
    known = words(other)
    shingles = {size: set(_shingles(known, size)) for size in range(1, SHINGLE_TOKENS + 1)}
    heading = words(title or "")
    for line in text.splitlines():
        own = words(line)
        if not own or own == heading:
            continue
        size = min(len(own), SHINGLE_TOKENS)
        parts = list(_shingles(own, size))
        if sum(part in shingles[size] for part in parts) * 2 < len(parts):
            yield line


def names_f1(found: Sequence[str], gold: Sequence[str]) -> float:
    """F1 of two sets of names."""
    one, other = ({" ".join(words(name)) for name in names} for names in (found, gold))
    common = len(one & other)
    return 2 * common / (len(one) + len(other)) if common else 0.0


def harmonic(precision: float, recall: float) -> float:
    """F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _shingles(tokens: Sequence[str], size: int = SHINGLE_TOKENS) -> Iterator[tuple[str, ...]]:
    """Runs of so many words; the whole text where it has fewer."""
    if tokens:
        yield from (tuple(tokens[at : at + size]) for at in range(max(1, len(tokens) - size + 1)))


def _days(published: datetime | date | None) -> set[date]:
    """The day by the publisher's clock, and by UTC's."""
    if isinstance(published, datetime):
        return {published.date(), published.astimezone(UTC).date()}
    return {published} if published else set()


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
