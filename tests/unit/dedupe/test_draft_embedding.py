"""`POST /v1/embed` of dedupe."""

import httpx
import numpy as np

from services.contracts.drafts import EmbedAnswer, EmbedRequest, TextToEmbed
from services.dedupe.draft_embedding import bound_embedding, create_app, embed_with
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text
from services.dedupe.embedding.vectors import decode_vector
from tests.support.embedders import LetterEmbedder


async def embed(content: bytes) -> httpx.Response:
    embedding = bound_embedding(body_bytes=100_000, places=2, seconds=60)
    embedding.work = embed_with(LetterEmbedder())
    transport = httpx.ASGITransport(create_app(embedding))
    async with httpx.AsyncClient(transport=transport, base_url="http://dedupe") as client:
        return await client.post("/v1/embed", content=content)


async def test_a_text_gets_the_vector_that_an_article_of_its_words_has() -> None:
    texts = (TextToEmbed(title="Bridge shut", text="The old bridge was shut."), TextToEmbed(text="storm"))
    answer = EmbedAnswer.model_validate_json(
        (await embed(EmbedRequest(texts=texts).model_dump_json().encode())).content
    )
    assert answer.model == LetterEmbedder.model_id
    leads = [build_lead_text(each.title, each.text) for each in texts]
    expected = LetterEmbedder().embed(leads, max_tokens=LEAD_TOKENS)
    for vector, row in zip(answer.vectors, expected, strict=True):
        np.testing.assert_allclose(decode_vector(vector), row, atol=1e-3)


async def test_too_many_texts_and_none_are_refused() -> None:
    assert (await embed(b'{"texts": []}')).status_code == 422
    many = b",".join([b'{"text": "a"}'] * 129)
    assert (await embed(b'{"texts": [' + many + b"]}")).status_code == 422
