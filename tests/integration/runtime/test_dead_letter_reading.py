"""Following dead letters, on every broker that we support."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED, CLAIMS_EXTRACTED
from services.runtime.dead_letter_reading import DeadLetter, Offsets, follow_dead_letters
from services.runtime.errors import TransientError
from services.runtime.messages import Message, Rejection, Result
from tests.support.polling import eventually
from tests.support.rig import Rig

TOPICS = [ARTICLE_INGESTED.dead_letters("extract"), CLAIMS_EXTRACTED.dead_letters("api")]


class RefusesAll:
    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        return Result(rejected=[Rejection(each, "the text has no sentence") for each in messages])


class Notes:
    """Keeps letters with offsets; can be told to fail."""

    def __init__(self) -> None:
        self.letters: list[DeadLetter] = []
        self.offsets: dict[str, int] = {}
        self.failures = 0

    async def take_up(self) -> Offsets:
        return self.offsets

    async def note(self, letters: Sequence[DeadLetter], offsets: Offsets) -> None:
        if self.failures:
            self.failures -= 1
            raise TransientError("no Redis")
        self.letters += letters
        self.offsets |= offsets


@asynccontextmanager
async def following(rig: Rig, notes: Notes) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    task = asyncio.create_task(
        follow_dead_letters(rig.settings, TOPICS, take_up=notes.take_up, note=notes.note, stopping=stopping)
    )
    try:
        yield
    finally:
        stopping.set()
        await task


async def test_a_letter_tells_its_article_its_reason_and_its_time(rig: Rig) -> None:
    notes = Notes()
    async with following(rig, notes), rig.consuming(RefusesAll()):
        await rig.publish(1)
        await eventually(lambda: notes.letters)
    (letter,) = notes.letters
    assert (letter.article_id, letter.service, letter.topic) == ("art_1", "extract", "article.ingested.v1")
    assert letter.reason == "the text has no sentence"
    assert abs(letter.at - datetime.now(UTC)) < timedelta(minutes=1)


async def test_garbage_is_no_letter_about_an_article_and_does_not_stop_the_reader(rig: Rig) -> None:
    topic = rig.settings.topic_prefix + TOPICS[1]
    nested = b'{"article": {"article_id": "art_2"}}'
    values = [b"\xff", None, b"[]", b'{"article_id": 7}', b'{"article": "art_1"}', b"null", nested]
    await rig.producer.send([(topic, b"main", value, []) for value in values])
    await rig.producer.send([(topic, b"art_3", None, []), (topic, None, b"x", [("dlq_reason", None)])])
    notes = Notes()
    async with following(rig, notes):
        await eventually(lambda: len(notes.letters) == len(values) + 2)
    assert [letter.article_id for letter in notes.letters] == [*[None] * 6, "art_2", "art_3", None]


async def test_a_reader_goes_on_where_it_was(rig: Rig) -> None:
    topic, notes = rig.settings.topic_prefix + TOPICS[0], Notes()
    for number, key in enumerate((b"art_1", b"art_2"), start=1):
        await rig.producer.send([(topic, key, None, [])])
        async with following(rig, notes):
            await eventually(lambda: sum(notes.offsets.values()) == number)  # noqa: B023 - awaited here
    assert [letter.article_id for letter in notes.letters] == ["art_1", "art_2"]


async def test_a_store_that_is_away_is_waited_for(rig: Rig) -> None:
    notes = Notes()
    notes.failures = 1
    await rig.producer.send([(rig.settings.topic_prefix + TOPICS[0], b"art_1", None, [])])
    async with following(rig, notes):
        await eventually(lambda: notes.letters)
    assert [letter.article_id for letter in notes.letters] == ["art_1"]
