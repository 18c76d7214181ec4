"""One big event: what placing an article takes, and building the event's view, by the number of its articles.

    python -m benchmarks.big_event                              # 50, 100, 200 and 400 like articles
    python -m benchmarks.big_event --articles 3 --facts 1000    # few articles with many claims each
    python -m benchmarks.big_event --kinds 1                    # claims that all tell like things: how many died where

The articles are made up: reports of one flood, each with its own choice of facts, wording and numbers. They are
extracted and embedded as the service does, which is not measured. Times are those of the processor, of one thread.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from rich.console import Console

from benchmarks.machine import machine_line
from services.contracts.article import Article, ArticleInput, InputKind, Precision, Publisher
from services.contracts.embedded import EmbeddedArticle
from services.dedupe.claim_vectors import embed_claims
from services.dedupe.clustering.cells import VectorCells
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.shard import Shard
from services.dedupe.embed_handler import embed_articles
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.signals.background_corpus import BackgroundCorpus
from services.dedupe.signals.terms import TermStatistics
from services.extract.extraction import extract
from services.local.progress import progress

ARTICLES = (50, 100, 200, 400)
FACTS = 13
SEED = 7
EMBEDDED_AT_ONCE = 16
LAST = 20
"""Placements whose times are averaged for one number of articles."""
FIRST_DAY = datetime(2026, 3, 2, 6, tzinfo=UTC)
MINUTES_BETWEEN = 4

_PLACES = ("Ardal", "Brenna", "Colmar Ford", "Dunvik", "Eskmouth", "Farrow Bay", "Gorsley", "Hollin Cross")
_PEOPLE = (
    ("Mayor", "Ada Reyl"),
    ("Transport Minister", "Ole Brandt"),
    ("fire chief", "Maren Holt"),
    ("Prime Minister", "Ivar Solberg"),
    ("hydrologist", "Lena Krog"),
    ("rescue worker", "Tom Hadley"),
)
_SAID = ("said", "told reporters", "said on Monday", "said in a statement", "told local radio")
_QUOTATIONS, _PLAIN = 0.15, 0.2
"""Shares of the claims that are quotations, and that nobody is named for."""
_TOLD = (
    "{dead} people were killed in {place}",
    "the river {rose} after {days} days of rain",
    "at least {hurt} people were injured when the dam at {place} broke",
    "the bridge at {place} {closed} until the water falls",
    "{homes} homes were destroyed in {place} and the villages around it",
    "about {fled} people were evacuated from {place}",
    "the dam {warned} before it broke",
    "the government will pay for new homes in {place}",
    "schools in {place} {shut} for the rest of the week",
    "the army sent {troops} soldiers to {place}",
    "power was lost in {homes} houses around {place}",
    "nobody had checked the gates of the dam since {year}",
    "trains between {place} and {other} {stopped}",
    "the water in {place} would not be safe to drink for {days} days",
    "the search for {missing} missing people goes on near {place}",
    "farmers near {place} lost {animals} animals",
)
_WORDED = {
    "rose": ("rose by four metres", "climbed four metres", "had risen by four metres", "burst its banks"),
    "closed": ("will stay closed", "remains closed", "is to be shut", "would not open"),
    "warned": ("had not been repaired", "was known to leak", "had been called unsafe", "was in good order"),
    "shut": ("will stay shut", "are closed", "would not open", "remain shut"),
    "stopped": ("do not run", "were cancelled", "stopped running", "will not run this week"),
}
_NUMBERS = {
    "days": (2, 6), "dead": (11, 40), "hurt": (60, 140), "homes": (200, 900), "fled": (2_000, 6_000),
    "troops": (100, 400), "missing": (3, 30), "animals": (300, 900), "year": (1998, 2019),
}  # fmt: skip
_TAILS = (
    "although {name} had asked for {thing} weeks before",
    "because {thing} came too late",
    "and {thing} is still missing",
    "while {name} waited for {thing}",
    "after {thing} failed {often}",
    "but {thing} was found {often}",
    "where {thing} had been promised by {name}",
    "so that {thing} has to be brought by boat",
)
_THINGS = (
    "new pumps", "a second alarm", "the report on the dam", "help from the coast", "a list of the missing",
    "the money for repairs", "a temporary bridge", "drinking water", "the siren above the town", "an engineer",
    "the spare key to the gates", "a convoy of lorries", "the old map of the valley", "clean blankets",
)  # fmt: skip
_OFTEN = ("twice", "on Saturday", "in the night", "without warning", "as in 2011", "three times", "on Friday evening")
_QUOTED = (
    "We have never seen so much water in this valley and we were not prepared for it",
    "Everybody who lives below the dam must leave now and must not come back tonight",
    "The gates should have been opened on Friday, and they were not opened",
    "This dam was safe on paper, and on paper only",
    "We will rebuild every home that was lost, however long it takes",
)


def like_articles(articles: int, facts: int, *, kinds: int = len(_TOLD)) -> Iterator[Article]:
    """Reports of one event, in order of publication. `kinds`: how many kinds of facts they choose from."""
    for number in range(articles):
        chance = random.Random(f"{SEED} {number}")
        published = FIRST_DAY + timedelta(minutes=MINUTES_BETWEEN * number)
        place = chance.choice(_PLACES[:3])
        opening = (
            f"Dozens of people were killed and thousands fled when a dam above {place} broke in heavy rain on Monday."
        )
        paragraphs = [opening, *(_paragraph(chance, kinds) for _ in range(facts))]
        title = f"Dam breaks above {place}, {chance.choice(('dozens dead', 'many killed', 'thousands flee'))}"
        yield Article(
            article_id=f"art_{number:020}",
            revision=1,
            publisher=Publisher(name=f"Outlet {number}", domain=f"outlet{number}.example"),
            title=title,
            text="\n\n".join(paragraphs),
            language="en",
            published_at=published,
            published_precision=Precision.SECOND,
            fetched_at=published,
            content_hash=str(number),
            input=ArticleInput(kind=InputKind.PUSH),
        )


def embedded_articles(articles: Sequence[Article], console: Console) -> list[EmbeddedArticle]:
    """The articles with all vectors that are needed to place and to merge them."""
    embedder = load_embedder("openvino", MODEL_NAME, None, 2)
    found: list[EmbeddedArticle] = []
    with progress(console, "Extracting, embedding", total=len(articles)) as bar:
        for at in range(0, len(articles), EMBEDDED_AT_ONCE):
            part = articles[at : at + EMBEDDED_AT_ONCE]
            found += embed_claims(embed_articles(embedder, [extract(one) for one in part], shard="main"), embedder)
            bar.advance(len(part))
    return found


def new_shard() -> Shard:
    """An empty shard with what the service ships."""
    return Shard(
        Decision.load_bundled(),
        TermStatistics.load_bundled(),
        background_corpus=BackgroundCorpus.load_bundled(),
        cells=VectorCells.load_bundled(),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=list(ARTICLES), help="numbers of like articles")
    parser.add_argument("--facts", type=int, default=FACTS, help="facts in each (default: %(default)s)")
    parser.add_argument("--kinds", type=int, default=len(_TOLD), help="kinds of facts (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    console = Console(stderr=True)
    print(machine_line())
    embedded = embedded_articles(list(like_articles(max(chosen.articles), chosen.facts, kinds=chosen.kinds)), console)
    claims = sum(len(one.extracted.claims) for one in embedded)
    print(f"{len(embedded)} articles with {claims / len(embedded):.1f} claims each")
    measure(embedded, sorted(chosen.articles))
    print(machine_line())
    return 0


def measure(embedded: Sequence[EmbeddedArticle], sizes: Sequence[int]) -> None:
    """Place them all, and print what it took at each size; the largest event is built there, as one article joins."""
    shard = new_shard()
    memory = EventMemory()
    kept: dict[str, Member] = {}
    seconds: list[float] = []
    for number, one in enumerate(embedded, start=1):
        start = time.process_time()
        placement = shard.place_article(one)
        seconds.append(time.process_time() - start)
        if number + 1 in sizes:  # what is kept of the articles before the last
            _build(shard, memory, kept)
        if number in sizes:
            last = seconds[-LAST:]
            took, size = _build(shard, memory, kept)
            events = len(shard.event_ids())
            print(
                f"{number} articles ({events} events): placed in {statistics.mean(last) * 1000:.1f} ms (most "
                f"{max(last) * 1000:.1f}); built in {took:.2f} s, {size:,} bytes; last: {placement.outcome}",
                flush=True,
            )


def _build(shard: Shard, memory: EventMemory, kept: dict[str, Member]) -> tuple[float, int]:
    """Processor seconds that the view of the largest event takes, and its size in bytes."""
    event_id = max(shard.event_ids(), key=lambda one: len(shard.members(one)))
    record = shard.event_record(event_id)
    members = [
        kept.setdefault(
            one.article.article_id,
            Member(event_id, one.embedded, one.membership, MemberFeatures.from_embedded(one.embedded)),
        )
        for one in shard.members(event_id)
    ]
    start = time.process_time()
    content = build_event(record, members, memory).model_dump_json()
    return time.process_time() - start, len(content.encode())


def _paragraph(chance: random.Random, kinds: int) -> str:
    role, name = chance.choice(_PEOPLE)
    cue = chance.choice(_SAID)
    if kinds > 1 and chance.random() < _QUOTATIONS:
        return f"\u201c{chance.choice(_QUOTED)},\u201d {role} {name} said."
    fact = f"{chance.choice(_TOLD[:kinds])} {chance.choice(_TAILS)}".format(**_slots(chance))
    if chance.random() < _PLAIN:
        return f"{fact[0].upper()}{fact[1:]}."
    return f"{role[0].upper()}{role[1:]} {name} {cue} that {fact}."


def _slots(chance: random.Random) -> dict[str, str]:
    place, other = chance.sample(_PLACES, 2)
    worded = {name: chance.choice(words) for name, words in _WORDED.items()}
    numbers = {name: f"{chance.randint(*limits)}" for name, limits in _NUMBERS.items()}
    more = {"name": chance.choice(_PEOPLE)[1], "thing": chance.choice(_THINGS), "often": chance.choice(_OFTEN)}
    return {"place": place, "other": other, **worded, **numbers, **more}


if __name__ == "__main__":
    sys.exit(main())
