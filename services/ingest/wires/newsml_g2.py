"""NewsML-G2: news items, alone or in messages and packages. Pure."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from services.ingest.wires.markup import html_paragraphs, text_paragraphs
from services.ingest.wires.nitf import nitf_fields, paragraphs, stamp
from services.ingest.wires.rows import WireFields, squeezed
from services.ingest.wires.status import NotForPublication, article_status
from services.ingest.wires.xml import local_name

ROOTS = frozenset({"newsMessage", "newsItem", "packageItem", "itemSet", "newsML-G2"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TEXT_CLASSES = frozenset({"", "text", "composite"})


def news_items(root: Element) -> Iterator[Element]:
    """The items of text, pictures and sound in a document, in their order. A package's parts stand beside it."""
    return (element for element in root.iter() if local_name(element) == "newsItem")


def item_fields(item: Element) -> WireFields:
    """What a news item says.

    Raises:
        NotForPublication: it is withheld, or no text.
    """
    management, content = _child(item, "itemMeta"), _child(item, "contentMeta")
    kind = _code(_child(management, "itemClass"))
    if kind not in _TEXT_CLASSES:
        raise NotForPublication(f"it is of class {kind!r}, not text")
    body, within = _body(item)
    note = _text(_child(management, "edNote"))
    is_correction = any("correct" in _code(signal) for signal in _children(management, "signal"))
    created = _text(_child(management, "firstCreated")) or _text(_child(content, "contentCreated"))
    provider = _child(management, "provider")
    return WireFields(
        guid=item.get("guid"),
        version=item.get("version"),
        status=article_status(_code(_child(management, "pubStatus")) or None, is_correction=is_correction),
        headline=_text(_child(content, "headline")) or within.headline or _text(_child(management, "title")),
        paragraphs=body,
        byline=_text(_child(content, "by")) or within.byline or _name(_child(content, "creator")),
        dateline=_text(_child(content, "dateline")) or within.dateline,
        slug=_text(_child(content, "slugline")) or within.slug,
        urgency=_text(_child(content, "urgency")) or within.urgency,
        language=_tag(_child(content, "language")) or item.get(_LANG),
        provider=_name(provider) or _name(_child(_child(item, "rightsInfo"), "copyrightHolder")),
        credit=_text(_child(content, "creditline")),
        created=stamp(created or _text(_child(management, "versionCreated"))),
        embargoed=stamp(_text(_child(management, "embargoed"))) or within.embargoed,
        note=note,
    )


def _body(item: Element) -> tuple[list[str], WireFields]:
    """The text of the first form of the content that has any, and what that form says beside it."""
    for holder in _child_elements(_child(item, "contentSet")):
        if local_name(holder) == "inlineXML":
            nitf = next((child for child in holder if local_name(child) == "nitf"), None)
            fields = nitf_fields(nitf) if nitf is not None else WireFields(paragraphs=list(paragraphs(holder)))
        elif local_name(holder) == "inlineData":
            kind, text = (holder.get("contenttype") or "").lower(), "".join(holder.itertext())
            fields = WireFields(paragraphs=html_paragraphs(text) if "html" in kind else text_paragraphs(text))
        else:
            continue
        if fields.paragraphs:
            return fields.paragraphs, fields
    return [], WireFields()


def _children(parent: Element | None, name: str) -> Iterator[Element]:
    return (child for child in _child_elements(parent) if local_name(child) == name)


def _child(parent: Element | None, name: str) -> Element | None:
    return next(_children(parent, name), None)


def _child_elements(parent: Element | None) -> Iterator[Element]:
    yield from parent if parent is not None else ()


def _code(element: Element | None) -> str:
    """`stat:usable` is `usable`."""
    return (element.get("qcode") or element.get("uri") or "").rpartition(":")[2].lower() if element is not None else ""


def _tag(element: Element | None) -> str | None:
    return element.get("tag") if element is not None else None


def _name(element: Element | None) -> str:
    """The name of a party: its `name`, its literal, or its own text."""
    if element is None:
        return ""
    return _text(_child(element, "name")) or element.get("literal") or _text(element)


def _text(element: Element | None) -> str:
    return squeezed("".join(element.itertext())) if element is not None else ""
