"""ninjs 1 to 3 (IPTC's News in JSON): one item to one row. Pure.

Names of fields differ in case only between the versions (`pubstatus`, `pubStatus`), but for headlines and bodies, which
became lists: all are read alike.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from services.ingest.wires.markup import html_paragraphs, text_paragraphs
from services.ingest.wires.rows import WireFields, row_of
from services.ingest.wires.status import NotForPublication, article_status

_BODIES = frozenset({"bodies", "bodytext", "bodyxhtml", "bodyhtml"})
_MARKS = frozenset({"pubstatus", "versioncreated", "headlines", "standard", "firstcreated", "slugline", *_BODIES})
_TEXT_TYPES = frozenset({"text", "composite", ""})


def is_ninjs(data: object) -> bool:
    """Whether a decoded JSON value looks like an item of ninjs, and not like a row of our own."""
    if not isinstance(data, Mapping) or "uri" not in data or "text" in data or "html" in data:
        return False
    return any(_name(key) in _MARKS for key in data)


def row_of_ninjs(data: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an item.

    Raises:
        NotForPublication: it is withheld, no text, or of a kind that has none.
    """
    item = {_name(key): value for key, value in data.items()}
    kind = _text(item.get("type"))
    if kind not in _TEXT_TYPES:
        raise NotForPublication(f"it is of type {kind!r}, not text")
    note = _text(item.get("ednote"))
    return row_of(
        WireFields(
            guid=_text(item.get("uri")),
            version=item.get("version"),
            status=article_status(_text(item.get("pubstatus")) or None, is_correction=_is_correction(item, note)),
            headline=_text(item.get("headline")) or _valued(item.get("headlines"), "main") or _text(item.get("title")),
            paragraphs=_body(item),
            byline=_text(item.get("byline")) or _text(item.get("by")),
            dateline=_text(item.get("dateline")),
            slug=_text(item.get("slugline")) or _text(item.get("slug")),
            urgency=item.get("urgency"),
            language=_text(item.get("language")) or None,
            provider=_provider(item),
            credit=_text(item.get("creditline")) or _text(item.get("credit")),
            created=_text(item.get("firstcreated")) or _text(item.get("versioncreated")) or None,
            embargoed=_text(item.get("embargoed")) or None,
            note=note,
        )
    )


def _name(key: object) -> str:
    return str(key).replace("_", "").lower()


def _text(value: object) -> str:
    """A string, or the name of an object that has one."""
    if isinstance(value, Mapping):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else ""


def _body(item: Mapping[str, Any]) -> list[str]:
    """The first body that holds text, plain text before markup."""
    candidates = list(_bodies(item))
    for is_plain in (True, False):
        for content, kind in candidates:
            if ("html" not in kind) is is_plain:
                paragraphs = text_paragraphs(content) if is_plain else html_paragraphs(content)
                if paragraphs:
                    return paragraphs
    return []


def _bodies(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each body with its content type."""
    for name, kind in (("bodytext", "text/plain"), ("bodyxhtml", "text/html"), ("bodyhtml", "text/html")):
        if _text(item.get(name)):
            yield item[name], kind
    for body in _objects(item.get("bodies")):
        content, kind = _text(body.get("value")), _text(body.get("contenttype")).lower()
        if content:
            yield content, kind or ("text/html" if "<p" in content else "text/plain")


def _valued(values: object, role: str) -> str:
    """The value of the entry with this role, else of the first."""
    entries = [entry for entry in _objects(values) if _text(entry.get("value"))]
    chosen = next((entry for entry in entries if role in _text(entry.get("role")).lower()), None)
    return _text((chosen or entries[0]).get("value")) if entries else ""


def _provider(item: Mapping[str, Any]) -> str:
    for name in ("provider", "source", "copyrightholder"):
        if _text(item.get(name)):
            return _text(item[name])
    sources = list(_objects(item.get("infosources")))
    return _text(sources[0].get("name")) if sources else ""


def _objects(values: object) -> Iterator[dict[str, Any]]:
    for value in values if isinstance(values, list) else ():
        if isinstance(value, Mapping):
            yield {_name(key): entry for key, entry in value.items()}


def _is_correction(item: Mapping[str, Any], note: str) -> bool:
    signals = [_text(entry.get("name")) or _text(entry.get("code")) for entry in _objects(item.get("signals"))]
    return any("correct" in signal.lower() for signal in (*signals, note.partition(":")[0]))
