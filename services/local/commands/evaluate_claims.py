"""`newsweave evaluate claims`."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from services.contracts.claim import ClaimKind, Commitment
from services.extract.evaluation.attributions import ClaimScores, Labelled, read_labels
from services.extract.evaluation.verdicts import FoundClaim, JudgedArticle, VerdictScores, read_judged
from services.extract.extraction import extract
from services.language.ranges import Range
from services.local.commands.options import JsonOption, progress_console, result_console
from services.local.errors import UserError
from services.local.offline import count_rows, read_lines, read_rows
from services.local.offline_extract import extract_claims
from services.local.progress import progress
from services.runtime.clock import SystemClock

EXAMPLES = (
    "newsweave evaluate claims attributions.jsonl.gz",
    "newsweave evaluate claims articles.jsonl.gz --judged verdicts.jsonl.gz --json | jq .accepted",
)

RowsArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[IN.jsonl[.gz]]",
        help="JSON Lines, also gzipped. With --judged: the articles, by default events-*.jsonl.gz beside that file.",
    ),
]
JudgedOption = Annotated[
    list[str] | None,
    typer.Option("--judged", metavar="FILE", help="Verdicts of readers on claims of the articles; may be repeated."),
]


def claims(source: RowsArgument = None, *, judged: JudgedOption = None, as_json: JsonOption = False) -> None:
    """Extract the claims of rows, and compare with what careful readers say of them.

    With --judged: rows of verdicts, {"articles": [id], "claims": [{"article", "start", "end", "speaker", "commitment",
    "verdict"}], "missed": [{"article", "start", "end"}]}. Prints how many claims with a verdict are accepted, how many
    judged good are kept, how many missed ones are found, faults by kind, and how many claims nobody has judged.

    Without it: rows with `attributions`, a list of {"content": [{"spans": [[start, end]]}], "source": [the same]},
    offsets in the characters of `text`. A claim is right where it shares at least half of the characters that it and
    the content have together.
    """
    if source == "-":
        raise UserError("rows are read twice, for the labels and for the articles: name a file")
    if judged:
        _evaluate_verdicts(_sources(source, judged), _verdicts(judged), as_json=as_json)
    elif source is None:
        raise UserError("name a file with labelled rows, or --judged FILE with verdicts of readers")
    else:
        _evaluate_attributions(source, as_json=as_json)


def _evaluate_verdicts(sources: Sequence[str], verdicts: Mapping[str, JudgedArticle], *, as_json: bool) -> None:
    left = dict(verdicts)
    scores = VerdictScores()
    with progress(progress_console(), "Extracting", total=len(left)) as bar:
        for source in sources:
            for row in read_rows(source, SystemClock().now(), _stop, left):
                text = row.submission.text
                if text is None:
                    raise UserError(f"{source}:{row.line}: html: give text; offsets into a page would mean nothing")
                scores.add([_found(claim) for claim in extract_claims(row.article, text)], left.pop(str(row.identity)))
                bar.advance()
    if left:
        raise UserError(
            f"{len(left)} judged articles are in none of {', '.join(sources)}: {', '.join(sorted(left)[:5])}"
        )
    if as_json:
        print(json.dumps(scores.as_dict(), indent=2))
        return
    _print_verdicts(scores)


def _sources(source: str | None, judged: Sequence[str]) -> list[str]:
    if source is not None:
        return [source]
    beside = sorted({str(path) for name in judged for path in Path(name).parent.glob("events-*.jsonl.gz")})
    if not beside:
        raise UserError(
            f"no events-*.jsonl.gz lies beside {judged[0]}: name the file with the articles before --judged"
        )
    return beside


def _verdicts(judged: Sequence[str]) -> dict[str, JudgedArticle]:
    rows = []
    for name in judged:
        for number, line in read_lines(name):
            try:
                rows.append(orjson.loads(line))
                read_judged(rows[-1:])
            except orjson.JSONDecodeError as error:
                raise UserError(f"{name}:{number}: not JSON ({error.msg})") from error
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise UserError(f"{name}:{number}: no verdicts on claims ({error!r})") from error
    return read_judged(rows)


def _found(claim: Mapping[str, Any]) -> FoundClaim:
    speaker = claim["speaker"]
    return FoundClaim(
        Range(claim["start"], claim["end"]),
        ClaimKind(claim["kind"]),
        speaker["canonical"] if speaker else None,
        speaker["surface"] if speaker else None,
        Commitment(claim["commitment"]),
    )


def _print_verdicts(scores: VerdictScores) -> None:
    told = scores.as_dict()
    lines = [
        f"articles   {scores.articles:,}",
        f"claims     {scores.claims:,}, of them {scores.unjudged.total():,} unjudged",
        f"accepted   {scores.accepted:.3f}",
        f"kept       {told['kept']:.3f} ({scores.kept:,} of {scores.good:,} judged good)",
        f"found      {told['found']:.3f} ({scores.found:,} of {scores.missed:,} missed)",
    ]
    for kind, counts in told["kinds"].items():
        named = ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()) if count)
        lines.append(f"{kind + 's':<11}{named}")
    for line in lines:
        result_console().print(line, highlight=False, markup=False, soft_wrap=True)


def _evaluate_attributions(source: str, *, as_json: bool) -> None:
    rows = {number: _attributions(source, number, line) for number, line in read_lines(source)}
    scores = ClaimScores()
    with progress(progress_console(), "Extracting", total=count_rows(source)) as bar:
        for row in read_rows(source, SystemClock().now(), _stop):
            # The labels count characters of the text as given, before ingest cleans it.
            text, labels = rows[row.line]
            scores.add(extract(row.article.model_copy(update={"text": text})).claims, labels)
            bar.advance()
    if as_json:
        print(json.dumps(scores.as_dict(), indent=2))
        return
    _print_attributions(scores)


def _attributions(source: str, number: int, line: bytes) -> tuple[str, list[Labelled]]:
    try:
        content: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UserError(f"{source}:{number}: not JSON ({error.msg})") from error
    try:
        text = str(content["text"])
        return text, read_labels(content["attributions"], text)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(f"{source}:{number}: no attributions with text and spans ({error!r})") from error


def _stop(message: str) -> None:
    raise UserError(message)


def _print_attributions(scores: ClaimScores) -> None:
    console = result_console()
    lines = [
        f"articles        {scores.articles:,}",
        f"F1              {scores.f1:.3f}",
        f"precision       {scores.claims}",
        f"recall          {scores.labelled}",
        f"quoted recall   {scores.quoted}",
        f"right source    {scores.sources}",
    ]
    lines.extend(
        f"{kind + 's':<15} precision {scores.kinds[kind]}, right source {scores.kind_sources[kind]}"
        for kind in sorted(scores.kinds)
    )
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
