"""`newsweave check`."""

import json
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console

from services.api.check.models import CheckAnswer, CheckedClaim, CitedPassage, Status
from services.local.commands.lookup import ask
from services.local.commands.match import DraftArgument, PublishedOption, TitleOption, lines_of
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, printable, result_console
from services.local.draft_files import read_draft

EXAMPLES = (
    "newsweave check draft.txt",
    "newsweave check draft.txt --event evt_00cb0aa61a85bdfac1d4 --published-at 2026-03-05T09:00:00Z",
    "pbpaste | newsweave check -",
    'newsweave check draft.txt --json | jq \'.claims[] | select(.status == "denied" or .status == "superseded")\'',
)

EventOption = Annotated[
    str | None,
    typer.Option("--event", metavar="EVENT_ID", help="The event it is about. Default: found as `match` does."),
]
_STYLES = {Status.DENIED: "red", Status.SUPERSEDED: "yellow", Status.NOT_REPORTED: "dim"}
_MOST_CHARS = 160


def check(
    file: DraftArgument,
    *,
    event: EventOption = None,
    title: TitleOption = None,
    published_at: PublishedOption = None,
    as_json: JsonOption = False,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Put each claim and figure of a draft beside what is reported of its event.

    \b
    reported       two or more independent origins report it
    single_source  it is reported, but all of it goes back to one origin or one source
    denied         somebody says that it is not so; who, stands below
    superseded     newer reports give another amount
    not_reported   no report surely says the same: no sign that it is wrong

    Below each claim stand the words of the articles. Nothing of the draft is kept.

    Exit code 0: nothing in it is denied or superseded. 1: something is, or nothing answers.
    """  # noqa: D301 - the mark keeps the lines of the help apart
    body = read_draft(file, title, published_at) | ({} if event is None else {"event_id": event})
    answer = ask("/v1/check", body, url=url, data=data)
    found = CheckAnswer.model_validate(answer)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        _print(found)
    if found.counts[Status.DENIED] or found.counts[Status.SUPERSEDED]:
        raise typer.Exit(1)


def _print(found: CheckAnswer) -> None:
    console = result_console()
    for line in lines_of(found.match) if found.match is not None else [f"Beside {found.event_id}."]:
        _line(console, line)
    for claim in found.claims:
        _line(console, "")
        _line(console, f"{claim.status:<14} {claim.text}", _STYLES.get(claim.status))
        for line in _below(claim):
            _line(console, f"    {line}")
    told = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in found.counts.items() if number)
    _line(console, f"\n{told or 'no claim found'}")


def _below(claim: CheckedClaim) -> Iterator[str]:
    yield claim.explanation
    yield from map(_passage, claim.passages)
    for denial in claim.denials:
        yield f"says otherwise: {denial.source or 'the outlet itself'}"
        yield from map(_passage, denial.passages)
    for amount in claim.other_amounts:
        yield f"{'newer' if amount.newer else 'otherwise'}: {amount.surface}"
        yield from map(_passage, amount.passages)


def _passage(passage: CitedPassage) -> str:
    words = passage.text if len(passage.text) <= _MOST_CHARS else f"{passage.text[:_MOST_CHARS]}…"
    outlet = passage.publisher.name or passage.publisher.domain or passage.article_id
    return f"  “{words}” {outlet} [{passage.span.start}, {passage.span.end})"


def _line(console: Console, line: str, style: str | None = None) -> None:
    console.print(
        "\n".join(map(printable, line.split("\n"))), style=style, markup=False, highlight=False, soft_wrap=True
    )
