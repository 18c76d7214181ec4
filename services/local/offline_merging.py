"""`newsweave merge` and `newsweave evaluate merging`: what the service makes of two sentences of two outlets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

import orjson

from services.contracts.article import Article, Publisher
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Event
from services.dedupe.claim_vectors import embed_claims
from services.dedupe.embedding.port import Embedder
from services.ingest.build import first_revision
from services.ingest.submission import Submission
from services.local.offline import read_lines
from services.local.offline_view import embed_in_portions, merged_view
from services.local.sentences import plain_sentence

BATCH = 256
"""Pairs read together: enough to keep the embedder busy, few enough for a bar that moves."""
_ARRIVAL = datetime(2000, 1, 1, tzinfo=UTC)
"""Of both articles, which are undated: nothing is known of the day of a sentence."""
_OUTLETS = ("a", "b")


class Decision(StrEnum):
    """What two sentences come to."""

    MERGE = "merge"
    """All claims of one of them are merged with claims of the other."""
    CONTRADICT = "contradict"
    """Their event tells a contradiction between them, whatever else they have in common."""
    DIFFERENT = "different"
    """Neither."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, with reasons for people."""

    decision: Decision
    reasons: tuple[str, ...]


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


def decide_pairs(rows: Iterator[PairRow], embedder: Embedder) -> Iterator[tuple[PairRow, Decided]]:
    """Each row with what the service makes of its two sentences, in the order given."""
    while batch := list(islice(rows, BATCH)):
        texts = [plain_sentence(text) for row in batch for text in (row.one, row.other)]
        articles = [article_of(text, _OUTLETS[at % 2]) for at, text in enumerate(texts)]
        embedded = iter(embed_claims(embed_in_portions(articles, embedder, every_sentence=True), embedder))
        for row in batch:
            yield row, decide(next(embedded), next(embedded), embedder)


def decide(one: EmbeddedArticle, other: EmbeddedArticle, embedder: Embedder) -> Decided:
    """What an event of two articles says of them."""
    event = merged_view([one, other], embedder)
    ids = {each.extracted.article.article_id for each in (one, other)}
    makers = [{support.article_id for support in claim.supports} for claim in event.claims]
    shared = [f"one claim: {claim.text.strip()}" for claim, by in zip(event.claims, makers, strict=True) if by == ids]
    against = _contradictions(event, ids)
    if against:
        return Decided(Decision.CONTRADICT, (*against, *shared))
    if not shared:
        return Decided(Decision.DIFFERENT, ("no claim in common",))
    if ids <= set().union(*(by for by in makers if by != ids)):
        return Decided(Decision.DIFFERENT, (*shared, "each also says what the other does not"))
    return Decided(Decision.MERGE, tuple(shared))


def _contradictions(event: Event, ids: set[str]) -> tuple[str, ...]:
    """Explanations of the contradictions in which both articles take a side."""
    return tuple(
        f"{each.kind.value}: {each.explanation}"
        for each in event.contradictions
        if {passage.article_id for position in each.positions for passage in position.passages} == ids
    )


def article_of(text: str, outlet: str = "a") -> Article:
    """A sentence as the undated article of an outlet.

    It is in English and a plain report: a sentence is too short to tell. All of it is text, for it is no page.
    """
    submission = Submission(text=text, publisher=Publisher(name=outlet), language="en")
    article = first_revision(submission, fetched_at=_ARRIVAL)
    return article.model_copy(update={"article_id": f"art_{outlet}", "text": text, "text_kind": None})


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(plain_sentence(value).strip())
