"""`POST /v1/read` of extract."""

import httpx

from services.contracts.article import Article
from services.contracts.claim import ExtractedArticle
from services.extract.draft_reading import bound_reading, create_app, read_draft
from services.extract.extraction import extract
from tests.unit.extract.articles import article

TEXT = '"The bridge is safe," Ada Reyl said. Some 40 people came.'


async def read(content: bytes) -> httpx.Response:
    reading = bound_reading(body_bytes=100_000, places=2, seconds=60)
    reading.work = read_draft
    transport = httpx.ASGITransport(create_app(reading))
    async with httpx.AsyncClient(transport=transport, base_url="http://extract") as client:
        return await client.post("/v1/read", content=content)


async def test_an_article_is_read_exactly_as_it_would_be_published() -> None:
    answer = await read(article(TEXT).model_dump_json().encode())
    assert answer.status_code == 200
    assert ExtractedArticle.model_validate_json(answer.content) == extract(article(TEXT))
    assert answer.json()["claims"]


async def test_what_is_no_article_is_refused_and_the_fields_are_named() -> None:
    answer = await read(Article.model_dump_json(article(TEXT), exclude={"article_id"}).encode())
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "article_id", "message": "Field required"}]
