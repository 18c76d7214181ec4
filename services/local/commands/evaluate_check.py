"""`newsweave evaluate check`."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from services.api.check.models import CheckedClaim, Status
from services.api.draft_models import Draft
from services.dedupe.settings import DedupeSettings
from services.local.commands.cluster import offline_embedder
from services.local.commands.offline_options import InArgument
from services.local.commands.options import JsonOption, progress_console, result_console
from services.local.errors import UserError
from services.local.evaluation.pairs import Share
from services.local.offline import read_lines
from services.local.offline_check import check_text, names_in, reports_by_file
from services.local.offline_merging import parse_row
from services.local.progress import progress
from services.runtime.clock import SystemClock


class Kind(StrEnum):
    """What a sentence is, beside its event."""

    TRUE = "true"
    CHANGED = "changed"
    DENIED = "denied"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Judged:
    """A sentence, and whether it was checked rightly."""

    kind: Kind
    held_out: bool
    text: str
    checked: Sequence[CheckedClaim]
    right: bool


SamplesArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="Articles, a .jsonl file an event.")]
ShowOption = Annotated[bool, typer.Option("--show", help="Also print each sentence that is checked wrongly.")]


def check(
    source: InArgument, articles: SamplesArgument, *, as_json: JsonOption = False, show: ShowOption = False
) -> None:
    """Score how sentences are checked, as `POST /v1/check` does it, beside events built from files of articles.

    \b
    A row is {"text", "event", "kind", "names", "published_at", "held_out"}; `event` is the name of a file. Right is
      true      reported, or from a single source
      changed   not reported, or superseded, and the amount in "names" is given instead
      denied    denied, by who is in "names"
      unknown   not reported
    """  # noqa: D301 - the mark keeps the lines of the help apart
    embedder = offline_embedder(DedupeSettings())
    with progress(progress_console(), "Merging", total=None):
        reports = reports_by_file(articles, SystemClock().now(), embedder)
    judged = []
    for number, line in read_lines(source):
        row = parse_row(source, number, line, _stop) or {}
        if row.get("event") not in reports:
            raise UserError(f"{source}:{number}: there is no {articles}/{row.get('event')}.jsonl")
        draft = Draft.model_validate({name: row.get(name) for name in ("text", "published_at")})
        checked = check_text(draft, reports[row["event"]])
        kind = Kind(row["kind"])
        right = is_right(kind, row.get("names", ""), checked)
        judged.append(Judged(kind, bool(row.get("held_out")), draft.text, checked, right))
    figures = dict(_figures(judged))
    if as_json:
        print(json.dumps({name: share.value for name, share in figures.items()}, indent=2))
    else:
        for name, share in figures.items():
            _print(f"{name:<12}{share}")
    for each in judged if show else ():
        if not each.right:
            told = [f"{one.status}: {one.explanation}" for one in each.checked]
            _print(f"{each.kind}: {each.text}\n    {' / '.join(told) or 'no claim found'}")


def is_right(kind: Kind, names: str, checked: Sequence[CheckedClaim]) -> bool:
    """Whether a sentence of this kind is checked rightly. `names`: who denies it, or the right amount."""
    found = {each.status for each in checked}
    match kind:
        case Kind.TRUE:
            return bool(found) and found <= {Status.REPORTED, Status.SINGLE_SOURCE}
        case Kind.CHANGED:
            return bool(found & {Status.NOT_REPORTED, Status.SUPERSEDED}) and names in names_in(checked)
        case Kind.DENIED:
            return Status.DENIED in found and names in names_in(checked)
        case Kind.UNKNOWN:
            return bool(found) and found <= {Status.NOT_REPORTED}


def _figures(judged: Sequence[Judged]) -> Iterator[tuple[str, Share]]:
    yield "all", _share(judged)
    yield "tuned on", _share([each for each in judged if not each.held_out])
    yield "held out", _share([each for each in judged if each.held_out])
    for kind in Kind:
        yield kind.value, _share([each for each in judged if each.kind is kind])


def _share(judged: Sequence[Judged]) -> Share:
    return Share(sum(each.right for each in judged), len(judged))


def _print(line: Any) -> None:
    result_console().print(line, highlight=False, markup=False, soft_wrap=True)


def _stop(message: str) -> None:
    raise UserError(message)
