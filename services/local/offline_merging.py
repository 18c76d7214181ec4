"""`newsweave merge` and `newsweave evaluate merging`: pairs of sentences, each read as one claim, compared."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson

from services.dedupe.comparing.comparison import Comparison, Relation, compare
from services.dedupe.comparing.propositions import Proposition, proposition
from services.dedupe.embed_handler import CLAIM_TOKENS
from services.dedupe.embedding.port import Embedder
from services.extract.proposition import read_propositions
from services.local.offline import read_lines
from services.local.sentences import plain_sentence

BATCH = 256
"""Pairs read together: enough to keep parser and embedder busy, few enough for a bar that moves."""
DECISIONS = {Relation.SAME: "merge", Relation.CONTRADICT: "contradict", Relation.DIFFERENT: "different"}


@dataclass(frozen=True)
class PairRow:
    """One usable row. `identity` is its `id` as given, else the number of its line."""

    line: int
    identity: Any
    one: str
    other: str
    fields: dict[str, Any]
    """The whole row."""


def read_pairs(source: str, on_bad: Callable[[str], None]) -> Iterator[PairRow]:
    """The rows of a JSON Lines file (also .gz), or of standard input (`-`). Blank lines are skipped.

    Args:
        source: The file.
        on_bad: Gets what is wrong with a row that cannot be used, with file and line. If it returns, the row is left
            out.

    Raises:
        UserError: The file cannot be read.
    """
    for number, line in read_lines(source):
        fields = parse_row(source, number, line, on_bad)
        if fields is None:
            continue
        missing = [name for name in ("a", "b") if not _is_text(fields.get(name))]
        if missing:
            on_bad(f"{source}:{number}: no text in {' and '.join(missing)}: a pair is {{'id', 'a', 'b'}}")
            continue
        yield PairRow(number, fields.get("id", number), fields["a"], fields["b"], fields)


def parse_row(source: str, number: int, line: bytes, on_bad: Callable[[str], None]) -> dict[str, Any] | None:
    """The JSON object of a line; null, after telling `on_bad`, if it holds none."""
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        on_bad(f"{source}:{number}: not JSON ({error.msg} at column {error.colno})")
        return None
    if not isinstance(fields, dict):
        on_bad(f"{source}:{number}: not an object")
        return None
    return fields


def compare_pairs(
    rows: Iterator[PairRow], embedder: Embedder
) -> Iterator[tuple[PairRow, Comparison, tuple[Proposition, Proposition]]]:
    """Each row with what comparing its two sentences came to, in the order given."""
    while batch := list(islice(rows, BATCH)):
        read = iter(propositions([text for row in batch for text in (row.one, row.other)], embedder))
        for row in batch:
            sides = next(read), next(read)
            yield row, compare(*sides), sides


def propositions(texts: Sequence[str], embedder: Embedder) -> list[Proposition]:
    """Each text read as one claim. None may be blank."""
    distinct = list(dict.fromkeys(plain_sentence(text) for text in texts))
    claims = read_propositions(distinct)
    vectors = embedder.embed([claim.text for claim in claims], max_tokens=CLAIM_TOKENS)
    read = {text: proposition(claim, vector) for text, claim, vector in zip(distinct, claims, vectors, strict=True)}
    return [read[plain_sentence(text)] for text in texts]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(plain_sentence(value).strip())
