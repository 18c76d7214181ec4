"""A file of a wire in XML to rows. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.ingest.wires.newsml_g2 import ROOTS, item_fields, news_items
from services.ingest.wires.nitf import nitf_fields
from services.ingest.wires.rows import row_of
from services.ingest.wires.status import NotForPublication
from services.ingest.wires.xml import BadXml, local_name, parse_xml


class OtherXml(BadXml):
    """XML that is no item of a wire: a feed, a sitemap, a setting."""


@dataclass(frozen=True)
class WireRow:
    """An item as a row, or why it is left out."""

    number: int
    """Of the item in its file, from 1."""
    row: dict[str, Any] | None
    reason: str | None = None


def read_wire(content: bytes) -> Iterator[WireRow]:
    """The items of a document in NewsML-G2 or NITF, in their order.

    Raises:
        BadXml: it cannot be read, or is another kind of document.
    """
    root = parse_xml(content)
    name = local_name(root)
    if name != "nitf" and name not in ROOTS:
        raise OtherXml(f"neither NewsML-G2 nor NITF: its root is {name!r}")
    items = [root] if name == "nitf" else list(news_items(root))
    read = nitf_fields if name == "nitf" else item_fields
    if not items:
        yield WireRow(1, None, "it lists items and has no text of its own")
    for number, item in enumerate(items, start=1):
        try:
            yield WireRow(number, row_of(read(item)))
        except NotForPublication as error:
            yield WireRow(number, None, str(error))
