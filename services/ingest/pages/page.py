"""What is read from a page. It travels as JSON between the service and the worker that reads pages."""

from dataclasses import dataclass

from services.contracts.article import KindOfText, Rights
from services.ingest.timestamps import Timestamp


@dataclass(frozen=True)
class Page:
    """What a page says of itself, and the article in it."""

    text: str
    """Paragraphs one a line. Lines of boilerplate that cleaning takes away may stand in it."""
    title: str | None = None
    published: Timestamp | None = None
    """The first publication, never a change."""
    modified: Timestamp | None = None
    """The last change."""
    authors: tuple[str, ...] = ()
    url: str | None = None
    """Its canonical link."""
    site_name: str | None = None
    kind: KindOfText | None = None
    """What its structured data says of it, where that is no plain report."""
    correction: str | None = None
    """What it says was corrected."""
    rights: Rights | None = None
    """What it says may be done with it."""
