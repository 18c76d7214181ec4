"""Atom. Pure.

Source: RFC 4287 (The Atom Syndication Format); RFC 6721 (The Atom "deleted-entry" Element).
"""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from services.api.summaries import event_page
from services.api.syndication.entries import entry_id, writable
from services.api.syndication.feed import Feed, FeedItem
from services.api.syndication.tombstones import Tombstone

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
GENERATOR = "Newsweave"


def write_atom(feed: Feed) -> bytes:
    """The feed as Atom, in UTF-8."""
    ET.register_namespace("", _ATOM)
    ET.register_namespace("at", _TOMBSTONES)
    root = ET.Element(_atom("feed"))
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", rfc3339(feed.updated))
    _text(root, "generator", GENERATOR)
    _text(ET.SubElement(root, _atom("author")), "name", GENERATOR)
    _link(root, "self", feed.base + feed.self_path, MEDIA_TYPE)
    _link(root, "alternate", feed.base + feed.home_path, "text/html")
    for tombstone in feed.tombstones:
        _deleted(root, feed.base, tombstone)
    for item in feed.items:
        _entry(root, feed.base, item)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def rfc3339(moment: datetime) -> str:
    """A time as Atom and JSON Feed write it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _entry(root: ET.Element, base: str, item: FeedItem) -> None:
    entry = item.entry
    element = ET.SubElement(root, _atom("entry"))
    if entry.language:
        element.set(_XML_LANGUAGE, entry.language)
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "updated", rfc3339(entry.updated))
    if entry.published is not None:
        _text(element, "published", rfc3339(entry.published))
    _link(element, "alternate", base + entry.page, "text/html")
    _link(element, "related", base + entry.url, "application/json")
    for category in entry.categories:
        ET.SubElement(element, _atom("category"), term=category)
    _text(element, "summary", entry.summary)
    _text(element, "content", item.html).set("type", "html")


def _deleted(root: ET.Element, base: str, tombstone: Tombstone) -> None:
    element = ET.SubElement(
        root, f"{{{_TOMBSTONES}}}deleted-entry", ref=entry_id(tombstone.event_id), when=rfc3339(tombstone.at)
    )
    comment = ET.SubElement(element, f"{{{_TOMBSTONES}}}comment")
    comment.text = writable(f"Merged into {tombstone.merged_into}.")
    _link(element, "related", base + event_page(tombstone.merged_into), "text/html")


def _atom(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, _atom(name))
    element.text = writable(text)
    return element


def _link(parent: ET.Element, relation: str, address: str, media_type: str) -> None:
    ET.SubElement(parent, _atom("link"), rel=relation, href=writable(address), type=media_type)
