"""Tells in how many small sets of articles the events come out right, alone and among the other articles of a week.

    python -m lab.events.sets SETS.jsonl --among ARTICLES.jsonl.gz

Rows of SETS have `set` and `group`: articles of one group tell one event, those of two groups two. Each set is
clustered by itself, by the code of `newsweave cluster`; then once more among 1,500 articles that are laid into its
week. A set is right when each group is one event and no event holds two groups.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from services.contracts.article import Article
from services.dedupe.embedding.caching_embedder import CachingEmbedder
from services.dedupe.embedding.port import Embedder
from services.dedupe.settings import DedupeSettings
from services.local.commands.cluster import offline_embedder
from services.local.errors import UserError
from services.local.offline import read_lines, read_rows
from services.local.offline_cluster import cluster, offline_shard
from services.runtime.clock import SystemClock

AMONG = 1_500
"""Articles of other events around a set: what a week of some twenty outlets brings."""
PASSENGERS = "nl,lb,letter,blog"
_REMEMBERED = 10_000


class _Silent:
    """A bar that shows nothing: one line a set is progress enough."""

    def advance(self, steps: int = 1) -> None:
        """Show nothing."""

    def note(self, text: str) -> None:
        """Show nothing."""


@dataclass(frozen=True)
class Labelled:
    """An article and the group that it belongs to within its set."""

    article: Article
    group: str


def read_sets(source: str) -> dict[str, list[Labelled]]:
    """The rows of each set, in the order of the file.

    Raises:
        UserError: The file cannot be read, a row is no article, or it lacks `set` or `group`.
    """
    labels = {number: orjson.loads(line) for number, line in read_lines(source)}
    found: dict[str, list[Labelled]] = defaultdict(list)
    for row in read_rows(source, SystemClock().now(), _stop):
        label = labels[row.line]
        if not label.get("set") or not label.get("group"):
            raise UserError(f"{source}:{row.line}: no `set` or no `group`")
        found[str(label["set"])].append(Labelled(row.article, str(label["group"])))
    return dict(found)


def is_right(groups: Sequence[str], events: Sequence[str], passengers: frozenset[str]) -> bool:
    """Whether each group is one event, and no event holds two groups.

    Args:
        groups: Of each article.
        events: The event that each article was put in.
        passengers: Groups of round-ups and live blogs: each may stand in the event of one other group.
    """
    held: Mapping[str, set[str]] = defaultdict(set)
    spread: Mapping[str, set[str]] = defaultdict(set)
    for group, event in zip(groups, events, strict=True):
        spread[group].add(event)
        if group not in passengers:
            held[event].add(group)
    return all(len(one) == 1 for one in spread.values()) and all(len(one) == 1 for one in held.values())


def laid_into_week(articles: Sequence[Article], week_of: datetime) -> list[Article]:
    """The articles with dates moved by whole weeks, so that weekdays stay what their texts say."""
    monday = week_of - timedelta(days=week_of.weekday())
    moved = []
    for article in articles:
        assert article.published_at is not None
        weeks = (monday.date() - article.published_at.date() + timedelta(days=article.published_at.weekday())).days
        moved.append(article.model_copy(update={"published_at": article.published_at + timedelta(days=weeks)}))
    return moved


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", help="JSON Lines with `set` and `group`")
    parser.add_argument("--among", help="JSON Lines of other articles; their events do not count")
    parser.add_argument("--articles", type=int, default=AMONG, help="how many of them (default: %(default)s)")
    parser.add_argument(
        "--passengers", default=PASSENGERS, help="groups that may stand in one other event (default: %(default)s)"
    )
    arguments = parser.parse_args()
    try:
        _run(arguments)
    except UserError as error:
        sys.exit(f"{Path(sys.argv[0]).name}: {error}")


def _run(arguments: argparse.Namespace) -> None:
    sets = read_sets(arguments.sets)
    passengers = frozenset(arguments.passengers.split(","))
    embedder = CachingEmbedder(offline_embedder(DedupeSettings()), _REMEMBERED)
    others = _others(arguments.among, arguments.articles) if arguments.among else None
    right, right_among = 0, 0
    for name, rows in sets.items():
        alone = _holds(rows, [], embedder, passengers)
        among = others is not None and _holds(rows, others, embedder, passengers)
        right, right_among = right + alone, right_among + among
        verdicts = [alone] if others is None else [alone, among]
        sys.stdout.write(f"{name:<22} {'  '.join('right' if one else 'WRONG' for one in verdicts)}\n")
        sys.stdout.flush()
    sys.stdout.write(f"alone: {right} of {len(sets)} sets right\n")
    if others is not None:
        sys.stdout.write(f"among {len(others):,} other articles of the week: {right_among} of {len(sets)} right\n")


def _others(source: str, count: int) -> list[Article]:
    """Dated articles, evenly from the whole file."""
    dated = [
        row.article for row in read_rows(source, SystemClock().now(), _stop) if row.article.published_at is not None
    ]
    step = max(1, len(dated) // count)
    return dated[::step][:count]


def _holds(rows: Sequence[Labelled], others: Sequence[Article], embedder: Embedder, passengers: frozenset[str]) -> bool:
    dates = [row.article.published_at for row in rows if row.article.published_at is not None]
    around = laid_into_week(others, min(dates)) if dates else list(others)
    articles = [row.article for row in rows]
    events = cluster([*articles, *around], embedder, offline_shard(), _Silent())[: len(rows)]
    return is_right([row.group for row in rows], events, passengers)


def _stop(message: str) -> None:
    raise UserError(message)


if __name__ == "__main__":
    main()
