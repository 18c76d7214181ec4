"""Tells how many pairs of different happenings of one kind end in one event, and how many pairs of one are kept.

    python -m lab.events.similar LABELLED.jsonl.gz

Rows need `event` and a date; they are clustered by the code of `newsweave cluster`. Pairs of different happenings count
where their leads are alike (cosine above .6) and at most 7.5 days lie between them: others are never in question.
Told also for two halves of the happenings, by the hash of their label, so that one may be left untouched.
"""

import argparse
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from lab.events.pairs import REACH_DAYS
from services.dedupe.embedding.caching_embedder import CachingEmbedder
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text
from services.dedupe.settings import DedupeSettings
from services.local.commands.cluster import offline_embedder
from services.local.commands.options import progress_console
from services.local.errors import UserError
from services.local.offline import read_lines, read_rows
from services.local.offline_cluster import cluster, offline_shard
from services.local.progress import progress
from services.runtime.clock import SystemClock

ALIKE = 0.6
_DAY_SECONDS = 86_400
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Shares:
    """Of pairs. `joined`: different happenings in one event; `kept`: one happening in one event; 0 of no pairs."""

    different: int
    joined: float
    same: int
    kept: float


def shares(
    happenings: Sequence[str],
    events: Sequence[str],
    leads: NDArray[np.float32],
    days: NDArray[np.float64],
    counted: NDArray[np.bool_],
) -> Shares:
    """How pairs of articles came out.

    Args:
        happenings: What each article tells of.
        events: The event that it was put in.
        leads: Its unit vectors, (n, dimensions).
        days: Of its publication.
        counted: Whether pairs count that begin with it.
    """
    told, found = np.unique(happenings, return_inverse=True)[1], np.unique(events, return_inverse=True)[1]
    first, second = np.triu_indices(len(told), 1)
    first, second = first[counted[first]], second[counted[first]]
    same, together = told[first] == told[second], found[first] == found[second]
    alike = (leads @ leads.T)[first, second] > ALIKE
    different = ~same & alike & (np.abs(days[first] - days[second]) <= REACH_DAYS)
    return Shares(int(different.sum()), _share(together[different]), int(same.sum()), _share(together[same]))


def half_of(happening: str) -> int:
    """Which of two halves a happening is in."""
    return zlib.crc32(happening.encode()) % 2


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", help="JSON Lines with `event` and dates")
    arguments = parser.parse_args()
    try:
        _run(arguments.labelled)
    except UserError as error:
        sys.exit(f"{Path(sys.argv[0]).name}: {error}")


def _run(source: str) -> None:
    labels = {number: orjson.loads(line) for number, line in read_lines(source)}
    rows = [row for row in read_rows(source, SystemClock().now(), _stop) if row.article.published_at is not None]
    articles = [row.article for row in rows]
    happenings = [str(labels[row.line]["event"]) for row in rows]
    embedder = CachingEmbedder(offline_embedder(DedupeSettings()), _REMEMBERED)
    with progress(progress_console(), "Placing", total=len(rows)) as bar:
        events = cluster(articles, embedder, offline_shard(), bar)
    leads = embedder.embed([build_lead_text(each.title, each.text) for each in articles], max_tokens=LEAD_TOKENS)
    days = np.array([each.published_at.timestamp() / _DAY_SECONDS for each in articles if each.published_at])
    halves = np.array([half_of(happening) for happening in happenings])
    for name, counted in (("all", halves >= 0), ("half 0", halves == 0), ("half 1", halves == 1)):
        found = shares(happenings, events, leads, days, counted)
        sys.stdout.write(
            f"{name:<7} different, alike: {found.joined:.3f} of {found.different:,} pairs joined; "
            f"same: {found.kept:.3f} of {found.same:,} kept\n"
        )


def _share(values: NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else 0.0


def _stop(message: str) -> None:
    raise UserError(message)


if __name__ == "__main__":
    main()
