"""A handler with an outbox on a real broker: what it saved is published, also what it left for later."""

from collections.abc import Mapping, Sequence

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.runtime.messages import Message, Outgoing, Result
from tests.support.polling import eventually, eventually_async
from tests.support.rig import Rig, ingested


class Later:
    """Saves nothing of what it makes of an article at once: it gets article 7 ready when nothing more comes in."""

    def __init__(self, saved: list[Outgoing]) -> None:
        self.left: list[Outgoing] = []
        self.ready: list[Outgoing] = []
        self.saved = saved
        self.covered: dict[int, int] = {}

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        return {}

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        if any(message.value.article_id == "art_1" for message in messages):
            self.left.append(ingested(7))
        return Result()

    async def prepare_while_idle(self) -> bool:
        assert not self.left or self.covered, "asked before what was handled is saved"
        self.ready, self.left = self.ready + self.left, []
        return bool(self.ready)

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        self.covered |= next_offsets
        self.saved, self.ready = self.saved + self.ready, []

    def take_outbox(self) -> Sequence[Outgoing]:
        taken, self.saved = self.saved, []
        return taken


async def keys(rig: Rig) -> set[bytes | None]:
    return {record.key for record in await rig.records(ARTICLE_INGESTED.name)}


async def test_what_a_handler_left_for_later_is_saved_and_published_while_nothing_comes_in(rig: Rig) -> None:
    await rig.publish(1)
    handler = Later([])
    async with rig.consuming(handler):
        await eventually(lambda: bool(handler.covered), what="the article handled")

        async def told() -> bool:
            return await keys(rig) == {b"art_1", b"art_7"}

        await eventually_async(told, what="article 7 published")


async def test_what_was_saved_before_is_published_before_anything_is_handled(rig: Rig) -> None:
    handler = Later([ingested(9)])
    async with rig.consuming(handler):

        async def told() -> bool:
            return await keys(rig) == {b"art_9"}

        await eventually_async(told, what="article 9 published")
