"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/). Pure. No kept library reads it right."""

from datetime import datetime
from typing import Any

import orjson

from services.ingest.feeds.feed import Feed, FeedKind, Item, NotAFeed, Problem
from services.ingest.feeds.item_times import TimeReader
from services.ingest.feeds.links import link_of
from services.ingest.feeds.words import summary_line, title_line
from services.ingest.text.lenient_json import read_lenient_json

_MAX_DEPTH_ERRORS = (RecursionError, ValueError)


def read_json_feed(text: str, url: str | None, at: datetime, max_items: int) -> Feed:
    """Read it; arguments as `read_feed`.

    Raises:
        NotAFeed: it is other JSON, or none.
    """
    data, is_mended = _load(text)
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise NotAFeed("is JSON, but no JSON Feed")
    base = link_of(data.get("feed_url")) or url or link_of(data.get("home_page_url"))
    times, problems = TimeReader(at), set[Problem]()
    if is_mended:
        problems.add(Problem.NOT_WELL_FORMED)
    rows = [row for row in data["items"] if isinstance(row, dict)]
    if len(rows) > max_items:
        problems.add(Problem.TOO_MANY_ITEMS)
    shared = _authors(data)
    items = tuple(_item(row, base, times, shared) for row in rows[:max_items])
    hubs = [hub for hub in _list(data.get("hubs")) if isinstance(hub, dict) and hub.get("type") == "WebSub"]
    return Feed(
        kind=FeedKind.JSON_FEED,
        title=title_line(_text(data.get("title"))),
        items=items,
        problems=tuple(sorted(problems | times.problems)),
        language=_text(data.get("language")),
        hub_url=next((link_of(hub.get("url")) for hub in hubs), None),
        self_url=link_of(data.get("feed_url")),
        next_url=link_of(data.get("next_url"), base),
    )


def _load(text: str) -> tuple[Any, bool]:
    """The value, and whether it had to be mended: some write line breaks as they are, or cut characters in half."""
    try:
        return orjson.loads(text), False
    except orjson.JSONDecodeError:
        pass
    try:
        return read_lenient_json(text), True
    except _MAX_DEPTH_ERRORS as error:
        raise NotAFeed("begins like JSON, but is not valid JSON") from error


def _item(row: dict[str, Any], base: str | None, times: TimeReader, shared: tuple[str, ...]) -> Item:
    guid = _text(row.get("id"))
    html, plain = _text(row.get("content_html")), _text(row.get("content_text"))
    published = times.read(_text(row.get("date_published")))
    updated = times.read(_text(row.get("date_modified")))
    return Item(
        title=title_line(_text(row.get("title"))),
        url=link_of(row.get("url"), base) or link_of(guid) or link_of(row.get("external_url"), base),
        guid=guid,
        published_at=published or updated,
        updated_at=updated,
        summary=summary_line(_text(row.get("summary"))),
        content_html=html or (_as_html(plain) if plain else None),
        authors=_authors(row) or shared,
        categories=tuple(tag for tag in map(_text, _list(row.get("tags"))) if tag),
    )


def _authors(row: dict[str, Any]) -> tuple[str, ...]:
    """`authors` of 1.1, else `author` of 1.0; each an object, though some write a name."""
    given = row.get("authors") or row.get("author")
    people = given if isinstance(given, list) else [given]
    names = (title_line(_text(person.get("name") if isinstance(person, dict) else person)) for person in people)
    return tuple(dict.fromkeys(name for name in names if name))


def _as_html(plain: str) -> str:
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"<p>{paragraph}</p>" for paragraph in escaped.split("\n\n"))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    """A string, or a number as one; None for anything else and for the empty string."""
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
