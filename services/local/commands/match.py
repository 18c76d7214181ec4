"""`newsweave match`."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from services.api.match.models import MOST_DRAFTS, Match, MatchedEvent, Matches
from services.local.commands.lookup import ask
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, printable, result_console
from services.local.draft_files import has_rows, read_draft, read_drafts

EXAMPLES = (
    "newsweave match draft.txt",
    "newsweave match draft.txt --title 'Ferry capsizes' --published-at 2026-03-04T09:00:00Z",
    "pbpaste | newsweave match -",
    "newsweave match articles.jsonl --json | jq -r '.matches[] | [.matched, .best.event.event_id] | @tsv'",
)

DraftArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="A text; - for standard input; .jsonl: a row {text, title, …} a draft.")
]
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="Headline. Default: a first line that stands alone.")
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published-at", metavar="TIME", help="When it is published, such as 2026-03-04T09:00:00Z."),
]


def match(
    file: DraftArgument,
    *,
    title: TitleOption = None,
    published_at: PublishedOption = None,
    as_json: JsonOption = False,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Find the event that a text is about, among all events, open and closed.

    Says how probable the nearest event is, what speaks for it and against it, and which event comes second. Give the
    day of publication where you know it: by it two like happenings are told apart. Nothing of the text is kept.

    Exit code 0: each text is about an event. 1: one is not, or nothing answers.
    """
    if has_rows(file):
        batches = ({"drafts": drafts} for drafts in read_drafts(file, MOST_DRAFTS))
        answers = [each for body in batches for each in _ask(body, url, data)["matches"]]
        printed: Any = {"matches": answers}
    else:
        printed = _ask(read_draft(file, title, published_at), url, data)
        answers = [printed]
    found = Matches.model_validate({"matches": answers}).matches
    if as_json:
        print(json.dumps(printed, ensure_ascii=False, indent=2))
    else:
        for each in found:
            for line in lines_of(each):
                result_console().print(printable(line), markup=False, highlight=False, soft_wrap=True)
    if not all(each.matched for each in found):
        raise typer.Exit(1)


def _ask(body: Any, url: Any, data: Any) -> Any:
    return ask("/v1/match", body, url=url, data=data)


def lines_of(found: Match) -> Iterator[str]:
    """The answer in words."""
    if found.best is None:
        yield f"No event. {found.reason}"
        return
    yield f"{_told(found.best)}" if found.matched else f"No event. The nearest: {_told(found.best)}"
    yield f"  {found.reason}"
    for name, signals in (("for it", found.best.for_it), ("against it", found.best.against_it)):
        if signals:
            yield f"  {name}: {', '.join(f'{signal} {found.best.signals[signal]:.2f}' for signal in signals)}"
    if found.runner_up is not None:
        yield f"  second: {_told(found.runner_up)}"


def _told(event: MatchedEvent) -> str:
    return f"{event.event.event_id}  {event.event.headline}  ({event.probability:.2f})"
