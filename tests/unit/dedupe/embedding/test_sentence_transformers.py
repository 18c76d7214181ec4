"""The adapter for other models, as far as it can be shown without torch."""

import sys

import pytest

from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.sentence_transformers_embedder import short_model_name


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ImportError, match=r"pip install newsweave\[sentence-transformers\]"):
        load_embedder("sentence-transformers", "all-MiniLM-L6-v2", None, 1)


@pytest.mark.parametrize(
    "model", ["all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2", "/m/all-MiniLM-L6-v2/"]
)
def test_a_model_is_called_by_the_last_part_of_its_name_or_path(model: str) -> None:
    assert short_model_name(model) == "all-MiniLM-L6-v2"
