import asyncio
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.claim import ExtractedArticle
from services.contracts.embedded import EmbeddedArticle
from services.contracts.topics import CLAIMS_EXTRACTED
from services.dedupe.embed_handler import EmbedHandler, embed_articles
from services.dedupe.embedding.lead import build_lead_text, one_line_title
from services.dedupe.embedding.vectors import decode_vector
from services.runtime.messages import Message
from tests.support.dedupe_articles import make_article


class LengthEmbedder:
    """A vector tells how long its text is: enough to see which text it is of."""

    model_id = "length@1"
    dimensions = 2
    max_tokens = 128

    def embed(self, texts: Sequence[str], max_tokens: int | None = None) -> NDArray[np.float32]:
        """See `Embedder.embed`."""
        angles = np.array([len(text) / 100 for text in texts], np.float32)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def length(encoded: str) -> float:
    x, y = decode_vector(encoded).tolist()
    return float(np.arctan2(y, x)) * 100


def test_a_title_is_one_line() -> None:
    assert one_line_title(" Ferry\n sinks ") == "Ferry sinks"
    assert one_line_title(None) == ""


def test_an_article_gets_a_vector_of_its_title_if_it_has_one() -> None:
    titled = make_article("a", "Two died.").model_copy(update={"title": "Ferry\nsinks"})
    plain = make_article("b", "Two died.").model_copy(update={"title": None})
    articles = [ExtractedArticle(article=each, extractor="none") for each in (plain, titled, plain)]
    first, second, third = embed_articles(LengthEmbedder(), articles, shard="main")
    assert first.title_vector is third.title_vector is None
    assert second.title_vector is not None
    assert length(second.title_vector) == pytest.approx(len("Ferry sinks"), abs=0.1)
    assert length(second.lead_vector) == pytest.approx(len(build_lead_text("Ferry sinks", "Two died.")), abs=0.1)


def test_an_article_says_which_kind_of_machine_computed_its_vectors() -> None:
    article = ExtractedArticle(article=make_article("a", "Two died."), extractor="none")
    handler = EmbedHandler(LengthEmbedder(), "main", "x86_64 avx2")
    message = Message(CLAIMS_EXTRACTED.name, 0, 0, "a", article)
    (outgoing,) = asyncio.run(handler.handle([message])).outgoing
    assert isinstance(outgoing.value, EmbeddedArticle)
    assert outgoing.value.machine == "x86_64 avx2"
