"""What the parser's network makes of tokens, computed by ourselves."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from services.extract.syntax import token_vectors
from services.extract.syntax.spacy_parser import model_folder
from services.extract.syntax.token_vectors import TokenVectors

SENTENCES = (
    "Ada Reyl said the bridge couldn't be closed before Oct. 27.",
    "“It’s safe,” she told the Ravel Times.",
    "Why?",
    "A £4.5m plan…  was dropped\u200b by NBS – and  nobody said why, naïve as that may be. 👩‍👩‍👧",
    "Some 40 people came to look at the bridge, the mayor of Ravel and her deputy among them. " * 8,
)


@pytest.fixture(scope="module")
def model() -> Any:
    with model_folder() as folder:
        return spacy.load(folder, exclude=["ner", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])


def docs(model: Any, sentences: Sequence[str] = SENTENCES) -> list[Doc]:
    return [model.make_doc(sentence) for sentence in sentences]


def test_vectors_are_those_of_the_parser_itself(model: Any) -> None:
    component = model.get_pipe("tok2vec")
    expected = component.model.predict(docs(model))
    for ours, theirs in zip(TokenVectors(component.model).of(docs(model)), expected, strict=True):
        assert ours.shape == theirs.shape
        np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_vectors_do_not_depend_on_what_was_read_before(model: Any) -> None:
    network = model.get_pipe("tok2vec").model
    fresh, used = TokenVectors(network), TokenVectors(network)
    for sentence in reversed(SENTENCES):
        used.of(docs(model, [sentence.replace("bridge", "said Ravel")]))
    expected = [vectors.tobytes() for vectors in fresh.of(docs(model))]
    assert [vectors.tobytes() for vectors in used.of(docs(model))] == expected
    assert [vectors.tobytes() for vectors in used.of(docs(model))] == expected


def test_forgetting_words_changes_no_vector(model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    network = model.get_pipe("tok2vec").model
    expected = [vectors.tobytes() for vectors in TokenVectors(network).of(docs(model))]
    monkeypatch.setattr(token_vectors, "MAX_KNOWN_WORDS", 20)
    forgetful = TokenVectors(network)
    for _ in range(3):
        assert [vectors.tobytes() for vectors in forgetful.of(docs(model))] == expected


def test_the_blank_after_a_word_and_an_exceptions_norm_make_another_word(model: Any) -> None:
    network = model.get_pipe("tok2vec").model
    component = model.get_pipe("tok2vec")
    spaced = docs(model, ["Ravel , he said", "Ravel, he said", "ca n't", "can't"])
    for ours, theirs in zip(TokenVectors(network).of(spaced), component.model.predict(spaced), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-4)
