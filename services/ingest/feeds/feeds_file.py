"""The file of feeds, looked at again and again."""

from pathlib import Path

import structlog

from services.ingest.feeds.registry import BadFeeds, FeedEntry, read_feeds

log = structlog.get_logger()

MAX_BYTES = 16 * 1024 * 1024
"""Of the file: well above 10,000 feeds."""


class FeedsFile:
    """Gives the feeds of a file whenever it has changed. A bad file leaves the last good one in force."""

    def __init__(self, path: Path) -> None:
        """Set up; nothing is read yet."""
        self.path = path
        self.problem: str | None = None
        """What is wrong with the file as it stands, if anything."""
        self.feeds: dict[str, FeedEntry] = {}
        """The last good ones, by their ids."""
        self._seen: object = None
        self._content: bytes | None = None

    def reload(self) -> bool:
        """Read the file if it has changed since; whether `feeds` are others now. Bad files are logged once."""
        try:
            state = self.path.stat()
            seen = (state.st_mtime_ns, state.st_size, state.st_ino)
            if seen == self._seen:
                return False
            content = self._read()
        except OSError as error:
            return self._is_bad(str(error.strerror or error), error.strerror)
        except BadFeeds as error:
            return self._is_bad(str(error), seen)
        self._seen = seen
        if content == self._content and self.problem is None:
            return False
        self._content = content
        return self._take(content)

    def _read(self) -> bytes:
        with self.path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise BadFeeds(f"{self.path}: has more than {MAX_BYTES:,} bytes")
        return content

    def _take(self, content: bytes) -> bool:
        try:
            placed = read_feeds(content.decode(), str(self.path))
        except UnicodeDecodeError as error:
            return self._is_bad(f"{self.path}: not UTF-8 at byte {error.start}", self._seen)
        except BadFeeds as error:
            return self._is_bad(str(error), self._seen)
        before = self.feeds
        self.problem, self.feeds = None, {feed.entry.id: feed.entry for feed in placed}
        log.info("feeds read", file=str(self.path), feeds=len(self.feeds))
        return before != self.feeds

    def _is_bad(self, problem: str, seen: object) -> bool:
        self._seen = seen
        if problem != self.problem:
            log.error("feeds not read: the last good ones stay", file=str(self.path), reason=problem)
        self.problem = problem
        return False
