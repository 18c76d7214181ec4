"""Ranges of a text that are not the article's own: what ingest could not tell from it, line by line."""

from services.extract.text.document import Document
from services.language.ranges import Range


def find_boilerplate(document: Document) -> list[Range]:
    """Ranges in text order that no sentence and no quotation is read from."""
    del document
    return []
