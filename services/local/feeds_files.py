"""The file of feeds that commands change."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from services.ingest.feeds.registry import BadFeeds, FeedEntry, read_feeds
from services.local.client import Client
from services.local.discovery import find_service
from services.local.errors import UserError
from services.local.settings import LocalSettings
from services.runtime.validation import field_path, plain_message


def find_file(told: Path | None, settings: LocalSettings) -> Path:
    """The file that was told, that of the settings, or that which the ingest that runs here reads.

    Raises:
        UserError: there is none of these.
    """
    found = told or settings.feeds_file
    if found is None:
        with suppress(UserError):
            address = find_service("ingest", settings)
            with Client(
                address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file
            ) as client:
                found = Path(name) if (name := client.get("/v1/feeds")["file"]) else None
    if found is None:
        raise UserError("which file of feeds? Name it: --file FEEDS.yaml, or NEWSWEAVE_FEEDS_FILE in the environment")
    return found


def change_file(path: Path, change: Callable[[str], str]) -> None:
    """Write what `change` makes of the file's text.

    It is written in place: a container may have the file mounted, and would keep the old one otherwise.

    Raises:
        UserError: the file cannot be read or written, or cannot be changed in this way.
    """
    try:
        text = path.read_text() if path.exists() else ""
        changed = change(text)
        path.write_text(changed)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: {error}") from error
    except BadFeeds as error:
        raise UserError(str(error)) from error


def check_file(path: Path) -> None:
    """Read the file once, so that a fault shows at once.

    Raises:
        UserError: it is not there, or wrong; naming line and feed.
    """
    try:
        read_feeds(path.read_text(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: {error}") from error
    except BadFeeds as error:
        raise UserError(str(error)) from error


def entry_of(**fields: Any) -> FeedEntry:
    """A feed of these fields. Raises UserError naming what is wrong."""
    try:
        return FeedEntry(**fields)
    except ValidationError as error:
        faults = [
            f"{field_path(fault['loc'])}: {plain_message(fault)}".removeprefix(": ")
            for fault in error.errors(include_url=False)
        ]
        raise UserError("\n".join(faults)) from error
