"""`newsweave submit`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from services.ingest.files import is_archive
from services.ingest.identity import sha256
from services.local.commands.offline_options import SkipBadOption
from services.local.commands.options import DataOption, progress_console, result_console
from services.local.commands.steps import await_visible, count_distinct, submit_sources
from services.local.discovery import find_service
from services.local.settings import LocalSettings
from services.local.submitted import Submitted

EXAMPLES = (
    "newsweave submit articles.jsonl.gz",
    "newsweave submit ./texts --publisher 'Harbour Post' --wait",
    "newsweave submit wire/message.xml wire/item.ninjs",
    "newsweave submit crawl.warc.gz --skip-bad --rate 20",
    "newsweave submit ./archive --state archive.state",
    "jq -c '.items[]' dump.json | newsweave submit -",
    "newsweave submit articles.jsonl --url http://127.0.0.1:8001",
)

SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE|DIR|-...",
        help="JSON Lines (.jsonl, .ndjson), .json, .txt, .html, items of wires (.ninjs, .xml, .nitf, .newsml), "
        "archives of the web (.warc), each also .gz and .zst; a folder of those, of its .json only items of ninjs; "
        "- for JSON Lines on standard input.",
    ),
]
UrlOption = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="URL",
        help="Address of the ingest service. Default: NEWSWEAVE_INGEST_URL, else the stack that runs here.",
    ),
]
PublisherOption = Annotated[
    str | None, typer.Option("--publisher", metavar="NAME", help="Publisher of articles that name none.")
]
WaitOption = Annotated[bool, typer.Option("--wait", help="Wait until every article is visible in an event.")]
ApiUrlOption = Annotated[
    str | None, typer.Option("--api-url", metavar="URL", help="With --wait: address of the api service.")
]

RateOption = Annotated[
    float | None, typer.Option("--rate", metavar="N", min=0.01, help="Send at most N articles a second.")
]
StateOption = Annotated[
    Path | None,
    typer.Option(
        "--state",
        metavar="FILE",
        help="Record here what has been sent, and send only what is new or has changed. Default for folders and "
        "archives: a file that lasts until everything is sent, so that a stopped run can resume.",
    ),
]
RestartOption = Annotated[
    bool, typer.Option("--restart", help="Send everything again, also what an earlier run has sent.")
]


def submit(
    sources: SourcesArgument,
    *,
    url: UrlOption = None,
    publisher: PublisherOption = None,
    wait: WaitOption = False,
    api_url: ApiUrlOption = None,
    rate: RateOption = None,
    state: StateOption = None,
    restart: RestartOption = False,
    skip_bad: SkipBadOption = False,
    data: DataOption = None,
) -> None:
    """Submit articles.

    A row of JSON Lines is an object with `text` or `html`, and what is known of `url`, `publisher` (a name, or an
    object with name, domain, family), `title`, `published_at` (ISO 8601), `authors`, `language` and `status`.
    The same article submitted twice is one article.

    Title, by-line, outlet and time of a .txt are read from its first lines. Of an archive every article is sent, with
    the time of its fetch, and nothing else; of a wire what its agency lets be published. While ingest is busy it waits.
    """
    settings = LocalSettings()
    address = find_service("ingest", settings, url=url, data=data)
    api_address = find_service("api", settings, url=api_url, data=data) if wait else None
    console = progress_console()
    with _submitted(address, sources, settings, state, restart=restart) as submitted:
        if submitted is not None and submitted.rows:
            _tell_of_earlier(console, submitted, is_named=state is not None)
        accepted = submit_sources(
            address,
            sources,
            settings,
            console,
            publisher=publisher,
            skip_bad=skip_bad,
            rate=rate,
            submitted=submitted,
        )
    if api_address is not None:
        await_visible(api_address, accepted, settings, console)
    told = f"{len(accepted):,} rows accepted: {count_distinct(accepted):,} articles."
    if not wait:
        told += " `newsweave events` shows what comes of them."
    result_console().print(told, highlight=False)


@contextmanager
def _submitted(
    address: str, sources: list[str], settings: LocalSettings, state: Path | None, *, restart: bool
) -> Iterator[Submitted | None]:
    """What was sent before; None where nothing is kept. A file that nobody named goes once all is sent."""
    if state is None and not any(_is_long(Path(source)) for source in sources):
        yield None
        return
    file = state or _state_file(address, sources, settings)
    submitted = Submitted(file, address, is_named=state is not None, restart=restart)
    yield submitted
    if state is None:
        submitted.forget()


def _is_long(source: Path) -> bool:
    return source.is_dir() or is_archive(source)


def _state_file(address: str, sources: list[str], settings: LocalSettings) -> Path:
    """One for each set of sources and service."""
    named = "\n".join([address, *(str(Path(source).resolve()) for source in sources)])
    return settings.state / "submitted" / f"{sha256(named)[:16]}.json"


def _tell_of_earlier(console: Console, submitted: Submitted, *, is_named: bool) -> None:
    known = "By the state file" if is_named else "By a run that was stopped"
    console.print(
        f"Resuming. {known}, {submitted.rows:,} lines, items or pages have been sent; --restart sends all again.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
