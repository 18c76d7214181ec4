"""Tells which reports of one claim count as independent, and how many of those rest on one text by given labels.

    python -m lab.corroboration ARTICLES.jsonl.gz --out pairs.jsonl
    python -m lab.corroboration ARTICLES.jsonl.gz --labels labels.jsonl

Rows of ARTICLES have `event`, or `--events` names what `newsweave cluster` wrote for them. Each event is merged by the
code that serves. The first form writes every two reports of one claim by two articles, with both sentences, whether
they count as two origins, and what their articles tell in the same words: to be labelled. The second reads labels,
rows of `claim_a`, `claim_b`, `a`, `b` (ids of the articles), `label` and `weight` (how many pairs of the listing it
stands for, default 1): `one` (text), `cites` (the other), `third` (both cite a third text), `independent`.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import orjson

from services.contracts.article import Article
from services.contracts.event import Event, EventStatus, Membership
from services.contracts.event_claims import Support
from services.dedupe.claim_vectors import build_view
from services.dedupe.clustering.records import EventRecord
from services.dedupe.embed_handler import embed_articles
from services.dedupe.embedding.port import Embedder
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.merging.origins.shared_text import NarrationOverlaps
from services.dedupe.settings import DedupeSettings
from services.extract.extraction import extract
from services.local.commands.cluster import offline_embedder
from services.local.errors import UserError
from services.local.offline import read_lines, read_rows, row_writer
from services.runtime.clock import SystemClock

LABELS = ("one", "cites", "third", "independent")
AROUND = 200
"""Characters before and after a claim that a reader is shown."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ReportPair:
    """Two reports of one claim.

    Attributes:
        event: The event.
        merged: Id of the merged claim.
        a, b: Ids of the articles, as given.
        claim_a, claim_b: Ids of their claims.
        two: Whether they count as two origins.
        share, words: See `Overlap`.
        text_a, text_b: The claims with what stands around them.
    """

    event: str
    merged: str
    a: str
    b: str
    claim_a: str
    claim_b: str
    two: bool
    share: float
    words: int
    text_a: str
    text_b: str

    @property
    def key(self) -> tuple[str, ...]:
        """By what it is found again."""
        return tuple(sorted((self.claim_a, self.claim_b)))


def report_pairs(event_id: str, articles: Mapping[str, Article], embedder: Embedder) -> Iterator[ReportPair]:
    """Every two reports of one claim by two articles of an event.

    Args:
        event_id: The event.
        articles: Its articles, by the ids that they were given with.
        embedder: Turns leads and claims into vectors.
    """
    embedded = embed_articles(embedder, [extract(article) for article in articles.values()], shard="main")
    membership = Membership(threshold=0.5, model="given")
    members = [Member(event_id, one, membership, MemberFeatures.from_embedded(one)) for one in embedded]
    event = _merge(event_id, members, embedder)
    given = {article.article_id: identity for identity, article in articles.items()}
    texts = {member.article.article_id: member.article.text for member in members}
    compared = NarrationOverlaps({member.article.article_id: member.derived for member in members})
    for claim in event.claims:
        for one, other in combinations(claim.supports, 2):
            if one.article_id != other.article_id:
                shared = compared.find_overlap(one.article_id, other.article_id)
                yield ReportPair(
                    event=event_id,
                    merged=claim.claim_id,
                    a=given[one.article_id],
                    b=given[other.article_id],
                    claim_a=one.claim_id,
                    claim_b=other.claim_id,
                    two=one.origin_id != other.origin_id,
                    share=round(shared.share, 3),
                    words=shared.words,
                    text_a=_shown(texts[one.article_id], one),
                    text_b=_shown(texts[other.article_id], other),
                )


def figures(pairs: Iterable[ReportPair], labels: Sequence[Mapping[str, Any]]) -> str:
    """What the pairs that count as two origins rest on, by the labels, each with its weight."""
    counted = {pair.key: pair.two for pair in pairs}
    labelled: dict[str, float] = dict.fromkeys(LABELS, 0.0)
    two = dict(labelled)
    gone = 0
    for row in labels:
        counts = counted.get(tuple(sorted((row["claim_a"], row["claim_b"]))))
        if counts is None:
            gone += 1
            continue
        weight = float(row.get("weight", 1))
        labelled[row["label"]] += weight
        two[row["label"]] += weight if counts else 0.0
    total = sum(two.values())
    lines = [f"{len(labels) - gone} labelled pairs, {gone} not found"]
    lines += [f"{name:<12} {two[name] / total:7.2%} of those with two origins" for name in LABELS if total]
    if labelled["independent"]:
        lines.append(f"independent pairs that count as two: {two['independent'] / labelled['independent']:.1%}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="JSON Lines of articles")
    parser.add_argument("--events", help="JSON Lines of `id` and `event_id`, for rows without `event`")
    parser.add_argument("--out", help="where to write the pairs")
    parser.add_argument("--labels", help="JSON Lines of labelled pairs")
    arguments = parser.parse_args()
    if not (arguments.out or arguments.labels):
        parser.error("name --out, --labels or both")
    try:
        _run(arguments)
    except UserError as error:
        sys.exit(f"{Path(sys.argv[0]).name}: {error}")


def _run(arguments: argparse.Namespace) -> None:
    labels = [orjson.loads(line) for _, line in read_lines(arguments.labels)] if arguments.labels else []
    wanted = {str(row[side]) for row in labels for side in ("a", "b")}
    events = _events(arguments.articles, arguments.events)
    if wanted:
        events = {event: articles for event, articles in events.items() if articles.keys() & wanted}
    embedder = offline_embedder(DedupeSettings())
    pairs = [pair for event, articles in events.items() for pair in report_pairs(event, articles, embedder)]
    if arguments.out:
        with row_writer(arguments.out, arguments.articles) as write:
            for pair in pairs:
                write(asdict(pair))
    if labels:
        sys.stdout.write(figures(pairs, labels))


def _events(source: str, clustered: str | None) -> dict[str, dict[str, Article]]:
    """The articles of each event of two or more, by their ids as given."""
    told = {str(row["id"]): str(row["event_id"]) for row in _rows(clustered)} if clustered else {}
    event_of = told or {str(row["id"]): str(row["event"]) for row in _rows(source) if row.get("event")}
    sizes = Counter(event_of.values())
    wanted = {identity for identity, event in event_of.items() if sizes[event] > 1}
    found: dict[str, dict[str, Article]] = defaultdict(dict)
    for row in read_rows(source, SystemClock().now(), _stop, wanted):
        found[event_of[str(row.identity)]][str(row.identity)] = row.article
    return dict(sorted(found.items()))


def _rows(source: str) -> Iterator[dict[str, Any]]:
    return (orjson.loads(line) for _, line in read_lines(source))


def _merge(event_id: str, members: Sequence[Member], embedder: Embedder) -> Event:
    record = EventRecord(
        event_id=event_id,
        version=1,
        status=EventStatus.OPEN,
        founder_id=members[0].article.article_id,
        updated_at=_LONG_AGO,
        active_at=_LONG_AGO,
    )
    return build_view(record, members, embedder)


def _shown(text: str, support: Support) -> str:
    start, end = max(0, support.span.start - AROUND), support.span.end + AROUND
    return f"{text[start : support.span.start]}[[{support.text}]]{text[support.span.end : end]}"


def _stop(message: str) -> None:
    raise UserError(message)


if __name__ == "__main__":
    main()
