"""`newsweave evaluate merging`."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import numpy as np
import typer

from services.dedupe.claim_vectors import CLAIM_TOKENS
from services.dedupe.embedding.port import Embedder
from services.dedupe.settings import DedupeSettings
from services.local.commands.cluster import offline_embedder
from services.local.commands.evaluate_views import evaluate_views, is_judged_event
from services.local.commands.offline_options import InArgument
from services.local.commands.options import JsonOption, progress_console, result_console
from services.local.errors import UserError
from services.local.evaluation.pairs import JudgedPair, Label, MergingScores
from services.local.offline import count_rows, read_lines
from services.local.offline_merging import Decision, PairRow, decide_pairs, parse_row, read_pairs
from services.local.progress import Bar, progress
from services.local.sentences import plain_sentence

ArticlesArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[ARTICLES.jsonl[.gz]]", help="Articles of judged events; by default events-*.jsonl.gz beside them."
    ),
]
ShowOption = Annotated[
    bool, typer.Option("--show", help="Also print each pair that is wrong or missed, and all contradictions.")
]


def merging(
    source: InArgument, articles: ArticlesArgument = None, *, as_json: JsonOption = False, show: ShowOption = False
) -> None:
    """Score how claims are merged and contradictions told, against what careful readers say.

    \b
    Rows of one of three kinds:
      {"event", "articles", "claims", "groups", "contradictions"}  judged events
      {"a", "b", "label"}  label merge, contradict or different; "set" and "type" divide the scores
      {"a", "b", "same"}   true or false

    Of a judged event the view is built from its articles as `newsweave view` builds it. "claims" are {"key",
    "article", "start", "end"}, "groups" lists of keys that state one proposition, "agree" lists of such lists that may
    be merged or not, "contradictions" {"a", "b", "kind"} with keys or places. A judged claim is in a merged claim whose
    supports cover half of its characters; other ways to find it again are printed too. A contradiction is right where
    two of its sides meet both sides of a judged one.

    Pairs are decided as `newsweave merge` decides them. Balanced accuracy is the mean of the merging pairs merged and
    of the others kept apart. The cosine's threshold is the best for the very rows that it is scored on.
    """  # noqa: D301 - the mark keeps the lines of the help apart
    if source == "-":
        raise UserError("rows are read twice, to see what they are and to score them: name a file")
    first = _first(source)
    embedder = offline_embedder(DedupeSettings())
    if is_judged_event(first):
        evaluate_views(source, articles, embedder, as_json=as_json, show=show)
        return
    if articles is not None:
        raise UserError(f"{source} holds no judged events: {articles} is not needed")
    wrong: list[dict[str, Any]] = []
    with progress(progress_console(), "Comparing", total=count_rows(source)) as bar:
        scores = MergingScores(list(_pairs(source, embedder, bar, wrong)))
    if as_json:
        print(json.dumps(scores.as_dict() | ({"shown": wrong} if show else {}), indent=2, ensure_ascii=False))
        return
    _print(scores)
    for row in wrong if show else ():
        _print_lines("", f"{row['decision']}, not {row['label']}  {row['id']}  {row['type']}", f"  a: {row['a']}")
        _print_lines(f"  b: {row['b']}", *(f"  {reason}" for reason in row["reasons"]))


def _stop(message: str) -> None:
    raise UserError(message)


def _first(source: str) -> dict[str, Any]:
    for number, line in read_lines(source):
        return parse_row(source, number, line, _stop) or {}
    raise UserError(f"{source}: no rows")


def _pairs(source: str, embedder: Embedder, bar: Bar, wrong: list[dict[str, Any]]) -> Iterator[JudgedPair]:
    """The pairs with their decisions; the wrongly decided ones go to `wrong`."""
    labels = {row.line: _label(source, row) for row in read_pairs(source, _stop)}
    for row, decided in decide_pairs(read_pairs(source, _stop), embedder):
        label = labels[row.line]
        group, kind = (str(row.fields.get(name, "")) for name in ("set", "type"))
        sides = [plain_sentence(text) for text in (row.one, row.other)]
        one, other = embedder.embed(sides, max_tokens=CLAIM_TOKENS)
        yield JudgedPair(label, decided.decision, float(np.dot(one, other)), group, kind)
        if label.value != decided.decision.value and not (label is Label.APART and decided.decision != Decision.MERGE):
            told = {"decision": decided.decision.value, "reasons": decided.reasons, "label": label.value}
            wrong.append({"id": row.identity, "type": kind, **told, "a": sides[0], "b": sides[1]})
        bar.advance()


def _label(source: str, row: PairRow) -> Label:
    label, same = row.fields.get("label"), row.fields.get("same")
    if label in (Label.MERGE, Label.CONTRADICT, Label.DIFFERENT):
        return Label(label)
    if same in (True, False):
        return Label.MERGE if same else Label.APART
    raise UserError(f"{source}:{row.line}: neither a label (merge, contradict or different) nor same (true or false)")


def _print(scores: MergingScores) -> None:
    threshold, alone = scores.by_cosine()
    lines = [
        f"pairs                     {len(scores.pairs):,}",
        f"balanced accuracy         {scores.balanced_accuracy:.3f}, cosine alone {alone.balanced_accuracy:.3f}",
        f"merging pairs merged      {scores.kept}, cosine alone {alone.kept}",
        f"other pairs kept apart    {scores.kept_apart}, cosine alone {alone.kept_apart}",
    ]
    merged_alone = alone.merged_contradictions()
    for group, share in scores.merged_contradictions().items():
        name = f"contradictions merged{', ' + group if group else ''}"
        lines.append(f"{name:<25} {share}, cosine alone {merged_alone[group]}")
    if any(pair.label is Label.CONTRADICT for pair in scores.pairs):
        lines.append(f"contradictions reported   precision {scores.precision}, recall {scores.recall}")
    lines.append(f"reported, but to merge    {scores.alarms}")
    lines.append(f"cosine's best threshold   {threshold:.3f}")
    if any(pair.type for pair in scores.pairs):
        lines.append("")
        lines.append(f"{'set':<20}{'type':<16}{'label':<12}{'merged':>8}{'contradict':>12}{'different':>11}")
        for (group, kind, label), counts in scores.by_type().items():
            told = f"{counts[Decision.MERGE]:>8}{counts[Decision.CONTRADICT]:>12}{counts[Decision.DIFFERENT]:>11}"
            lines.append(f"{group:<20}{kind:<16}{label.value:<12}{told}")
    _print_lines(*lines)


def _print_lines(*lines: str) -> None:
    for line in lines:
        result_console().print(line, highlight=False, markup=False, soft_wrap=True)
