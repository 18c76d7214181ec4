"""The embed stage: a vector for each text, and a batch that ends when its time is up."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.contracts.claim import ExtractedArticle
from services.contracts.embedded import EmbeddedArticle
from services.contracts.topics import CLAIMS_EXTRACTED
from services.dedupe.embed_handler import PORTION_ARTICLES, EmbedHandler
from services.runtime.messages import Message
from tests.support.dedupe_articles import make_article, make_claim


class Lengths:
    """An embedder that notes how many texts it gets at a time; the vector of a text has its length in it."""

    model_id = "lengths@1"
    dimensions = 2
    max_tokens = 256

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def embed(self, texts: Sequence[str], max_tokens: int | None = None) -> NDArray[np.float32]:
        self.sizes.append(len(texts))
        return np.array([[1.0, len(text)] for text in texts], np.float32).reshape(len(texts), 2)


def message(number: int) -> Message[ExtractedArticle]:
    article = make_article(f"art_{number}", text=f"Report {number}. " + "The bridge fell. " * 3, title="Bridge falls")
    claim = make_claim(article, "The bridge fell.")
    value = ExtractedArticle(article=article, claims=(claim,) * 10, extractor="test")
    return Message(CLAIMS_EXTRACTED.name, 0, number, article.article_id, value)


async def test_when_the_time_is_up_the_rest_of_the_batch_is_left() -> None:
    batch = [message(number) for number in range(2 * PORTION_ARTICLES + 1)]
    hurried = await EmbedHandler(Lengths(), "main", max_seconds=0).handle(batch)
    at_leisure = await EmbedHandler(Lengths(), "main", max_seconds=60).handle(batch)
    assert (hurried.handled, at_leisure.handled) == (PORTION_ARTICLES, len(batch))
    assert list(hurried.outgoing) == list(at_leisure.outgoing)[:PORTION_ARTICLES]
    assert {outgoing.key for outgoing in at_leisure.outgoing} == {"main"}


async def test_leads_and_titles_of_an_ordinary_batch_are_embedded_in_one_go_and_claims_are_not() -> None:
    embedder = Lengths()
    batch = [message(number) for number in range(32)]
    result = await EmbedHandler(embedder, "main", max_seconds=60).handle(batch)
    assert embedder.sizes == [32, 32]
    assert result.handled == 32
    articles = [outgoing.value for outgoing in result.outgoing]
    assert all(isinstance(value, EmbeddedArticle) and value.claim_vectors == () for value in articles)
