"""The default embedder: its vectors depend on the text alone."""

import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from services.dedupe.embedding.build_model import CALIBRATION_FILE, build_model, read_calibration_texts
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import (
    MANIFEST_FILE,
    WEIGHTS_FILE,
    ModelManifest,
    ModelMismatchError,
    ModelMissingError,
    default_model_dir,
)
from services.dedupe.embedding.openvino_embedder import OpenVinoEmbedder
from services.dedupe.embedding.port import Embedder


@pytest.fixture(scope="module")
def model_dir() -> Path:
    """The real model, as `make setup` leaves it."""
    folder = default_model_dir()
    build_model(folder, read_calibration_texts(CALIBRATION_FILE), None, lambda _message: None)
    return folder


@pytest.fixture(scope="module")
def embedder(model_dir: Path) -> OpenVinoEmbedder:
    return OpenVinoEmbedder(model_dir, threads=2)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Headlines, passages, cuts of every length and odd ones."""
    calibration = read_calibration_texts(CALIBRATION_FILE)
    long = " ".join(calibration[-4:])
    cuts = [long[:characters] for characters in range(0, 1500, 30)]
    return [*calibration, *cuts, "", " ", "!", "Ελλάδα 東京 🚢", "word " * 400]


@pytest.fixture(scope="module")
def alone(embedder: OpenVinoEmbedder, texts: list[str]) -> np.ndarray:
    return np.concatenate([embedder.embed([text]) for text in texts])


def test_a_text_alone_and_in_a_batch_gives_the_same_bits(
    embedder: OpenVinoEmbedder, texts: list[str], alone: np.ndarray
) -> None:
    assert embedder.embed(texts).tobytes() == alone.tobytes()


@pytest.mark.parametrize("size", [2, 3, 7, 16, 33])
def test_the_size_of_the_batch_changes_no_bit(
    size: int, embedder: OpenVinoEmbedder, texts: list[str], alone: np.ndarray
) -> None:
    parts = [embedder.embed(texts[start : start + size]) for start in range(0, len(texts), size)]
    assert np.concatenate(parts).tobytes() == alone.tobytes()


def test_other_neighbours_and_another_order_change_no_bit(
    embedder: OpenVinoEmbedder, texts: list[str], alone: np.ndarray
) -> None:
    order = [place * 71 % len(texts) for place in range(len(texts))]
    assert sorted(order) == list(range(len(texts)))
    assert embedder.embed([texts[place] for place in order]).tobytes() == alone[order].tobytes()
    assert embedder.embed(texts[::-1]).tobytes() == alone[::-1].tobytes()


def test_the_same_text_many_times_gives_the_same_row_many_times(embedder: OpenVinoEmbedder) -> None:
    vectors = embedder.embed(["Ferry sinks off Port Eldrin"] * 100)
    assert len({row.tobytes() for row in vectors}) == 1


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_number_of_threads_changes_no_bit(
    threads: int, model_dir: Path, texts: list[str], alone: np.ndarray
) -> None:
    assert OpenVinoEmbedder(model_dir, threads).embed(texts).tobytes() == alone.tobytes()


def test_callers_in_parallel_get_their_own_rows(
    embedder: OpenVinoEmbedder, texts: list[str], alone: np.ndarray
) -> None:
    results: dict[int, bytes] = {}

    def call(part: int) -> None:
        results[part] = embedder.embed(texts[part::4]).tobytes()

    callers = [threading.Thread(target=call, args=(part,)) for part in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert results == {part: alone[part::4].tobytes() for part in range(4)}


def test_rows_are_unit_vectors_of_the_stated_size(embedder: OpenVinoEmbedder, texts: list[str]) -> None:
    vectors = embedder.embed(texts)
    assert vectors.shape == (len(texts), embedder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(embedder: OpenVinoEmbedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_texts_of_one_meaning_are_nearer_than_others(embedder: OpenVinoEmbedder) -> None:
    ferry, sinking, bank = embedder.embed(
        ["Ferry sinks off Port Eldrin, dozens missing", "Dozens feared lost as boat goes down", "Bank raises rates"]
    )
    assert ferry @ sinking > ferry @ bank + 0.2


def test_only_the_first_tokens_of_a_text_count(embedder: OpenVinoEmbedder) -> None:
    head = "one two three four five six"
    cut = embedder.embed([f"{head} seven eight"], max_tokens=8)
    assert cut.tobytes() == embedder.embed([head]).tobytes()
    assert cut.tobytes() != embedder.embed([f"{head} seven eight"]).tobytes()


def test_a_token_limit_beyond_the_model_is_refused(embedder: OpenVinoEmbedder) -> None:
    with pytest.raises(ValueError, match="max_tokens must be 3 to 256"):
        embedder.embed(["text"], max_tokens=512)


def test_vectors_carry_the_hash_of_the_model_file(embedder: Embedder, model_dir: Path) -> None:
    digest = ModelManifest.read(model_dir).model_sha256[:12]
    assert (embedder.model_id, embedder.max_tokens) == (f"all-MiniLM-L6-v2-int8@{digest}", 256)


def test_a_missing_model_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"make setup.*build_model"):
        OpenVinoEmbedder(tmp_path / "nowhere", threads=1)


def test_a_model_that_differs_from_its_manifest_is_refused(model_dir: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(model_dir, tmp_path / "model"))
    with (copy / WEIGHTS_FILE).open("r+b") as weights:
        weights.seek(1_000_000)
        weights.write(b"\x55")
    with pytest.raises(ModelMismatchError, match="damaged"):
        OpenVinoEmbedder(copy, threads=1)


def test_a_model_that_another_version_of_the_code_built_is_refused(model_dir: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(model_dir, tmp_path / "model"))
    manifest = json.loads((copy / MANIFEST_FILE).read_text(encoding="utf-8"))
    (copy / MANIFEST_FILE).write_text(json.dumps(manifest | {"recipe": 1}), encoding="utf-8")
    with pytest.raises(ModelMismatchError, match=r"another version.*make setup"):
        OpenVinoEmbedder(copy, threads=1)


@pytest.mark.parametrize("content", ["{", "[]", "{}", json.dumps({"model": "x"})])
def test_a_manifest_that_is_none_is_refused(content: str, model_dir: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(model_dir, tmp_path / "model"))
    (copy / MANIFEST_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ModelMismatchError, match=MANIFEST_FILE):
        OpenVinoEmbedder(copy, threads=1)


@pytest.mark.parametrize("threads", [0, -1])
def test_at_least_one_thread_is_needed(threads: int, model_dir: Path) -> None:
    with pytest.raises(ValueError, match="threads must be 1 or more"):
        OpenVinoEmbedder(model_dir, threads)


@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"])
def test_the_factory_loads_the_default_model_under_its_usual_names(name: str, model_dir: Path) -> None:
    assert load_embedder("openvino", name, model_dir, 1).dimensions == 384
    assert load_embedder("openvino", name, None, 1).dimensions == 384


def test_the_factory_refuses_a_model_that_openvino_was_not_built_for(model_dir: Path) -> None:
    with pytest.raises(ValueError, match="sentence-transformers"):
        load_embedder("openvino", "paraphrase-mpnet-base-v2", model_dir, 1)
