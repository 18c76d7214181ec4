"""Lists of feeds as feed readers export them: OPML (http://opml.org/spec2.opml). Pure."""

from dataclasses import dataclass

from lxml import etree

from services.ingest.feeds.decoding import decode
from services.ingest.feeds.links import link_of
from services.ingest.feeds.words import title_line

MAX_FEEDS = 100_000


@dataclass(frozen=True)
class Outline:
    """One feed of a list."""

    url: str
    title: str | None
    language: str | None = None


class NotOpml(Exception):  # noqa: N818 - a fact about the file
    """No OPML. The text says what is wrong."""


def read_opml(content: bytes) -> list[Outline]:
    """The feeds of an OPML file, each address once, in its order.

    Raises:
        NotOpml: it is not an OPML document.
    """
    text, _ = decode(content)
    if "<!ENTITY" in text.upper():
        raise NotOpml("declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    # The declaration names an encoding that the text is not in any more.
    body = text.lstrip("\ufeff \t\r\n")
    body = body[body.index("?>") + 2 :] if body.startswith("<?xml") and "?>" in body else body
    root = etree.fromstring(body.encode(), parser) if body.strip() else None
    if root is None or str(root.tag).lower() != "opml":
        raise NotOpml("is no OPML")
    outlines: dict[str, Outline] = {}
    for element in root.iter():
        if str(element.tag).lower() != "outline" or len(outlines) >= MAX_FEEDS:
            continue
        attributes = {name.lower(): value for name, value in element.attrib.items()}
        url = link_of(attributes.get("xmlurl"))
        if url is not None:
            title = title_line(attributes.get("title")) or title_line(attributes.get("text"))
            outlines.setdefault(url, Outline(url, title))
    return list(outlines.values())
