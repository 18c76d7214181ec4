"""Whether a search for a name with one letter wrong finds an event that has the name among the first five.

    python -m benchmarks.typos                              # names of 3,000 made-up events, and of the samples
    python -m benchmarks.typos ARTICLES.jsonl.gz --articles 300     # also of articles (rows with title, text, event)

In each name one word of five letters or more gets a letter left out, put in, changed or swapped with its neighbour. The
whole name is searched, and the one word alone.
"""

import argparse
import asyncio
import gzip
import random
import string
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import orjson

from benchmarks.machine import machine_line
from benchmarks.made_events import made_event
from services.api.filters.event_filter import EventFilter
from services.api.filters.facts import EventNames
from services.api.filters.words import fold_name
from services.api.search.event_search import EventRequest
from services.api.search.index_row import unpack_row
from services.api.search.index_writer import Entry
from services.api.search.list_cursors import Sort
from services.api.search.row_making import pack_event
from services.api.search.search_index import SearchIndex
from services.api.summaries import summarise
from services.contracts.article import Article, ArticleInput, InputKind
from services.contracts.claim import ExtractedArticle
from services.contracts.event import Counts, EntityVariant, Event, EventEntity
from services.contracts.event_claims import MergedClaim, Support
from services.extract.extraction import extract

MADE, TRIES, SEED = 3_000, 1_000, 3
SHORTEST = 5
"""Letters of the word that gets a typo."""
FIRST = 5
DAY = datetime(2026, 3, 3, tzinfo=UTC)
SAMPLES = Path(__file__).parent.parent / "samples"


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a file of JSON lines, packed or not."""
    content = path.read_bytes()
    yield from map(orjson.loads, (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines())


def events_of(rows: Iterable[dict[str, str]]) -> Iterator[Event]:
    """Events of articles with the same label, unmerged: names and claims as extract finds them."""
    labelled: dict[str, list[ExtractedArticle]] = defaultdict(list)
    for number, row in enumerate(rows):
        article = Article(
            article_id=f"art_{number}",
            revision=1,
            title=row.get("title"),
            text=row["text"],
            language="en",
            published_at=DAY,
            fetched_at=DAY,
            content_hash="",
            input=ArticleInput(kind=InputKind.FILE),
        )
        labelled[str(row.get("event", number))].append(extract(article))
    for label, articles in labelled.items():
        yield _event(label, articles)


def _event(label: str, articles: Sequence[ExtractedArticle]) -> Event:
    names = {name.key: name for one in articles for name in one.names}
    entities = tuple(
        EventEntity(
            name=name.name,
            type=name.type,
            variants=tuple(EntityVariant(surface=form.surface, article_ids=()) for form in name.forms),
        )
        for name in names.values()
    )
    claims = tuple(
        MergedClaim(
            claim_id=claim.claim_id,
            kind=claim.kind,
            text=claim.text,
            speaker=claim.speaker,
            supports=(
                Support(
                    article_id=one.article.article_id,
                    publisher=one.article.publisher,
                    origin_id=one.article.article_id,
                    claim_id=claim.claim_id,
                    span=claim.span,
                    text=claim.text,
                ),
            ),
            origins=1,
        )
        for one in articles
        for claim in one.claims
    )
    return Event(
        event_id=f"evt_{label}",
        version=1,
        headline=articles[0].article.title or "",
        language="en",
        updated_at=DAY,
        counts=Counts(articles=len(articles), publishers=1, origins=1),
        entities=entities,
        claims=claims,
    )


def with_typo(chance: random.Random, word: str) -> str:
    """The word with one letter wrong."""
    at = chance.randrange(len(word) - 1)
    letter = chance.choice([each for each in string.ascii_lowercase if each != word[at].lower()])
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


async def share_found(events: Sequence[Event], folder: Path) -> tuple[int, float, float]:
    """How many names were tried, and the shares that were found by the whole name, and by the one word alone."""
    index = SearchIndex(folder)
    having: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    entries = []
    for event in events:
        packed = pack_event(event)
        row = unpack_row(packed)
        assert row is not None
        entries.append(Entry(row, packed, summarise(event).model_dump_json().encode()))
        for name in EventNames.of(event).entities:
            names.setdefault(fold_name(name), name)
            for word in (fold_name(name), *fold_name(name).split()):
                having[word].add(event.event_id)
    await index.add(entries)
    await index.finish("0-0", "")
    chance = random.Random(SEED)
    fit = [name for name in names.values() if any(len(word) >= SHORTEST and word.isalpha() for word in name.split())]
    tried = chance.sample(fit, min(TRIES, len(fit)))
    by_name = by_word = 0
    for name in tried:
        words = name.split()
        at = chance.choice([at for at, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()])
        wrong = with_typo(chance, words[at])
        whole = " ".join((*words[:at], wrong, *words[at + 1 :]))
        by_name += bool(await _first(index, whole) & having[fold_name(name)])
        by_word += bool(await _first(index, wrong) & having[fold_name(words[at])])
    index.close()
    return len(tried), by_name / len(tried), by_word / len(tried)


async def _first(index: SearchIndex, query: str) -> set[str]:
    found = await index.events(EventRequest(EventFilter(q=(query,)), Sort.RELEVANCE, limit=FIRST))
    return {str(orjson.loads(one.summary)["event_id"]) for one in found.events}


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, help="articles: rows with title, text and event")
    parser.add_argument("--articles", type=int, default=300, help="of the file (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    print(machine_line())
    samples = [
        {**row, "event": path.stem}
        for path in sorted(SAMPLES.glob("*.jsonl"))
        for row in read_rows(path)
        if "text" in row
    ]
    sets = {"made up": [made_event(number) for number in range(MADE)], "samples": list(events_of(samples))}
    if chosen.file is not None:
        rows = [row for row, _ in zip(read_rows(chosen.file), range(chosen.articles), strict=False)]
        sets[chosen.file.name] = list(events_of(rows))
    for label, events in sets.items():
        with tempfile.TemporaryDirectory() as folder:
            tried, by_name, by_word = asyncio.run(share_found(events, Path(folder)))
        print(f"{label}: {len(events):,} events, {tried:,} names: {by_name:.3f} by the name, {by_word:.3f} by one word")
    return 0


if __name__ == "__main__":
    sys.exit(main())
