"""A message comes out of an outbox byte for byte as it went in."""

import pytest

from services.contracts.topics import ARTICLE_INGESTED
from services.runtime.messages import Outgoing, encode
from services.runtime.outbox import Outbox, pack_outgoing, unpack_outgoing
from tests.support.rig import NOON, an_article


@pytest.mark.parametrize("traceparent", [None, f"00-{1:032x}-{1:016x}-01"])
def test_a_message_that_was_saved_is_published_as_it_was(traceparent: str | None) -> None:
    article = an_article(1, text='Ärger "im Hafen"\n\u2028 – 12,5 %\U0001f6a2')
    outgoing = Outgoing(ARTICLE_INGESTED, article.article_id, article, "art_1:1", NOON, traceparent)
    packed = pack_outgoing(outgoing)
    again = unpack_outgoing(packed)
    assert again == outgoing
    assert packed.endswith(b"\n" + again.value_bytes)
    assert encode(again, source="test") == encode(outgoing, source="test")


def test_the_value_of_a_message_is_written_once_and_is_the_json_of_its_contract() -> None:
    outgoing = Outgoing(ARTICLE_INGESTED, "art_1", an_article(1), "art_1:1", NOON)
    assert outgoing.value_bytes == outgoing.value.model_dump_json().encode()
    assert outgoing.value_bytes is outgoing.value_bytes
    assert encode(outgoing, source="test")[1] is outgoing.value_bytes


def message(number: int) -> Outgoing:
    article = an_article(number)
    return Outgoing(ARTICLE_INGESTED, article.article_id, article, f"{article.article_id}:1", NOON)


def test_what_is_added_is_taken_once_and_only_when_it_is_saved() -> None:
    outbox = Outbox()
    assert outbox.add(2, message(1)) == len(pack_outgoing(message(1)))
    assert (len(outbox), list(outbox.take())) == (1, [])
    outbox.mark_saved()
    assert (len(outbox), list(outbox.take()), list(outbox.take())) == (0, [message(1)], [])


def test_the_outbox_of_a_partition_is_emptied_by_the_save_after_the_one_that_filled_it() -> None:
    outbox = Outbox()
    outbox.add(2, message(1))
    outbox.add(1, message(2))
    assert outbox.contents() == {1: [pack_outgoing(message(2))], 2: [pack_outgoing(message(1))]}
    outbox.mark_saved()
    outbox.add(1, message(3))
    assert outbox.contents() == {1: [pack_outgoing(message(3))], 2: []}
    outbox.mark_saved()
    assert outbox.contents() == {1: []}


def test_after_a_take_over_what_the_store_has_is_taken_first_and_what_was_not_saved_is_gone() -> None:
    outbox = Outbox()
    outbox.add(0, message(1))
    outbox.take_over({1: [message(2)], 0: [], 2: [message(3)]})
    assert (len(outbox), list(outbox.take())) == (0, [message(2), message(3)])
    assert outbox.contents() == {1: [], 2: []}
