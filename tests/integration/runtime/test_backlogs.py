"""How far consumers are behind, as operators and tests read it."""

from collections.abc import Sequence

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.runtime.backlog import Backlog, backlogs
from services.runtime.messages import Message, Result
from services.runtime.retry import retrying
from tests.support.polling import eventually_async
from tests.support.rig import Rig, ingested


class Silent:
    """A handler that does nothing."""

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        return Result()


async def test_a_backlog_counts_every_message_of_every_batch(rig: Rig) -> None:
    for size in (1, 5, 20):
        await rig.producer.publish([ingested(number) for number in range(size)])

    async def look() -> list[Backlog]:  # a broker that just started has no group coordinator for a moment
        return await backlogs(rig.settings, [ARTICLE_INGESTED])

    (backlog,) = await retrying("look", look, service="test", seconds=20)
    assert backlog == Backlog("article.ingested.v1", "extract", messages=26, waiting=26)


async def test_a_backlog_is_empty_once_all_is_handled(rig: Rig) -> None:
    await rig.producer.publish([ingested(number) for number in range(30)])

    async def empty() -> bool:
        return [each.waiting for each in await backlogs(rig.settings, [ARTICLE_INGESTED])] == [0]

    async with rig.consuming(Silent()):
        await eventually_async(empty)
