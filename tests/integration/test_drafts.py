"""Drafts over a real stack: extract and dedupe read them as they read articles."""

from collections.abc import Iterator

import httpx
import pytest

from services.api.draft_services import DraftServices
from services.contracts.claim import ExtractedArticle
from services.contracts.drafts import TextToEmbed
from tests.support.pipeline import Pipeline, running_pipeline, sample_rows

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """A stack that has read the samples."""
    with running_pipeline(tmp_path_factory.mktemp("drafts")) as running:
        running.submit(sample_rows())
        running.settle()
        yield running


def drafts_of(pipeline: Pipeline) -> DraftServices:
    return DraftServices(pipeline.urls["extract"], pipeline.urls["dedupe"])


async def test_a_published_article_sent_again_as_a_draft_is_read_the_same(pipeline: Pipeline) -> None:
    article_id = pipeline.events()[0].articles[0].article_id
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{pipeline.urls['api']}/v1/articles/{article_id}")
    published = ExtractedArticle.model_validate(answer.json())
    async with drafts_of(pipeline) as drafts:
        assert await drafts.read(published.article) == published
        embedded = await drafts.embed([TextToEmbed(title=published.article.title, text=published.article.text)])
    assert embedded.model.startswith("all-MiniLM-L6-v2")
    assert len(embedded.vectors[0]) == 384


async def test_a_text_finds_its_event_and_one_about_nothing_here_finds_none(pipeline: Pipeline) -> None:
    event = next(event for event in pipeline.events() if event.counts.articles > 2)
    article = event.articles[-1]
    ferry = {"title": event.headline, "text": event.summary[0].text, "published_at": f"{article.published_at:%FT%TZ}"}
    other = {"title": "Chess club elects a chair", "text": "The chess club of Bad Aibling has elected a new chair."}
    async with httpx.AsyncClient(trust_env=False, base_url=pipeline.urls["api"]) as client:
        answer = await client.post("/v1/match", json={"drafts": [ferry, other]})
    found, none = answer.json()["matches"]
    assert (found["matched"], found["best"]["event"]["event_id"]) == (True, event.event_id)
    assert none["matched"] is False


async def test_a_draft_is_checked_beside_its_event_with_the_words_of_the_articles(pipeline: Pipeline) -> None:
    text = "Shares in Tolmar fell 31% in Sundmark. At least 14 people were killed when the ferry Solvane Star capsized."
    draft = {"title": "Ferry capsizes off Port Eldrin", "text": text, "published_at": "2026-03-05T09:00:00Z"}
    async with httpx.AsyncClient(trust_env=False, base_url=pipeline.urls["api"], timeout=30) as client:
        answer = (await client.post("/v1/check", json=draft)).json()
        assert answer["match"]["matched"] is True
        shares = answer["claims"][0]
        assert shares["status"] == "single_source"
        (passage,) = shares["passages"]
        article = (await client.get(f"/v1/articles/{passage['article_id']}")).json()["article"]
    assert article["text"][passage["span"]["start"] : passage["span"]["end"]] == passage["text"]
    assert "31%" in passage["text"]


async def test_a_search_by_meaning_finds_an_event_that_has_none_of_the_words(pipeline: Pipeline) -> None:
    query = {"q": "maritime disaster", "limit": "3"}
    async with httpx.AsyncClient(trust_env=False, base_url=pipeline.urls["api"], timeout=30) as client:
        by_words = (await client.get("/v1/events", params=query)).json()
        by_both = (await client.get("/v1/events", params=query | {"sort": "meaning"})).json()
    assert by_words["events"] == []
    assert by_both["searched_by"] == ["words", "meaning"]
    assert "ferry" in by_both["events"][0]["headline"]
