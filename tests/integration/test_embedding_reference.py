"""Holds the default int8 model to sentence-transformers, the reference (needs that extra)."""

import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from services.dedupe.embedding.build_model import CALIBRATION_FILE, build_model, read_calibration_texts
from services.dedupe.embedding.cpu_instructions import AVX2_ONLY
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import default_model_dir
from services.dedupe.embedding.port import Embedder

pytestmark = [pytest.mark.reference, pytest.mark.timeout(600)]

REPOSITORY = Path(__file__).parents[2]
MODEL = "all-MiniLM-L6-v2"
TEXTS = 200
WORST_COSINE = 0.995
# Between the cosines of two texts, ours and the reference's.
LARGEST_DIFFERENCE = 0.06
MEAN_DIFFERENCE = 0.01
# As dedupe embeds an article: its title and the beginning of its text.
LEAD_CHARACTERS = 1200
EMBED = """
import json, sys
import numpy as np
from services.dedupe.embedding.factory import load_embedder
texts = json.load(sys.stdin)
np.save(sys.argv[1], load_embedder("openvino", "all-MiniLM-L6-v2", None, 2).embed(texts))
"""


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """200 different texts: titles, leads and sentences of the samples, then calibration texts."""
    articles = [
        json.loads(line)
        for file in sorted((REPOSITORY / "samples").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    titles = [article["title"] for article in articles]
    leads = [f"{article['title']}\n\n{article['text'][:LEAD_CHARACTERS]}" for article in articles]
    sentences = [
        sentence
        for article in articles
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", article["text"])
        if sentence.strip()
    ]
    calibration = read_calibration_texts(CALIBRATION_FILE)
    # Half of them were never seen in calibration; a third of the sentences leaves room for the calibration's own.
    chosen = list(dict.fromkeys([*titles, *leads, *sentences[::3][:60], *calibration[::2], *sentences, *calibration]))
    assert len(chosen) >= TEXTS
    return chosen[:TEXTS]


@pytest.fixture(scope="module")
def default() -> Embedder:
    build_model(default_model_dir(), read_calibration_texts(CALIBRATION_FILE), None, lambda _message: None)
    return load_embedder("openvino", MODEL, None, 2)


@pytest.fixture(scope="module")
def reference() -> Embedder:
    return load_embedder("sentence-transformers", MODEL, None, 2)


@pytest.fixture(scope="module")
def references(reference: Embedder, texts: list[str]) -> np.ndarray:
    return reference.embed(texts)


@pytest.fixture(scope="module", params=["this processor", "AVX2 alone"])
def vectors(
    request: pytest.FixtureRequest,
    default: Embedder,
    references: np.ndarray,
    texts: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[np.ndarray, np.ndarray]:
    """Ours and theirs; ours by this process, and by one that has neither AVX-512 nor VNNI."""
    if request.param == "this processor":
        return default.embed(texts), references
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        pytest.skip("only x86-64 has instructions to do without")
    file = tmp_path_factory.mktemp("avx2") / "vectors.npy"
    subprocess.run(
        [sys.executable, "-c", EMBED, str(file)],
        cwd=REPOSITORY,
        env={**os.environ, **AVX2_ONLY},
        input=json.dumps(texts),
        text=True,
        check=True,
    )
    return np.load(file), references


def test_every_vector_agrees_with_sentence_transformers(
    vectors: tuple[np.ndarray, np.ndarray], texts: list[str]
) -> None:
    ours, theirs = vectors
    cosines = np.sum(ours * theirs, axis=1)
    worst = int(cosines.argmin())
    assert cosines[worst] >= WORST_COSINE, f"cosine {cosines[worst]:.4f} (mean {cosines.mean():.4f}): {texts[worst]}"


def test_cosines_between_texts_agree_with_sentence_transformers(vectors: tuple[np.ndarray, np.ndarray]) -> None:
    ours, theirs = vectors
    difference = np.abs(ours @ ours.T - theirs @ theirs.T)
    assert difference.max() < LARGEST_DIFFERENCE
    assert difference.mean() < MEAN_DIFFERENCE


def test_a_shorter_reading_agrees_too(default: Embedder, reference: Embedder, texts: list[str]) -> None:
    cosines = np.sum(default.embed(texts[:50], max_tokens=32) * reference.embed(texts[:50], max_tokens=32), axis=1)
    assert cosines.min() >= WORST_COSINE


def test_the_two_models_are_told_apart(default: Embedder, reference: Embedder) -> None:
    assert (default.dimensions, default.max_tokens) == (reference.dimensions, reference.max_tokens) == (384, 256)
    assert default.model_id != reference.model_id
    assert re.fullmatch(r"all-MiniLM-L6-v2@[0-9a-f]{12}", reference.model_id)


def test_the_reference_gives_the_same_bits_alone_and_in_a_batch(reference: Embedder, texts: list[str]) -> None:
    some = texts[:60:3]
    alone = np.concatenate([reference.embed([text]) for text in some])
    assert reference.embed(some).tobytes() == alone.tobytes()


def test_the_reference_gives_no_rows_for_no_texts(reference: Embedder) -> None:
    assert reference.embed([]).shape == (0, 384)
