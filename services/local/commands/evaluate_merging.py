"""`newsweave evaluate merging`."""

import json
from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations
from typing import Annotated, Any

import typer

from services.contracts.claim import Claim
from services.dedupe.comparing.alignment import cosine
from services.dedupe.comparing.answers import relative_to_question
from services.dedupe.comparing.comparison import Relation, compare
from services.dedupe.comparing.evaluation import JudgedPair, Label, MergingScores
from services.dedupe.comparing.propositions import Proposition, proposition
from services.dedupe.embed_handler import CLAIM_TOKENS
from services.dedupe.embedding.port import Embedder
from services.dedupe.settings import DedupeSettings
from services.extract.extraction import extract
from services.ingest.build import first_revision
from services.ingest.submission import parse_submission
from services.local.commands.cluster import offline_embedder
from services.local.commands.evaluate_views import evaluate_views, is_judged_event
from services.local.commands.offline_options import InArgument
from services.local.commands.options import JsonOption, progress_console, result_console
from services.local.errors import UserError
from services.local.offline import count_rows, read_lines
from services.local.offline_merging import PairRow, compare_pairs, parse_row, propositions, read_pairs
from services.local.progress import Bar, progress
from services.runtime.clock import SystemClock


class Compared(StrEnum):
    """What is compared of rows that group passages by the answer they give to a question."""

    ANSWER = "answer"
    PASSAGE = "passage"


ComparedOption = Annotated[
    Compared,
    typer.Option("--compare", help="Of rows with answers: the answers, or the claims that their passages hold."),
]


ArticlesArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[ARTICLES.jsonl[.gz]]", help="Articles of judged events; by default events-*.jsonl.gz beside them."
    ),
]
ShowOption = Annotated[bool, typer.Option("--show", help="Also print every pair that is wrong or missed.")]


def merging(
    source: InArgument,
    articles: ArticlesArgument = None,
    *,
    compared: ComparedOption = Compared.ANSWER,
    as_json: JsonOption = False,
    show: ShowOption = False,
) -> None:
    """Compare pairs of sentences as `newsweave merge` does, and score the decisions beside those of the cosine alone.

    \b
    Rows of one of three kinds:
      {"a", "b", "label"}                     label merge, contradict or different; "set" and "type" divide the scores
      {"a", "b", "same"}                      true or false
      {"qid", "group", "answer", "passage"}   all pairs of one question; same: one group

    Balanced accuracy is the mean of the merging pairs merged and of the others kept apart. The cosine's threshold is
    the best for the very rows that it is scored on.
    """  # noqa: D301 - the mark keeps the lines of the help apart
    if source == "-":
        raise UserError("rows are read twice, to see what they are and to compare them: name a file")
    embedder = offline_embedder(DedupeSettings())
    if is_judged_event(_first(source)):
        evaluate_views(source, articles, embedder, as_json=as_json, show=show)
        return
    with progress(progress_console(), "Comparing", total=count_rows(source)) as bar:
        if _are_groups(source):
            scores = MergingScores(list(_groups(source, embedder, compared, bar)))
        else:
            scores = MergingScores(list(_pairs(source, embedder, bar)))
    if as_json:
        print(json.dumps(scores.as_dict(), indent=2))
        return
    _tell(scores)


def _stop(message: str) -> None:
    raise UserError(message)


def _are_groups(source: str) -> bool:
    return "qid" in _first(source)


def _first(source: str) -> dict[str, Any]:
    for number, line in read_lines(source):
        return parse_row(source, number, line, _stop) or {}
    raise UserError(f"{source}: no rows")


def _pairs(source: str, embedder: Embedder, bar: Bar) -> Iterator[JudgedPair]:
    labels = {row.line: _label(source, row) for row in read_pairs(source, _stop)}
    for row, comparison, sides in compare_pairs(read_pairs(source, _stop), embedder):
        group, kind = (str(row.fields.get(name, "")) for name in ("set", "type"))
        yield JudgedPair(labels[row.line], comparison.relation, cosine(*sides), group, kind)
        bar.advance()


def _label(source: str, row: PairRow) -> Label:
    label, same = row.fields.get("label"), row.fields.get("same")
    if label in (Label.MERGE, Label.CONTRADICT, Label.DIFFERENT):
        return Label(label)
    if same in (True, False):
        return Label.MERGE if same else Label.APART
    raise UserError(f"{source}:{row.line}: neither a label (merge, contradict or different) nor same (true or false)")


def _groups(source: str, embedder: Embedder, compared: Compared, bar: Bar) -> Iterator[JudgedPair]:
    """All pairs of one question; two passages state the same where one claim of each does."""
    questions: dict[str, list[dict[str, Any]]] = {}
    for number, line in read_lines(source):
        fields = parse_row(source, number, line, _stop) or {}
        if any(
            not isinstance(fields.get(name), str) or not fields[name].strip() for name in ("qid", "group", compared)
        ):
            raise UserError(f"{source}:{number}: no text in one of qid, group and {compared.value}")
        questions.setdefault(fields["qid"], []).append(fields)
    for question, rows in questions.items():
        texts = [row[compared] for row in rows]
        if compared is Compared.ANSWER:
            stated = [[each] for each in relative_to_question(propositions(texts, embedder))]
        else:
            stated = _claims(texts, embedder)
        bar.advance(len(rows))
        for one, other in combinations(range(len(rows)), 2):
            label = Label.MERGE if rows[one]["group"] == rows[other]["group"] else Label.APART
            yield _judged(label, stated[one], stated[other], question)


def _claims(texts: list[str], embedder: Embedder) -> list[list[Proposition]]:
    """What extraction makes of each text."""
    now = SystemClock().now()
    found: list[tuple[int, Claim]] = [
        (number, claim)
        for number, text in enumerate(texts)
        for claim in extract(first_revision(parse_submission({"text": text}), fetched_at=now)).claims
    ]
    vectors = embedder.embed([claim.text for _, claim in found], max_tokens=CLAIM_TOKENS)
    prepared = [proposition(claim, vector) for (_, claim), vector in zip(found, vectors, strict=True)]
    stated: list[list[Proposition]] = [[] for _ in texts]
    for (number, _), each in zip(found, prepared, strict=True):
        stated[number].append(each)
    return stated


def _judged(label: Label, one: list[Proposition], other: list[Proposition], question: str) -> JudgedPair:
    pairs = [(mine, yours) for mine in one for yours in other]
    relations = {compare(*pair).relation for pair in pairs}
    relation = next((each for each in (Relation.SAME, Relation.CONTRADICT) if each in relations), Relation.DIFFERENT)
    return JudgedPair(label, relation, max((cosine(*pair) for pair in pairs), default=0.0), question)


def _tell(scores: MergingScores) -> None:
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
            told = f"{counts[Relation.SAME]:>8}{counts[Relation.CONTRADICT]:>12}{counts[Relation.DIFFERENT]:>11}"
            lines.append(f"{group:<20}{kind:<16}{label.value:<12}{told}")
    console = result_console()
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
