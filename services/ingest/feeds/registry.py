"""The feeds that an operator lists in feeds.yaml. Pure."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Self

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from services.ingest.feeds.links import link_of
from services.ingest.submission import MAX_LINE_CHARS
from services.runtime.validation import field_path, plain_message

MAX_ERRORS = 20
"""Named at a time."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FeedContent(StrEnum):
    """What of an item's text a feed carries."""

    EXCERPT = "excerpt"
    """A part, or nothing: the item's page is fetched."""
    FULL_TEXT = "full_text"
    """All of it: nothing more is fetched."""


def _address(value: str) -> str:
    link = link_of(value)
    if link is None:
        raise ValueError("give a web address such as https://news.example/rss.xml, without user name and password")
    return link


def _language(value: object) -> object:
    # YAML reads the code of Norwegian, no, as false.
    return "no" if value is False else value


Name = Annotated[str, Field(min_length=1, max_length=MAX_LINE_CHARS)]


class FeedEntry(BaseModel):
    """One feed of the list."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    url: Annotated[str, AfterValidator(_address)]
    """Address of the feed or sitemap."""
    publisher: Name | None = None
    """Name of the outlet. Default: its domain alone."""
    domain: Name | None = None
    """Registered domain of the outlet. Default: that of each item's address."""
    family: Name | None = None
    """The owner that several outlets share."""
    language: Annotated[Annotated[str, Field(pattern="^[a-z]{2}$")] | None, BeforeValidator(_language)] = None
    """ISO 639-1 code of its articles. Default: found from each text."""
    content: FeedContent = FeedContent.EXCERPT
    """Whether items carry their text in full."""
    min_interval_minutes: Annotated[float, Field(gt=0, le=10_080)] = 2.0
    """Shortest pause between two polls."""
    max_interval_minutes: Annotated[float, Field(gt=0, le=10_080)] = 60.0
    """Longest pause between two polls, failures aside."""
    newest_days: Annotated[float, Field(gt=0)] | None = None
    """Items that are older when they are first seen are left out, which is counted. Default: all are taken."""
    paused: bool = False
    """Not polled for now."""

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.min_interval_minutes > self.max_interval_minutes:
            raise ValueError("min_interval_minutes is more than max_interval_minutes")
        return self

    @property
    def id(self) -> str:
        """Stable name of the feed in the store."""
        return feed_id(self.url)


class BadFeeds(Exception):  # noqa: N818 - a fact about the file
    """A list of feeds that cannot be used. The text names every fault with its line and feed."""


@dataclass(frozen=True)
class PlacedEntry:
    """A feed and the lines of the file that it stands on: from `first` up to, not including, `after`, from 0."""

    entry: FeedEntry
    first: int
    after: int


def feed_id(url: str) -> str:
    """16 hex digits of SHA-256 of the address."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def read_feeds(text: str, name: str) -> list[PlacedEntry]:
    """The feeds of a file.

    Args:
        text: YAML: a mapping with a list, `feeds`.
        name: of the file, for errors.

    Raises:
        BadFeeds: it is no YAML, no such list, or a feed is wrong or there twice.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadFeeds(f"{name}:{mark.line + 1 if mark else 1}: not YAML ({error.problem or error.context})") from error
    except yaml.YAMLError as error:
        raise BadFeeds(f"{name}: not YAML ({error})") from error
    placed: list[PlacedEntry] = []
    errors: list[str] = []
    lines: dict[str, int] = {}
    for node in _feed_nodes(root, name):
        line = node.start_mark.line
        entry = _entry(node, f"{name}:{line + 1}", errors)
        if entry is None:
            continue
        if entry.url in lines:
            errors.append(f"{name}:{line + 1}: {entry.url}: is on line {lines[entry.url]} already")
        lines[entry.url] = line + 1
        placed.append(PlacedEntry(entry, line, node.end_mark.line))
    if errors:
        more = [f"and {len(errors) - MAX_ERRORS} more"] if len(errors) > MAX_ERRORS else []
        raise BadFeeds("\n".join([*errors[:MAX_ERRORS], *more]))
    return placed


def _feed_nodes(root: yaml.Node | None, name: str) -> Sequence[yaml.Node]:
    """The nodes of the list."""
    if root is None:
        return []
    what_to_do = f"{name}: give a list under `feeds:`, such as\n  feeds:\n    - url: https://news.example/rss.xml"
    if not isinstance(root, yaml.MappingNode):
        raise BadFeeds(what_to_do)
    keys = {key.value: value for key, value in root.value}
    others = sorted(set(keys) - {"feeds"})
    if others:
        raise BadFeeds(f"{name}: `{others[0]}` is not known; feeds stand in a list under `feeds:`")
    listed = keys.get("feeds")
    if isinstance(listed, yaml.ScalarNode) and listed.value in {"", "null", "~"}:
        return []
    if not isinstance(listed, yaml.SequenceNode):
        raise BadFeeds(what_to_do)
    return list(listed.value)


def _entry(node: yaml.Node, place: str, errors: list[str]) -> FeedEntry | None:
    """The feed of one node, or None after noting what is wrong with it."""
    data = _plain(node)
    if isinstance(data, str):  # an address alone
        data = {"url": data}
    if not isinstance(data, dict):
        errors.append(f"{place}: a feed is an address, or a mapping with `url`")
        return None
    whose = f"{place}: {data.get('url', 'a feed without url')}"
    errors.extend(f"{whose}: {twice} is given twice" for twice in _twice(node))
    try:
        return FeedEntry.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False)
        errors.extend(f"{whose}: {_message(field_path(fault['loc']), plain_message(fault))}" for fault in faults)
        return None


def _message(field: str, message: str) -> str:
    if "Extra inputs" in message or "extra" in message.lower():
        return f"{field} is not known; known are {', '.join(FeedEntry.model_fields)}"
    return f"{field}: {message}" if field else message


def _plain(node: yaml.Node) -> Any:
    loader = _Loader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _twice(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        names = [str(key.value) for key, _ in node.value]
        yield from sorted({name for name in names if names.count(name) > 1})
