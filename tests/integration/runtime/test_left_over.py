"""A handler that leaves work for later is asked for it while nothing comes in, and what it gives is published."""

from collections.abc import Mapping, Sequence

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.runtime.messages import Message, Outgoing, Result
from tests.support.polling import eventually
from tests.support.rig import Rig, ingested


class Later:
    """Publishes nothing at once, and article 7 when it is asked for what is left over."""

    def __init__(self) -> None:
        self.left: list[Outgoing] = []
        self.covered: dict[int, int] = {}

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        return {}

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        if any(message.value.article_id == "art_1" for message in messages):
            self.left.append(ingested(7))
        return Result()

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        self.covered |= next_offsets

    async def left_over(self) -> Result:
        assert self.covered, "asked before what was handled is saved"
        left, self.left = self.left, []
        return Result(left)


async def test_what_a_handler_left_for_later_is_published_while_nothing_comes_in(rig: Rig) -> None:
    await rig.publish(1)
    handler = Later()
    async with rig.consuming(handler):
        await eventually(lambda: bool(handler.left), what="the article handled")
        await eventually(lambda: not handler.left, what="the handler asked for the rest")
    assert {record.key for record in await rig.records(ARTICLE_INGESTED.name)} == {b"art_1", b"art_7"}
