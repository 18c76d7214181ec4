"""A message comes out of an outbox byte for byte as it went in."""

import pytest

from services.contracts.topics import ARTICLE_INGESTED
from services.runtime.messages import Outgoing, encode
from services.runtime.outbox import pack_outgoing, unpack_outgoing
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
