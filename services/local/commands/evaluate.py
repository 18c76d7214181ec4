"""`newsweave evaluate`."""

import json
from dataclasses import asdict
from typing import Annotated, Any

import orjson
import typer

from services.dedupe.settings import DedupeSettings
from services.local.commands.cluster import offline_embedder
from services.local.commands.evaluate_addresses import addresses
from services.local.commands.evaluate_check import check
from services.local.commands.evaluate_claims import claims
from services.local.commands.evaluate_match import match
from services.local.commands.evaluate_merging import merging
from services.local.commands.evaluate_pages import pages
from services.local.commands.offline_options import InArgument
from services.local.commands.options import JsonOption, progress_console, result_console
from services.local.errors import UserError
from services.local.evaluation.events import Scores, score
from services.local.offline import count_rows, read_lines, read_rows
from services.local.offline_cluster import cluster as find_events
from services.local.offline_cluster import offline_shard
from services.local.progress import progress
from services.runtime.clock import SystemClock

EXAMPLES = (
    "newsweave evaluate events labelled.jsonl.gz",
    "newsweave evaluate events labelled.jsonl --label event --json | jq .b_cubed",
    "newsweave evaluate claims attributions.jsonl.gz",
    "newsweave evaluate claims articles.jsonl.gz --judged verdicts.jsonl.gz",
    "newsweave evaluate merging judged-events.jsonl.gz articles.jsonl.gz --show",
    "newsweave evaluate addresses pairs-of-addresses.jsonl --show",
    "newsweave evaluate check tests/data/check_sentences.jsonl samples --show",
    "newsweave evaluate match labelled.jsonl.gz --part held-out",
    "newsweave evaluate merging pairs.jsonl.gz --json | jq .contradictions",
    "newsweave evaluate pages pages.jsonl.gz --part 1/2 --show",
)

app = typer.Typer(name="evaluate", help="Measure quality on labelled rows, offline.", no_args_is_help=True)
app.command()(addresses)
app.command()(check)
app.command()(claims)
app.command()(match)
app.command()(merging)
app.command()(pages)

LabelOption = Annotated[str, typer.Option("--label", metavar="FIELD", help="Field with the true event of a row.")]


@app.command()
def events(source: InArgument, *, label: LabelOption = "event", as_json: JsonOption = False) -> None:
    """Cluster rows as `newsweave cluster` does, and compare with the event that each row is labelled with.

    B-cubed F1 (per article), pairwise F1 (per pair of articles) and adjusted Rand index; 1 is best in all.
    """
    if source == "-":
        raise UserError("rows are read twice, for the labels and for the articles: name a file")
    console = progress_console()
    embedder = offline_embedder(DedupeSettings())
    labels = {number: _label(source, number, line, label) for number, line in read_lines(source)}
    with progress(console, "Reading", total=count_rows(source)) as bar:
        rows = []
        for row in read_rows(source, SystemClock().now(), _stop):
            rows.append(row)
            bar.advance()
    with progress(console, "Placing", total=len(rows)) as bar:
        found = find_events([row.article for row in rows], embedder, offline_shard(), bar)
    scores = score(found, [labels[row.line] for row in rows])
    if as_json:
        print(json.dumps({"articles": len(rows), **asdict(scores)}, indent=2))
        return
    _tell(scores, len(rows), len(set(labels.values())))


def _label(source: str, number: int, line: bytes, field: str) -> str:
    try:
        content: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UserError(f"{source}:{number}: not JSON ({error.msg})") from error
    if not isinstance(content, dict) or content.get(field) is None:
        raise UserError(f"{source}:{number}: no field {field!r}: --label names the one with the true event")
    return str(content[field])


def _stop(message: str) -> None:
    raise UserError(message)


def _tell(scores: Scores, articles: int, labelled: int) -> None:
    console = result_console()
    b_cubed = f"precision {scores.b_cubed_precision:.4f}, recall {scores.b_cubed_recall:.4f}"
    pairwise = f"precision {scores.pairwise_precision:.4f}, recall {scores.pairwise_recall:.4f}"
    for line in (
        f"articles       {articles:,}",
        f"events         {scores.events:,} found, {labelled:,} labelled",
        f"B-cubed F1     {scores.b_cubed:.4f}  ({b_cubed})",
        f"pairwise F1    {scores.pairwise:.4f}  ({pairwise})",
        f"adjusted Rand  {scores.adjusted_rand:.4f}",
    ):
        console.print(line, highlight=False, markup=False)
