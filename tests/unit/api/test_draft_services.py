"""The client by which the api has drafts read and embedded."""

from collections.abc import Callable

import httpx
import pytest

from services.api.draft_services import DraftServiceError, DraftServices
from services.contracts.drafts import EmbedAnswer, TextToEmbed
from services.dedupe.draft_embedding import bound_embedding, embed_with
from services.dedupe.draft_embedding import create_app as create_dedupe_app
from services.extract.draft_reading import bound_reading, read_draft
from services.extract.draft_reading import create_app as create_extract_app
from services.extract.extraction import extract
from tests.support.embedders import LetterEmbedder
from tests.unit.extract.articles import article

TEXTS = (TextToEmbed(title="Bridge shut", text="The old bridge was shut."), TextToEmbed(text="storm"))


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> DraftServices:
    return DraftServices("http://extract", "http://dedupe", httpx.MockTransport(answer))


async def test_a_draft_is_read_as_extract_reads_articles() -> None:
    reading = bound_reading(body_bytes=100_000, places=2, seconds=60)
    reading.work = read_draft
    draft = article("Ada Reyl said the bridge was safe.")
    async with DraftServices("http://extract", "", httpx.ASGITransport(create_extract_app(reading))) as drafts:
        assert await drafts.read(draft) == extract(draft)


async def test_texts_get_the_vectors_that_dedupe_gives_them() -> None:
    embedding = bound_embedding(body_bytes=100_000, places=2, seconds=60)
    embedding.work = embed_with(LetterEmbedder())
    async with DraftServices("", "http://dedupe/", httpx.ASGITransport(create_dedupe_app(embedding))) as drafts:
        embedded = await drafts.embed(TEXTS)
    assert embedded.model == LetterEmbedder.model_id
    assert [len(vector) for vector in embedded.vectors] == [26, 26]
    for vector in embedded.vectors:
        assert sum(value * value for value in vector) == pytest.approx(1, abs=0.01)


async def test_a_service_that_is_away_is_named_with_the_setting_of_its_address() -> None:
    async with DraftServices("http://127.0.0.1:1", "http://127.0.0.1:1") as drafts:
        with pytest.raises(DraftServiceError, match=r"dedupe does not answer \(NEWSWEAVE_DEDUPE_URL\)"):
            await drafts.embed(TEXTS)
        with pytest.raises(DraftServiceError, match=r"extract does not answer \(NEWSWEAVE_EXTRACT_URL\)"):
            await drafts.read(article("Rain."))


async def test_a_slow_service_is_given_up() -> None:
    def late(request: httpx.Request) -> httpx.Response:
        assert request.extensions["timeout"]["read"] == 0.25
        raise httpx.ReadTimeout("late", request=request)

    with pytest.raises(DraftServiceError, match="in time"):
        await answering(late).embed(TEXTS, seconds=0.25)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503, json={"status": 503}),
        httpx.Response(200, content=b"a page of something else"),
        httpx.Response(200, content=EmbedAnswer(model="m", vectors=("AAA=",)).model_dump_json()),
        httpx.Response(200, content=EmbedAnswer(model="m", vectors=("AAA=", "???")).model_dump_json()),
    ],
)
async def test_any_other_answer_than_the_one_asked_for_is_an_error_of_that_service(answer: httpx.Response) -> None:
    with pytest.raises(DraftServiceError) as error:
        await answering(lambda _: answer).embed(TEXTS)
    assert error.value.service == "dedupe"
