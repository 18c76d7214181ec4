"""`newsweave evaluate match`."""

import asyncio
import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from services.api.match.decision import load_decision
from services.dedupe.settings import DedupeSettings
from services.local.commands.cluster import offline_embedder
from services.local.commands.options import JsonOption, progress_console, result_console
from services.local.evaluation.match import Attempt, LabelledArticle, MatchScores, attempts, score
from services.local.offline import count_rows
from services.local.offline_match import chosen, labelled_view, read_labelled
from services.local.progress import Bar, progress


class Part(StrEnum):
    """Which articles are matched; all of them are in the view."""

    HELD_OUT = "held-out"
    FITTED = "fitted"
    ALL = "all"


SourcesArgument = Annotated[
    list[str], typer.Argument(metavar="LABELLED.jsonl[.gz]…", help="Rows as `newsweave submit` takes them, labelled.")
]
LabelOption = Annotated[str, typer.Option("--label", metavar="FIELD", help="Field with the true event of a row.")]
PartOption = Annotated[
    Part,
    typer.Option(
        "--part", help="Match only articles of events that the weights were not fitted to, or only the others."
    ),
]


def match(
    sources: SourcesArgument, *, label: LabelOption = "event", part: PartOption = Part.ALL, as_json: JsonOption = False
) -> None:
    """Score how articles find their event, as `POST /v1/match` does it, over a Redis of their own.

    Every article is laid into a view in its labelled event. Then each is matched twice: itself left out, so that its
    event is there, and its whole event left out, so that the right answer is none.
    """
    console = progress_console()
    embedder = offline_embedder(DedupeSettings())
    total = sum(count_rows(source) or 0 for source in sources)
    with progress(console, "Reading", total=total) as bar:
        by_source = {source: read_labelled(source, label, embedder, bar) for source in sources}
    held_out = None if part is Part.ALL else part is Part.HELD_OUT
    with progress(console, "Matching", total=total) as bar:
        found = asyncio.run(_match(by_source, held_out, bar))
    threshold = load_decision().threshold
    every = [attempt for of_source in found.values() for attempt in of_source]
    scores = {source: score(of_source, threshold) for source, of_source in found.items()}
    scores |= {"all": score(every, threshold)} if len(sources) > 1 else {}
    if as_json:
        print(json.dumps({name: each.as_dict() for name, each in scores.items()}, indent=2))
        return
    for name, each in scores.items():
        _print(name, each)


async def _match(
    by_source: dict[str, list[LabelledArticle]], held_out: bool | None, bar: Bar
) -> dict[str, Sequence[Attempt]]:
    every = [each for of_source in by_source.values() for each in of_source]
    found: dict[str, Sequence[Attempt]] = {}
    async with labelled_view(every, load_decision()) as matcher:
        for source, of_source in by_source.items():
            listed = []
            async for attempt in attempts(matcher, every, chosen(of_source, held_out)):
                listed.append(attempt)
                if not attempt.event_is_there:
                    bar.advance()
            found[source] = listed
    return found


def _print(name: str, scores: MatchScores) -> None:
    for line in (
        name,
        f"  event there, most probable       {scores.first}",
        f"  event there, and said to be it   {scores.found}",
        f"  event not there, and said so     {scores.abstained}",
    ):
        result_console().print(line, highlight=False, markup=False, soft_wrap=True)
