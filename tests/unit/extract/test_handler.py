"""The service's handler: articles in, articles with claims out."""

import asyncio

from prometheus_client import REGISTRY

from services.contracts.article import Article, ArticleStatus
from services.contracts.claim import ExtractedArticle
from services.contracts.topics import CLAIMS_EXTRACTED
from services.extract.extraction import EXTRACTOR_VERSION
from services.extract.handler import ExtractHandler
from services.runtime.messages import Message
from tests.unit.extract.articles import FETCHED, article

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def message(value: Article, offset: int = 0) -> Message[Article]:
    return Message("article.ingested.v1", 0, offset, value.article_id, value, TRACE)


async def test_an_article_is_published_with_its_claims() -> None:
    result = await ExtractHandler().handle([message(article("Ada Reyl said the bridge was safe."))])
    (outgoing,) = result.outgoing
    assert isinstance(outgoing.value, ExtractedArticle)
    assert [claim.text for claim in outgoing.value.claims] == ["the bridge was safe"]
    assert outgoing.topic is CLAIMS_EXTRACTED
    assert outgoing.key == "art_0123456789abcdef0123"
    assert outgoing.id == f"art_0123456789abcdef0123:2:f00dfeedf00d:{EXTRACTOR_VERSION}"
    assert outgoing.time == FETCHED
    assert outgoing.traceparent == TRACE


async def test_a_redelivered_article_gives_the_same_message() -> None:
    value = article('"The bridge is safe," Ada Reyl said. Some 40 people came.')
    first = await ExtractHandler().handle([message(value)])
    second = await ExtractHandler().handle([message(value, offset=7)])
    assert first == second


async def test_a_withdrawn_article_is_passed_on_without_claims() -> None:
    withdrawn = article("Ada Reyl said the bridge was safe.", ArticleStatus.WITHDRAWN)
    (outgoing,) = (await ExtractHandler().handle([message(withdrawn)])).outgoing
    assert isinstance(outgoing.value, ExtractedArticle)
    assert outgoing.value.article is not None
    assert outgoing.value.article.status is ArticleStatus.WITHDRAWN
    assert outgoing.value.claims == ()


async def test_an_empty_batch_comes_to_nothing() -> None:
    assert (await ExtractHandler().handle([])).outgoing == ()


async def test_the_event_loop_goes_on_while_an_article_is_read() -> None:
    working = asyncio.create_task(ExtractHandler().handle([message(article("Bob Reyl said 5 men left. " * 500))]))
    turns = 0
    while not working.done():
        await asyncio.sleep(0)
        turns += 1
    assert len((await working).outgoing) == 1
    assert turns > 10


async def test_when_the_time_is_up_the_rest_of_the_batch_is_left() -> None:
    batch = [message(article("Ada Reyl said the bridge was safe."), offset) for offset in range(3)]
    hurried = await ExtractHandler(max_seconds=0).handle(batch)
    at_leisure = await ExtractHandler(max_seconds=60).handle(batch)
    assert (hurried.handled, len(hurried.outgoing)) == (1, 1)
    assert (at_leisure.handled, len(at_leisure.outgoing)) == (3, 3)
    assert hurried.outgoing[0] == at_leisure.outgoing[0]


async def test_an_article_in_another_language_is_passed_on_without_claims_and_counted_as_such() -> None:
    before = REGISTRY.get_sample_value("newsweave_extract_articles_total", {"outcome": "other_language"}) or 0
    german = article("Ada Reyl said the bridge was safe.").model_copy(update={"language": "de"})
    (outgoing,) = (await ExtractHandler().handle([message(german)])).outgoing
    assert outgoing.value == ExtractedArticle(article=german, extractor=EXTRACTOR_VERSION)
    assert REGISTRY.get_sample_value("newsweave_extract_articles_total", {"outcome": "other_language"}) == before + 1
