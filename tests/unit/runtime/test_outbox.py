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
    again = unpack_outgoing(pack_outgoing(outgoing))
    assert again == outgoing
    assert encode(again, source="test") == encode(outgoing, source="test")
