"""What every handler may rely on, on every broker that we support."""

import asyncio
from collections.abc import Sequence

import pytest
from aiokafka import AIOKafkaProducer, ConsumerRecord

from services.contracts import dead_letter
from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED, CLAIMS_EXTRACTED, MAX_MESSAGE_BYTES
from services.runtime.consumer import Consumer
from services.runtime.errors import TooManyFailures, TransientError
from services.runtime.kafka_client import group_member
from services.runtime.messages import Message, Rejection, Result
from tests.support.polling import eventually, eventually_async
from tests.support.rig import Rig, ingested

DEAD_LETTERS = ARTICLE_INGESTED.dead_letters("extract")


class Recorder:
    """A handler that notes what it is given, and can be told to refuse, fail or wait."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.refuse: set[str] = set()
        self.failures = 0
        self.gate: asyncio.Event | None = None
        self.entered = asyncio.Event()

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        self.entered.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.failures > 0:
            self.failures -= 1
            raise TransientError("the model is not there yet")
        self.seen += [message.key for message in messages]
        return Result(rejected=[Rejection(each, "refused") for each in messages if each.key in self.refuse])


async def test_a_message_arrives_as_it_was_published_with_its_cloudevents_headers(rig: Rig) -> None:
    await rig.publish(7)
    (record,) = await rig.records(ARTICLE_INGESTED.name)
    headers = dict(record.headers)
    assert Article.model_validate_json(record.value).article_id == "art_7"
    assert record.key == b"art_7"
    assert headers["ce_type"] == b"article.ingested.v1"
    assert headers["ce_id"] == b"art_7:1"
    assert headers["ce_source"] == b"newsweave/extract"
    assert headers["ce_time"] == b"2026-03-01T12:00:00Z"


async def test_garbage_ends_in_the_dead_letters_with_its_reason_and_the_rest_goes_on(rig: Rig) -> None:
    recorder = Recorder()
    topic = rig.settings.topic_prefix + ARTICLE_INGESTED.name
    await rig.producer.send([(topic, b"k", b"\xff\x00 not json", [("traceparent", b"00-1-2-3")])])
    await rig.publish(1)
    async with rig.consuming(recorder):
        await eventually(lambda: recorder.seen == ["art_1"])
        (letter,) = await eventually_async(lambda: rig.records(DEAD_LETTERS))
    headers = dict(letter.headers)
    assert (letter.key, letter.value) == (b"k", b"\xff\x00 not json")
    assert headers["traceparent"] == b"00-1-2-3"
    assert b"not a valid Article" in headers[dead_letter.REASON]
    assert headers[dead_letter.SERVICE] == b"extract"
    assert headers[dead_letter.ORIGIN_TOPIC] == topic.encode()
    assert int(headers[dead_letter.ORIGIN_PARTITION]) in range(3)
    assert headers[dead_letter.ORIGIN_OFFSET] == b"0"


async def test_what_a_handler_refuses_ends_in_the_dead_letters_and_is_not_handed_over_again(rig: Rig) -> None:
    recorder = Recorder()
    recorder.refuse = {"art_2"}
    await rig.publish(1, 2, 3)
    async with rig.consuming(recorder):
        await eventually(lambda: len(recorder.seen) == 3)
        (letter,) = await eventually_async(lambda: rig.records(DEAD_LETTERS))
    assert dict(letter.headers)[dead_letter.REASON] == b"refused"
    again = Recorder()
    async with rig.consuming(again):
        await rig.publish(4)
        await eventually(lambda: again.seen)
    assert again.seen == ["art_4"]


async def test_a_stop_finishes_and_commits_the_batch_in_hand(rig: Rig) -> None:
    first = Recorder()
    first.gate = asyncio.Event()
    await rig.publish(1, 2, 3)
    async with rig.consuming(first):
        await eventually(first.entered.is_set)
        asyncio.get_running_loop().call_later(0.2, first.gate.set)  # the stop comes before the batch is through
    done = set(first.seen)
    second = Recorder()
    async with rig.consuming(second):
        await rig.publish(4)
        await eventually(lambda: "art_4" in second.seen)
    assert done
    assert not done & set(second.seen)
    assert done | set(second.seen) == {"art_1", "art_2", "art_3", "art_4"}


async def test_a_transient_failure_is_tried_again_until_it_passes(rig: Rig) -> None:
    recorder = Recorder()
    recorder.failures = 2
    await rig.publish(1)
    async with rig.consuming(recorder):
        await eventually(lambda: recorder.seen == ["art_1"])


async def test_a_failure_that_lasts_stops_the_consumer_without_committing(rig: Rig) -> None:
    rig.settings = rig.settings.model_copy(update={"retry_seconds": 0.5})
    recorder = Recorder()
    recorder.failures = 1_000
    await rig.publish(1)
    async with rig.consuming(recorder) as task:
        await eventually(task.done)
    with pytest.raises(TransientError):
        task.result()
    again = Recorder()
    async with rig.consuming(again):
        await eventually(lambda: again.seen == ["art_1"])


async def test_an_unknown_error_stops_the_consumer_loudly_and_loses_nothing(rig: Rig) -> None:
    class Broken:
        async def handle(self, messages: Sequence[Message[Article]]) -> Result:
            raise KeyError(messages[0].key)

    await rig.publish(1)
    async with rig.consuming(Broken()) as task:
        await eventually(task.done)
    with pytest.raises(KeyError):
        task.result()
    again = Recorder()
    async with rig.consuming(again):
        await eventually(lambda: again.seen == ["art_1"])


async def test_a_service_that_refuses_nearly_everything_stops_before_all_become_dead_letters(rig: Rig) -> None:
    rig.settings = rig.settings.model_copy(
        update={"failure_minimum_messages": 10, "failure_window_messages": 20, "max_batch_messages": 5}
    )
    recorder = Recorder()
    recorder.refuse = {f"art_{number}" for number in range(100)}
    await rig.publish(*range(100))
    async with rig.consuming(recorder) as task:
        await eventually(task.done)
    with pytest.raises(TooManyFailures, match="before the rest become dead letters"):
        task.result()
    assert len(await rig.records(DEAD_LETTERS)) < 50


async def test_a_run_of_garbage_becomes_one_dead_letter_each_and_what_is_behind_it_is_handled(rig: Rig) -> None:
    topic = rig.settings.topic_prefix + ARTICLE_INGESTED.name
    await rig.producer.send([(topic, b"k%d" % number, b"garbage", ()) for number in range(180)])
    await rig.publish(1, 2, 3)
    recorder = Recorder()
    async with rig.consuming(recorder) as task:
        await eventually(lambda: len(recorder.seen) == 3)
        letters = await eventually_async(lambda: all_letters(rig, 180))
        assert not task.done()
    assert sorted(letter.key for letter in letters) == sorted(b"k%d" % number for number in range(180))


async def all_letters(rig: Rig, number: int) -> list[ConsumerRecord]:
    """The dead letters, as soon as there are so many."""
    letters = await rig.records(DEAD_LETTERS)
    return letters if len(letters) >= number else []


async def test_partitions_move_to_a_second_consumer_and_back_with_nothing_lost(rig: Rig) -> None:
    first, second = Recorder(), Recorder()
    published = 40

    async def second_has_its_share() -> bool:
        nonlocal published
        await rig.publish(published)
        published += 1
        return bool(second.seen)

    def all_seen() -> bool:
        return len(set(first.seen) | set(second.seen)) == published

    async with rig.consuming(first):
        await rig.publish(*range(published))
        async with rig.consuming(second):
            await eventually_async(second_has_its_share, what="the second consumer takes its share")
            await eventually(all_seen)
        await rig.publish(*range(published, published + 40))
        published += 40
        await eventually(all_seen)
    assert set(first.seen) | set(second.seen) == {f"art_{number}" for number in range(published)}


async def test_a_value_above_the_limit_becomes_a_dead_letter_that_says_so(rig: Rig) -> None:
    await rig.producer.publish([ingested(1, text="x" * MAX_MESSAGE_BYTES), ingested(2)])
    (record,) = await rig.records(ARTICLE_INGESTED.name)
    assert record.key == b"art_2"
    (letter,) = await rig.records(DEAD_LETTERS)
    assert letter.key == b"art_1"
    assert b"the limit is 8388608" in dict(letter.headers)[dead_letter.REASON]


async def test_values_of_several_megabytes_travel(rig: Rig) -> None:
    await rig.producer.publish([ingested(1, text="x1y2z3 " * 900_000)])
    recorder = Recorder()
    async with rig.consuming(recorder):
        await eventually(lambda: recorder.seen == ["art_1"])


async def test_a_message_of_another_type_is_refused(rig: Rig) -> None:
    topic = rig.settings.topic_prefix + ARTICLE_INGESTED.name
    body = ingested(1).value.model_dump_json().encode()
    await rig.producer.send([(topic, b"art_1", body, [("ce_type", CLAIMS_EXTRACTED.name.encode())])])
    recorder = Recorder()
    async with rig.consuming(recorder):
        (letter,) = await eventually_async(lambda: rig.records(DEAD_LETTERS))
    assert b"expected 'article.ingested.v1'" in dict(letter.headers)[dead_letter.REASON]
    assert recorder.seen == []


async def test_a_batch_that_does_not_finish_in_time_is_left_to_whoever_comes_next(rig: Rig) -> None:
    rig.settings = rig.settings.model_copy(update={"drain_seconds": 0.2})
    stuck = Recorder()
    stuck.gate = asyncio.Event()
    await rig.publish(1)
    async with rig.consuming(stuck) as task:
        await eventually(stuck.entered.is_set)
    assert task.exception() is None
    assert stuck.seen == []
    again = Recorder()
    async with rig.consuming(again):
        await eventually(lambda: again.seen == ["art_1"])


async def test_a_consumer_that_is_stopped_before_it_is_in_its_group_ends_at_once(rig: Rig) -> None:
    settings = rig.settings.model_copy(update={"kafka_bootstrap_servers": "127.0.0.1:1", "retry_seconds": 60.0})
    consumer = Consumer[Article](
        "extract",
        ARTICLE_INGESTED,
        Recorder(),
        kafka=group_member("extract", "late", settings),
        producer=rig.producer,
        settings=settings,
        max_batch_messages=1,
        ready=asyncio.Event(),
    )
    stopping = asyncio.Event()
    task = asyncio.create_task(consumer.run(stopping))
    stopping.set()
    async with asyncio.timeout(5):
        await task


async def test_a_small_record_that_unpacks_to_more_than_the_limit_is_set_aside_without_its_value(rig: Rig) -> None:
    topic = rig.settings.topic_prefix + ARTICLE_INGESTED.name
    careless = AIOKafkaProducer(
        bootstrap_servers=rig.settings.kafka_bootstrap_servers,
        compression_type="zstd",
        max_request_size=4 * MAX_MESSAGE_BYTES,
    )
    await careless.start()
    try:
        await careless.send_and_wait(topic, key=b"bomb", value=b" " * (2 * MAX_MESSAGE_BYTES))
    finally:
        await careless.stop()
    await rig.publish(1)
    recorder = Recorder()
    async with rig.consuming(recorder):
        await eventually(lambda: recorder.seen == ["art_1"])
        (letter,) = await eventually_async(lambda: rig.records(DEAD_LETTERS))
    assert (letter.key, letter.value) == (b"bomb", None)
    assert b"the limit is 8388608" in dict(letter.headers)[dead_letter.REASON]
