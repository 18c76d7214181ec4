"""Streams of `event.placed.v1` for property tests: events are founded, joined, left, revised, merged and closed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from services.contracts.claim import ClaimKind, ExtractedArticle
from services.contracts.event import EventStatus, Membership
from services.contracts.placed import EventPlaced, PlacedArticle
from services.contracts.quantity import Bound
from services.contracts.topics import EVENT_PLACED
from services.dedupe.embedding.vectors import encode_vector
from services.runtime.messages import Message
from tests.support.dedupe_articles import DAY_ONE, direction, make_article, make_claim

SAID = (
    "The bow door was not fully closed when the ship left the quay",
    "We have never seen so much water in this valley before",
    "The gates should have been opened on Friday and they were not",
)
TOLD = (
    "Rescuers found 12 dead in the lower hold",
    "Rescuers found 15 dead in the lower hold",
    "The harbour master denied that the ship had been overloaded",
    "The harbour master said that the ship had been overloaded",
)
MOST_PER_MESSAGE = 2
"""Articles that join in one message of these streams."""


def placed_article(number: int, revision: int = 1) -> PlacedArticle:
    """An article with three claims; the same number gives the same article."""
    chance = random.Random(f"{number} {revision}")
    said, told, other = chance.choice(SAID), *chance.sample(TOLD, 2)
    text = f'{told}. "{said}," said Ada Lind on day {number}, revision {revision}. {other}, it was heard.'
    article = make_article(f"outlet{number}", text, title=f"Ferry sinks {number}", days=number / 10, revision=revision)
    claims = [make_claim(article, said, kind=ClaimKind.QUOTATION, speaker="Ada Lind")]
    for sentence in (told, other):
        figures = [(word, float(word), "dead", Bound.EXACT) for word in ("12", "15") if word in sentence]
        claims.append(make_claim(article, sentence, figures=figures))
    return PlacedArticle(
        extracted=ExtractedArticle(article=article, claims=tuple(claims), extractor="test"),
        model="test@1",
        lead_vector=encode_vector(direction(number)),
        membership=Membership(threshold=0.4, model="test"),
    )


def id_of(number: int) -> str:
    """Of the article with that number."""
    return make_article(f"outlet{number}", "Any text.").article_id


@dataclass
class _Open:
    event_id: str
    founder: int
    version: int = 0
    numbers: set[int] = field(default_factory=set)


class Placements:
    """Plays the assign stage: each step gives the messages that it would publish."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._numbers = count()
        self._revisions: dict[int, int] = {}
        self._events: list[_Open] = []

    def steps(self, number: int) -> Iterator[list[EventPlaced]]:
        """That many changes at random."""
        for _ in range(number):
            yield list(self._step())

    def _step(self) -> Iterator[EventPlaced]:
        kind = self._chance.choice(("found", "join", "join", "join", "revise", "move", "merge", "close"))
        several = len(self._events) > 1
        if kind == "found" or not self._events:
            yield from self.found()
        elif kind == "join":
            yield from self.join(self._any())
        elif kind == "revise":
            event = self._any()
            number = self._chance.choice(sorted(event.numbers))
            self._revisions[number] += 1
            yield from self._messages(event, joined=[number])
        elif kind == "move" and several:
            yield from self._move(*self._chance.sample(self._events, 2))
        elif kind == "merge" and several:
            yield from self.merge(*self._chance.sample(self._events, 2))
        elif kind == "close" and several:
            yield from self.close(self._any())

    def found(self) -> Iterator[EventPlaced]:
        """A new event with a new article."""
        number = self._new()
        event = _Open(f"evt_{id_of(number)[4:]}", number)
        self._events.append(event)
        event.numbers.add(number)
        yield from self._messages(event, joined=[number])

    def join(self, event: _Open | None = None) -> Iterator[EventPlaced]:
        """A new article in an event; None: in the first one."""
        event = event or self._events[0]
        number = self._new()
        event.numbers.add(number)
        yield from self._messages(event, joined=[number])

    def close(self, event: _Open | None = None) -> Iterator[EventPlaced]:
        """The end of an event; None: of the first one."""
        event = event or self._events[0]
        self._events.remove(event)
        yield from self._messages(event, status=EventStatus.CLOSED)

    def merge(self, source: _Open, target: _Open) -> Iterator[EventPlaced]:
        """One event taken up by another."""
        moved, source.numbers = sorted(source.numbers), set()
        self._events.remove(source)
        yield from self._messages(source, left=moved, status=EventStatus.MERGED, into=target.event_id)
        target.numbers.update(moved)
        yield from self._messages(target, joined=moved)

    def _move(self, source: _Open, target: _Open) -> Iterator[EventPlaced]:
        others = sorted(source.numbers - {source.founder})
        if not others:
            return
        number = self._chance.choice(others)
        source.numbers.remove(number)
        yield from self._messages(source, left=[number])
        target.numbers.add(number)
        yield from self._messages(target, joined=[number])

    def _any(self) -> _Open:
        return self._chance.choice(self._events)

    def _new(self) -> int:
        number = next(self._numbers)
        self._revisions[number] = 1
        return number

    def _messages(
        self,
        event: _Open,
        *,
        joined: Sequence[int] = (),
        left: Sequence[int] = (),
        status: EventStatus = EventStatus.OPEN,
        into: str | None = None,
    ) -> Iterator[EventPlaced]:
        event.version += 1
        parts = [joined[at : at + MOST_PER_MESSAGE] for at in range(0, len(joined), MOST_PER_MESSAGE)] or [()]
        for at, part in enumerate(parts):
            yield EventPlaced(
                event_id=event.event_id,
                shard="main",
                version=event.version,
                status=status,
                merged_into=into,
                founder_id=id_of(event.founder),
                updated_at=DAY_ONE,
                joined=tuple(placed_article(number, self._revisions[number]) for number in part),
                left=tuple(map(id_of, left)),
                members=len(event.numbers),
                complete=at == len(parts) - 1,
            )


def some_placements(seed: int, steps: int = 25) -> list[EventPlaced]:
    """Messages as the assign stage publishes them, some of them twice: as after a crash of it."""
    chance = random.Random(seed)
    published: list[list[EventPlaced]] = []
    for step in Placements(chance).steps(steps):
        if published and chance.random() < 0.15:
            published += published[-chance.randrange(1, 4) :]
        published.append(step)
    return [placed for step in published for placed in step]


def placed_message(placed: EventPlaced, offset: int, partition: int = 0) -> Message[EventPlaced]:
    """As the consumer gives it."""
    trace = f"00-{offset + 1:032x}-{partition + 1:016x}-01"
    return Message(EVENT_PLACED.name, partition, offset, placed.event_id, placed, trace)
