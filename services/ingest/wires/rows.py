"""The row of an item of a wire, whatever it came as. Pure."""

from dataclasses import dataclass, field
from typing import Any

from services.contracts.article import MAX_VERSION, ArticleStatus
from services.ingest.wires.status import NotForPublication

_URGENCIES = range(1, 10)


@dataclass
class WireFields:
    """What a reader of one form found. Texts as they stand there; times as written."""

    guid: str | None = None
    version: str | int | None = None
    status: ArticleStatus = ArticleStatus.USABLE
    headline: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    byline: str | None = None
    dateline: str | None = None
    slug: str | None = None
    urgency: str | int | None = None
    language: str | None = None
    provider: str | None = None
    credit: str | None = None
    created: str | None = None
    embargoed: str | None = None
    note: str | None = None


def row_of(fields: WireFields) -> dict[str, Any]:
    """The row as it can be posted.

    Raises:
        NotForPublication: it has no text.
    """
    paragraphs = _with_dateline([paragraph for paragraph in fields.paragraphs if paragraph], fields.dateline)
    if not paragraphs and fields.status is ArticleStatus.WITHDRAWN:
        # Whoever takes an item back often sends nothing but a note.
        paragraphs = [text for text in (fields.note, fields.headline) if text][:1]
    if not paragraphs:
        raise NotForPublication("it has no text")
    guid = _clean(fields.guid)
    row = {
        "text": "\n\n".join(paragraphs),
        "title": _clean(fields.headline),
        "publisher": _clean(fields.provider) or _clean(fields.credit),
        "authors": _authors(fields.byline),
        "published_at": fields.created,
        "embargoed_until": fields.embargoed,
        "language": fields.language,
        "status": fields.status.value,
        "credit": _clean(fields.credit),
        "wire": {
            "guid": guid,
            "version": _whole(fields.version, range(1, MAX_VERSION + 1)),
            "urgency": _whole(fields.urgency, _URGENCIES),
            "slug": _clean(fields.slug),
            "dateline": _clean(fields.dateline),
        }
        if guid
        else None,
    }
    return {name: value for name, value in row.items() if value}


def squeezed(text: str | None) -> str:
    """Text on one line."""
    return " ".join((text or "").split())


def _clean(text: str | None) -> str | None:
    return squeezed(text) or None


def _with_dateline(paragraphs: list[str], dateline: str | None) -> list[str]:
    """The dateline opens the text, as it is printed, unless the text has it."""
    line = squeezed(dateline).rstrip(" -–—")
    if not line or not paragraphs or squeezed(paragraphs[0]).lower().startswith(line.lower()):
        return paragraphs
    return [f"{line} - {paragraphs[0]}", *paragraphs[1:]]


def _authors(byline: str | None) -> list[str]:
    line = squeezed(byline)
    if line[:3].lower() == "by ":
        line = line[3:]
    return [name for part in line.split(" and ") for name in (piece.strip() for piece in part.split(",")) if name]


def _whole(value: str | int | None, allowed: range) -> int | None:
    """A whole number, where it is an allowed one."""
    text = str(value if value is not None else "").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(allowed.stop)) + 1 else None
    return number if number in allowed else None
