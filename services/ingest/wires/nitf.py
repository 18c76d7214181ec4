"""NITF (News Industry Text Format): a document, or one within NewsML-G2. Pure."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from services.ingest.wires.rows import WireFields, squeezed
from services.ingest.wires.status import article_status
from services.ingest.wires.xml import local_name

_PARAGRAPHS = frozenset({"p", "hl2", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "q"})
_PASSED_OVER = frozenset({"media", "script", "style", "figure", "table", "note", "head"})
_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?")


def nitf_fields(root: Element) -> WireFields:
    """What a document says.

    Raises:
        NotForPublication: it is withheld.
    """
    note = _attribute(root, "ed-msg", "info")
    release = stamp(_attribute(root, "date.release", "norm"))
    held = (_attribute(root, "docdata", "management-status") or "usable").lower()
    return WireFields(
        guid=_attribute(root, "doc-id", "id-string"),
        version=_attribute(root, "du-key", "version"),
        # An embargo ends by itself; its time says when.
        status=article_status(
            "usable" if held == "embargoed" and release else held, is_correction=_is_correction(root)
        ),
        headline=_text(root, "hl1") or _text(root, "title"),
        paragraphs=list(paragraphs(_first(root, "body.content") or root)),
        byline=_by_line(root),
        dateline=_text(root, "dateline"),
        slug=_attribute(root, "du-key", "key") or _attribute(root, "fixture", "fix-id"),
        urgency=_attribute(root, "urgency", "ed-urg"),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        provider=_text(root, "distributor") or _attribute(root, "doc.copyright", "holder"),
        credit=_text(root, "distributor"),
        created=stamp(_attribute(root, "date.issue", "norm")),
        embargoed=release,
        note=note,
    )


def paragraphs(element: Element) -> Iterator[str]:
    """Paragraphs of NITF or XHTML below an element; where nothing marks any, its lines."""
    marked = list(_marked(element))
    if marked:
        yield from marked
        return
    for line in "".join(element.itertext()).splitlines():
        if squeezed(line):
            yield squeezed(line)


def stamp(text: str | None) -> str | None:
    """A time of NITF (`20310304T120000Z`) or ISO 8601 in one form; None for anything else."""
    match = _STAMP.fullmatch((text or "").strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
    return f"{year}-{month}-{day}{clock}"


def _marked(element: Element) -> Iterator[str]:
    """In the order of the document, each once: a paragraph within another is part of it."""
    for child in element:
        name = local_name(child)
        if name in _PASSED_OVER:
            continue
        if name in _PARAGRAPHS:
            text = squeezed("".join(child.itertext()))
            if text:
                yield text
        else:
            yield from _marked(child)


def _by_line(root: Element) -> str | None:
    line = _first(root, "byline")
    if line is None:
        return None
    person = _first(line, "person")
    return squeezed("".join((line if person is None else person).itertext()))


def _is_correction(root: Element) -> bool:
    kinds = (_attribute(root, "correction", "info"), _attribute(root, "docdata", "management-doc-idref"))
    return bool(kinds[0]) or any(local_name(element) == "correction" for element in root.iter())


def _first(root: Element, name: str) -> Element | None:
    return next((element for element in root.iter() if local_name(element) == name), None)


def _attribute(root: Element, name: str, attribute: str) -> str | None:
    element = _first(root, name)
    return element.get(attribute) if element is not None else None


def _text(root: Element, name: str) -> str | None:
    element = _first(root, name)
    return squeezed("".join(element.itertext())) if element is not None else None
