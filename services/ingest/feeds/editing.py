"""Changes to the text of a file of feeds that leave everything else in it as it is, comments too. Pure."""

import json

from services.ingest.feeds.registry import BadFeeds, FeedEntry, PlacedEntry, read_feeds

EMPTY = "feeds:\n"


def add_feed(text: str, entry: FeedEntry, name: str) -> str:
    """The text with one more feed at the end.

    Args:
        text: of the file; may be empty.
        entry: the feed.
        name: of the file, for errors.

    Raises:
        BadFeeds: the file is not valid, has the feed already, or is written so that nothing can be added.
    """
    placed = read_feeds(text, name)
    if any(feed.entry.url == entry.url for feed in placed):
        raise BadFeeds(f"{entry.url} is in {name} already")
    indent = _indent(text, placed)
    lines = (text if text.strip() else EMPTY).rstrip("\n").splitlines()
    if not any(line.startswith("feeds:") for line in lines):
        lines.append("feeds:")
    if not placed:  # `feeds: []`
        lines = [line if not line.startswith("feeds:") else "feeds:" for line in lines]
    end = placed[-1] if placed else None
    at = _after(lines, end) if end else next(n for n, line in enumerate(lines) if line.startswith("feeds:")) + 1
    return _checked([*lines[:at], *_lines(entry, indent), *lines[at:]], name, expected=len(placed) + 1)


def remove_feed(text: str, url: str, name: str) -> str:
    """The text without this feed. Raises BadFeeds as `add_feed`, and where the feed is not there."""
    placed = read_feeds(text, name)
    feed = _find(placed, url, name)
    lines = text.splitlines()
    return _checked([*lines[: feed.first], *lines[_after(lines, feed) :]], name, expected=len(placed) - 1)


def set_paused(text: str, url: str, name: str, *, paused: bool) -> str:
    """The text with this feed paused or not. Raises as `remove_feed`."""
    placed = read_feeds(text, name)
    feed = _find(placed, url, name)
    lines = text.splitlines()
    at, after = feed.first, _after(lines, feed)
    body = [line for line in lines[at:after] if not line.strip().removeprefix("- ").startswith("paused:")]
    if len(body) == 1 and ": " not in f"{body[0].partition(' #')[0]} ":  # an address alone
        body[0] = body[0].replace("- ", "- url: ", 1)
    if not body or not body[0].strip().startswith("- "):
        raise BadFeeds(f"{name}:{at + 1}: is written so that it cannot be changed here: change it by hand")
    indent = " " * (len(body[0]) - len(body[0].lstrip()) + 2)
    changed = [*body, f"{indent}paused: true"] if paused else body
    return _checked([*lines[:at], *changed, *lines[after:]], name, expected=len(placed))


def _find(placed: list[PlacedEntry], url: str, name: str) -> PlacedEntry:
    for feed in placed:
        if feed.entry.url == url:
            return feed
    raise BadFeeds(f"{url} is not in {name}; `newsweave feeds list` shows what is")


def _after(lines: list[str], placed: PlacedEntry) -> int:
    """The line after the feed's last: without the blank lines and comments that follow it."""
    after = min(max(placed.after, placed.first + 1), len(lines))
    while after - 1 > placed.first and (not lines[after - 1].strip() or lines[after - 1].lstrip().startswith("#")):
        after -= 1
    return after


def _indent(text: str, placed: list[PlacedEntry]) -> str:
    if not placed:
        return "  "
    line = text.splitlines()[placed[-1].first]
    return line[: len(line) - len(line.lstrip())]


def _lines(entry: FeedEntry, indent: str) -> list[str]:
    fields = entry.model_dump(mode="json", exclude_defaults=True)
    # JSON's scalars are YAML's.
    written = [f"{name}: {_scalar(value)}" for name, value in fields.items()]
    return [f"{indent}- {written[0]}", *(f"{indent}  {line}" for line in written[1:])]


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _checked(lines: list[str], name: str, *, expected: int) -> str:
    """The new text, if it reads as it should: a file may be written in ways that lines cannot change."""
    text = "\n".join(lines) + "\n"
    try:
        count = len(read_feeds(text, name))
    except BadFeeds:
        count = -1
    if count != expected:
        raise BadFeeds(f"{name} is written so that it cannot be changed here: change it by hand")
    return text
