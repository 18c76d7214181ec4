"""JSON documents that are read again and again, and parsed anew only where they changed."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

Document = TypeVar("Document")


class ParsedDocuments(Generic[Document]):
    """Keeps what the last reading parsed: the deliverer reads all twice a second, and they hardly ever change."""

    def __init__(self, parse: Callable[[bytes], Document]) -> None:
        self._parse = parse
        self._last_read: dict[bytes, Document] = {}

    def in_order(self, documents: Mapping[bytes, bytes]) -> list[Document]:
        """The documents, in order of their names."""
        read: dict[bytes, Document] = {}
        for document in documents.values():
            known = self._last_read.get(document)
            read[document] = self._parse(document) if known is None else known
        self._last_read = read
        return [read[documents[name]] for name in sorted(documents)]
