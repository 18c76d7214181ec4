"""A growing event: processor time of its view when one more article has come, by the steps of building it.

    python -m benchmarks.growth                                  # made up: own reports, reprints and cuts of them
    python -m benchmarks.growth --sizes 25 50 100 200 400
    python -m benchmarks.growth --articles stream.jsonl.gz       # the articles of a file, as if of one event
    python -m benchmarks.growth --bare                           # with nothing kept from one view to the next
    python -m benchmarks.growth --memory --sizes 200 1000        # memory of the event instead of times

The event is built at each size as the last articles join, with what is kept of it (`EventMemory`). Times are those of
the processor, of one thread, the mean of the last articles; the largest stands beside it. What is
published of it (changes, snapshot) stands apart.

Memory is the size of all objects that the event holds: its articles, what is kept of them, and the view that was told.
"""

import argparse
import gc
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
from rich.console import Console

from benchmarks.big_event import FACTS, MINUTES_BETWEEN, SEED, embedded_articles, like_articles
from benchmarks.machine import machine_line
from services.contracts.article import Article, Publisher
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Event, EventStatus, Membership
from services.dedupe.clustering.event_clock import event_time
from services.dedupe.clustering.records import EventRecord
from services.dedupe.event_changes.published_view import PublishedView
from services.dedupe.merging import event_view
from services.dedupe.merging.claims.claim_memory import ClaimState
from services.dedupe.merging.claims.grouping import ClaimGroups
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.figures.event_figures import EventFigures
from services.dedupe.merging.figures.figure_table import FigureTable
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.merging.origins.event_origins import EventOrigins
from services.dedupe.merging.sources.entities import EventEntities
from services.dedupe.merging.sources.resolution import EventSources
from services.local.offline import read_rows
from services.runtime.clock import SystemClock
from services.runtime.garbage import let_collector_rest

SIZES = (25, 50, 100, 200)
LAST = 5
"""Articles whose times are averaged for one size."""
OWN = 0.5
"""Share of the made-up articles that are reports of their own; the others repeat one, or the beginning of one."""
CUT = 0.5
"""Share of these that leave out the end."""

STEPS: tuple[tuple[str, Any, str], ...] = (
    ("origins", EventOrigins, "update_origins"),
    ("names", EventEntities, "update_articles"),
    ("names and sources", EventSources, "update_articles"),
    ("reports", ClaimState, "update_articles"),
    ("groups", ClaimGroups, "update_article_groups"),
    ("figures", EventFigures, "update_rows"),
    ("table", FigureTable, "update_figures"),
    ("headline", event_view, "choose_headline"),
    ("contradictions", event_view, "find_contradictions"),
)
"""Steps of building a view, and where the code that serves finds them. Reports hold the two steps before them."""


class Stopwatch:
    """Processor seconds by step, of the code that serves."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def watch(self) -> None:
        """Time each step from now on."""
        for name, place, attribute in STEPS:
            setattr(place, attribute, self._timed(name, getattr(place, attribute)))

    def _timed(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return step(*arguments, **named)
            finally:
                self.seconds[name] += time.process_time() - start

        return timed


def mixed_articles(count: int, facts: int) -> Iterator[Article]:
    """Reports of one event and, after the first, as many that repeat one of them."""
    chance = random.Random(SEED)
    own: list[Article] = []
    reports = like_articles(count, facts)
    for number in range(count):
        if not own or chance.random() < OWN:
            own.append(next(reports))
            article = own[-1]
        else:
            article = chance.choice(own)
            paragraphs = article.text.split("\n\n")
            if chance.random() < CUT:
                paragraphs = paragraphs[: chance.randint(2, len(paragraphs))]
            article = article.model_copy(update={"text": "\n\n".join(paragraphs)})
        published = own[0].fetched_at + timedelta(minutes=MINUTES_BETWEEN * number)
        yield article.model_copy(
            update={
                "article_id": f"art_{number:020}",
                "publisher": Publisher(name=f"Outlet {number}", domain=f"outlet{number}.example"),
                "published_at": published,
                "fetched_at": published,
            }
        )


def articles_of(path: str, count: int) -> list[Article]:
    """The first articles of a file, as `newsweave` reads them; of one given twice the last."""
    found: dict[str, Article] = {}
    for row in read_rows(path, SystemClock().now(), lambda _: None):
        found[row.article.article_id] = row.article
        if len(found) == count:
            break
    return list(found.values())


def members_of(embedded: Sequence[EmbeddedArticle]) -> list[Member]:
    """The articles as members of one event, in order of publication."""
    members = [
        Member("evt_growth", one, Membership(threshold=0.0, model=one.model), MemberFeatures.from_embedded(one))
        for one in embedded
    ]
    return sorted(members, key=lambda member: (event_time(member.article), member.article.article_id))


def measure(members: Sequence[Member], sizes: Sequence[int], *, bare: bool) -> None:
    """Build the view at each size as the last articles join, and print what it took by step."""
    memory = None if bare else EventMemory()
    watch = Stopwatch()
    watch.watch()
    let_collector_rest()  # as the service does
    published = PublishedView()
    for size in sizes:
        if memory is not None:
            published.replace_view(build_view(members[: size - LAST], memory))
            for member in members[: size - LAST]:
                member.pack()  # as the service does when they are saved
        gc.collect()
        watch.seconds.clear()
        took, telling, snapshot = [], [], 0
        for count in range(size - LAST + 1, size + 1):
            start = time.process_time()
            view = build_view(members[:count], memory)
            built = time.process_time()
            published.replace_view(view)
            snapshot = len(published.build_snapshot().model_dump_json())
            members[count - 1].pack()
            took.append(built - start)
            telling.append(time.process_time() - built)
        steps = ", ".join(f"{name} {1000 * watch.seconds[name] / LAST:.1f}" for name, _, _ in STEPS)
        print(
            f"{size} articles: view {1000 * statistics.mean(took):.0f} ms (most {1000 * max(took):.0f}), changes and "
            f"snapshot {1000 * statistics.mean(telling):.0f} ms, {snapshot:,} bytes; ms of the view by step: {steps}",
            flush=True,
        )


def measure_memory(texts: Sequence[str], sizes: Sequence[int]) -> None:
    """Build the event up to each size as the service does, and print what it holds. `texts`: JSON of its articles."""
    memory, members, published = EventMemory(), list[Member](), PublishedView()
    for size in sizes:
        for last in sorted({size // 2, size - 1, size}):
            members += members_of([EmbeddedArticle.model_validate_json(text) for text in texts[len(members) : last]])
            published.replace_view(build_view(members, memory))
            for member in members:
                member.pack()
        gc.collect()
        print(f"{size} articles: {_count_bytes((members, memory, published)) / size / 1000:.1f} KB an article")


def _count_bytes(root: object) -> int:
    """Bytes of all objects that can be reached, each once."""
    seen: set[int] = set()
    count, left = 0, [root]
    while left:
        one = left.pop()
        if id(one) in seen or isinstance(one, type | ModuleType | FunctionType):
            continue
        seen.add(id(one))
        count += sys.getsizeof(one)
        left.extend(gc.get_referents(one))
        if isinstance(one, np.ndarray) and one.base is not None:
            left.append(one.base)
    return count


def build_view(members: Sequence[Member], memory: EventMemory | None) -> Event:
    """The view of these articles as one event, whose version is their number."""
    record = EventRecord(
        event_id="evt_growth",
        version=len(members),
        status=EventStatus.OPEN,
        founder_id=members[0].article.article_id,
        updated_at=event_time(members[-1].article),
        active_at=None,
    )
    return build_event(record, members, memory)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="articles of the event")
    parser.add_argument("--facts", type=int, default=FACTS, help="facts in each made-up report (default: %(default)s)")
    parser.add_argument("--articles", help="JSON Lines of articles that are taken as one event")
    parser.add_argument("--bare", action="store_true", help="keep nothing from one view to the next")
    parser.add_argument("--memory", action="store_true", help="memory of the event instead of times")
    chosen = parser.parse_args(arguments)
    print(machine_line())
    most = max(chosen.sizes)
    articles = articles_of(chosen.articles, most) if chosen.articles else list(mixed_articles(most, chosen.facts))
    embedded = embedded_articles(articles, Console(stderr=True))
    claims = sum(len(one.extracted.claims) for one in embedded)
    print(f"{len(embedded)} articles with {claims / len(embedded):.1f} claims each")
    sizes = sorted(size for size in chosen.sizes if size <= len(embedded))
    if chosen.memory:
        texts = [one.model_dump_json() for one in embedded]
        del embedded
        measure_memory(texts, sizes)
    else:
        measure(members_of(embedded), sizes, bare=chosen.bare)
    print(machine_line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
