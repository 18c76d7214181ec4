"""One batch: order, dead letters, offsets, and where it ends."""

import pytest
from structlog.testing import capture_logs

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.runtime.batch import Batch, Origin, within_bytes
from services.runtime.messages import RawMessage, Rejection
from tests.support.rig import an_article

ORIGIN = Origin("extract", ARTICLE_INGESTED, "p.")


def raw(partition: int, offset: int, number: int | None = None) -> RawMessage:
    """A record with the article of that number; without: garbage."""
    if number is None:
        return RawMessage("p.article.ingested.v1", partition, offset, b"k", b"garbage")
    value = an_article(number).model_dump_json().encode()
    return RawMessage("p.article.ingested.v1", partition, offset, f"art_{number}".encode(), value)


def test_usable_messages_keep_their_order_and_garbage_is_set_aside() -> None:
    batch = Batch[Article]([raw(0, 5, 1), raw(0, 6), raw(1, 3, 2)], ORIGIN)
    assert [message.key for message in batch.messages] == ["art_1", "art_2"]
    assert [record[0] for record in batch.letters] == ["p.article.ingested.v1.extract.dlq"]
    assert len(batch) == 3


def test_next_offsets_cover_garbage_too() -> None:
    batch = Batch[Article]([raw(0, 5, 1), raw(0, 6), raw(3, 8), raw(3, 9, 2)], ORIGIN)
    assert batch.next_offsets == {0: 7, 3: 10}


def test_offsets_may_have_gaps() -> None:
    batch = Batch[Article]([raw(0, 5, 1), raw(0, 50, 2)], ORIGIN)
    assert batch.next_offsets == {0: 51}
    assert batch.coordinates == "0:5-50"


def test_coordinates_name_every_partition_with_its_first_and_last_offset() -> None:
    assert Batch[Article]([raw(2, 9, 1), raw(0, 4, 2), raw(2, 10)], ORIGIN).coordinates == "0:4-4 2:9-10"


def test_what_the_handler_refuses_becomes_a_dead_letter_with_its_reason() -> None:
    batch = Batch[Article]([raw(0, 5, 1), raw(0, 6, 2)], ORIGIN)
    batch.reject([Rejection(batch.messages[1], "another model")])
    (letter,) = batch.letters
    assert letter[1] == b"art_2"
    assert ("dlq_reason", b"another model") in letter[3]
    assert ("dlq_exception", b"InvalidMessage") in letter[3]
    assert ("dlq_origin_offset", b"6") in letter[3]


def test_a_batch_that_ends_early_covers_what_comes_before_the_first_message_left() -> None:
    batch = Batch[Article]([raw(0, 5, 1), raw(0, 6), raw(1, 3, 2), raw(1, 4), raw(1, 5, 3)], ORIGIN)
    batch.end_after(1)
    assert [message.key for message in batch.messages] == ["art_1"]
    assert batch.next_offsets == {0: 7}
    assert (len(batch), batch.garbage) == (2, 1)


def test_a_batch_that_is_handled_to_its_end_covers_the_garbage_behind_it() -> None:
    batch = Batch[Article]([raw(0, 5, 1), raw(0, 6)], ORIGIN)
    batch.end_after(1)
    assert batch.next_offsets == {0: 7}


@pytest.mark.parametrize("covered", [-1, 0, 3])
def test_a_handler_cannot_cover_no_message_or_more_than_it_got(covered: int) -> None:
    batch = Batch[Article]([raw(0, 5, 1), raw(0, 6, 2)], ORIGIN)
    with pytest.raises(ValueError, match="at least one message"):
        batch.end_after(covered)


def test_records_are_taken_by_bytes_and_one_is_always_taken() -> None:
    records = [RawMessage("t", 0, offset, b"k", b"x" * size) for offset, size in enumerate([4, 4, 9, 1])]
    assert [within_bytes(records[start:], 8) for start in range(4)] == [2, 1, 1, 1]
    assert within_bytes(records, 100) == 4
    assert within_bytes([], 8) == 0


def test_records_without_a_value_take_no_bytes() -> None:
    assert within_bytes([RawMessage("t", 0, offset, b"k", None) for offset in range(3)], 1) == 3


def test_many_dead_letters_of_one_batch_are_one_line_in_the_log() -> None:
    with capture_logs() as lines:
        Batch[Article]([raw(0, offset) for offset in range(100)], ORIGIN).log_dead_letters()
    (line,) = lines
    assert (line["event"], line["number"], line["partition"], line["offset"]) == ("dead letters", 100, 0, 0)
    assert "not a valid Article" in line["reason"]
