"""What `demo` and `submit` share: articles in, and waiting until they can be read, each under its progress bar."""

import time
from collections.abc import Callable, Sequence

from rich.console import Console

from services.local.client import Client
from services.local.commands.offline_options import BadRows, PassedOver
from services.local.input_rows import count_articles, read_sources
from services.local.progress import progress
from services.local.settings import LocalSettings
from services.local.submission import Accepted, submit, wait_until_visible
from services.local.submitted import Submitted


def submit_sources(
    address: str,
    sources: Sequence[str],
    settings: LocalSettings,
    console: Console,
    *,
    publisher: str | None = None,
    pause: Callable[[float], None] = time.sleep,
    skip_bad: bool = False,
    rate: float | None = None,
    submitted: Submitted | None = None,
) -> list[Accepted]:
    """Send all articles of files and folders to the ingest service at `address`.

    Arguments and errors as `submit`; `submitted` says what was sent before, and hears of what is sent.
    """
    bad = BadRows(console, skip=skip_bad)
    after = submitted.after if submitted else None
    total = count_articles(sources, PassedOver() if skip_bad else None, after=after)
    with (
        Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as ingest,
        progress(console, "Submitting", total=total) as bar,
    ):
        accepted = submit(
            ingest,
            read_sources(sources, bad, after=after),
            bar=bar,
            publisher=publisher,
            pause=pause,
            remarks=bad,
            rate=rate,
            on_accepted=submitted.add if submitted else None,
        )
    bad.tell()
    return accepted


def await_visible(
    address: str,
    accepted: Sequence[Accepted],
    settings: LocalSettings,
    console: Console,
    *,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Wait until the api service at `address` shows all of them. Errors as `wait_until_visible`."""
    with (
        Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as api,
        progress(console, "Visible", total=count_distinct(accepted)) as bar,
    ):
        wait_until_visible(api, accepted, bar=bar, patience_seconds=settings.visible_seconds, pause=pause)


def count_distinct(accepted: Sequence[Accepted]) -> int:
    """How many articles the rows are: several can be revisions of one."""
    return len({article.article_id for article in accepted})
