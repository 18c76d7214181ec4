"""Adapter of defusedxml: trees of XML without entities, with nothing fetched, of bounded size and depth."""

import re
from html.entities import name2codepoint
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

MAX_BYTES = 16 * 1024 * 1024
MAX_ELEMENTS = 200_000
MAX_DEPTH = 100
_OWN_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ENTITY = re.compile(rb"&([A-Za-z]\w{1,31});")


class BadXml(Exception):  # noqa: N818 - a fact about the document
    """XML that is not well-formed, or that we refuse to read. The text says why."""


class _BoundedBuilder(TreeBuilder):
    """Stops at the element that is one too many."""

    def __init__(self) -> None:
        super().__init__()
        self._elements = 0
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._elements += 1
        self._depth += 1
        if self._elements > MAX_ELEMENTS:
            raise BadXml(f"it has more than {MAX_ELEMENTS:,} elements")
        if self._depth > MAX_DEPTH:
            raise BadXml(f"it has elements more than {MAX_DEPTH} deep")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse_xml(content: bytes) -> Element:
    """The root of a document. A DOCTYPE may name a DTD, which is not fetched; entities of HTML are read, no others.

    Raises:
        BadXml: not well-formed, too large, or it declares entities.
    """
    if len(content) > MAX_BYTES:
        raise BadXml(f"it has {len(content):,} bytes; the limit is {MAX_BYTES:,}")
    parser = XMLParser(target=_BoundedBuilder(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(_ENTITY.sub(_as_number, content.lstrip()))
        root = parser.close()
    except DefusedXmlException as error:
        raise BadXml("it declares entities, which are not read") from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadXml(f"not well-formed XML ({error})") from error
    if not isinstance(root, Element):
        raise BadXml("not well-formed XML (no element)")
    return root


def local_name(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _as_number(match: re.Match[bytes]) -> bytes:
    name = match[1].decode("ascii")
    point = None if name in _OWN_ENTITIES else name2codepoint.get(name)
    return match[0] if point is None else f"&#{point};".encode("ascii")
