"""Building the default model: once, reproducibly, and never over anything else."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from services.dedupe.embedding.build_model import CALIBRATION_FILE, build_model, main, read_calibration_texts
from services.dedupe.embedding.cpu_instructions import AVX2_ONLY
from services.dedupe.embedding.model_files import (
    FILES,
    MODEL_DIR_VARIABLE,
    ModelFilesError,
    ModelManifest,
    ModelMismatchError,
    ModelMissingError,
    default_model_dir,
    default_source_dir,
)
from services.dedupe.embedding.quantise import quantise_in_own_process

TEXTS = ("Ferry sinks off Port Eldrin", "Taverra's central bank raised its rate to 4.5% on Tuesday.")
REPOSITORY = Path(__file__).parents[4]
NO_NETWORK = """
import socket
def refuse(*arguments):
    raise AssertionError("there is no network")
socket.socket.connect = socket.getaddrinfo = refuse
"""


def ignore(_message: str) -> None:
    pass


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real model of two calibration texts: fast to build, too coarse to use."""
    folder = tmp_path_factory.mktemp("models") / "model"
    build_model(folder, TEXTS, None, ignore)
    return folder


@pytest.fixture(scope="module")
def built_on_avx2(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same built over itself, by processes without network that are limited to AVX2."""
    folder = tmp_path_factory.mktemp("again")
    model = Path(shutil.copytree(built, folder / "model"))
    texts = folder / "texts.jsonl"
    texts.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS), encoding="utf-8")
    # Python imports it when it starts.
    (folder / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    environment = {**os.environ, **AVX2_ONLY, "PYTHONPATH": str(folder)}
    code = "import socket; socket.getaddrinfo('localhost', 80)"
    tried = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert "there is no network" in tried.stderr
    command = [sys.executable, "-m", "services.dedupe.embedding.build_model", "--force", "--out", str(model)]
    subprocess.run([*command, "--calibration", str(texts)], cwd=REPOSITORY, env=environment, check=True)
    return model


@pytest.fixture
def model(built: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(built, tmp_path / "model"))


def test_a_build_leaves_the_four_files_and_nothing_beside_them(built: Path) -> None:
    assert {entry.name for entry in built.iterdir()} == set(FILES)
    assert [entry.name for entry in built.parent.iterdir()] == ["model"]


def test_the_manifest_names_the_files_it_stands_for(built: Path) -> None:
    manifest = ModelManifest.read(built)
    manifest.check_files(built)
    assert (manifest.dimensions, manifest.max_tokens, manifest.built_from.calibration_texts) == (384, 256, 2)
    assert manifest.model_id == f"all-MiniLM-L6-v2-int8@{manifest.model_sha256[:12]}"


def test_building_again_changes_nothing(built: Path) -> None:
    before = {entry.name: entry.stat().st_mtime_ns for entry in built.iterdir()}
    manifest = build_model(built, TEXTS, None, ignore)
    assert manifest == ModelManifest.read(built)
    assert {entry.name: entry.stat().st_mtime_ns for entry in built.iterdir()} == before


def test_a_forced_build_gives_the_same_bytes_also_without_avx512_and_vnni(built: Path, built_on_avx2: Path) -> None:
    assert {name for name in FILES if (built / name).read_bytes() != (built_on_avx2 / name).read_bytes()} == set()


def test_a_quantisation_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(ModelFilesError, match=r"quantising failed.*FileNotFoundError"):
        quantise_in_own_process(tmp_path, TEXTS, 256, tmp_path, ignore)


def test_finding_the_model_in_place_imports_nothing_slow(model: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from services.dedupe.embedding.build_model import build_model;"
        f"build_model(Path({str(model)!r}), {TEXTS!r}, None, print);"
        "print(sorted({'openvino', 'nncf', 'numpy', 'tokenizers', 'safetensors'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert "is in place" in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_built_anew(name: str, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (model / name).write_bytes(b"damaged")
    assert asks_to_build(model, TEXTS, monkeypatch)


def test_other_calibration_texts_make_another_model(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asks_to_build(model, (*TEXTS, "one more"), monkeypatch)
    assert asks_to_build(model, TEXTS[::-1], monkeypatch)
    assert not asks_to_build(model, TEXTS, monkeypatch)


@pytest.mark.parametrize("package", ["openvino", "nncf"])
def test_another_library_version_makes_another_model(
    package: str, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def newer(name: str) -> str:
        return "9999" if name == package else str(getattr(ModelManifest.read(model).built_from, name))

    monkeypatch.setattr("services.dedupe.embedding.build_model.version", newer)
    assert asks_to_build(model, TEXTS, monkeypatch)


def asks_to_build(folder: Path, texts: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether `build_model` goes beyond the model in place; stops it as it looks for the weights."""

    def stop() -> Path:
        raise InterruptedError

    monkeypatch.setattr("services.dedupe.embedding.build_model.default_source_dir", stop)
    try:
        build_model(folder, texts, None, ignore)
    except InterruptedError:
        return True
    return False


def test_weights_with_another_hash_are_refused_and_the_old_model_stays(model: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(ModelMismatchError, match="expected 53aa51172d142c89"):
        build_model(model, (*TEXTS, "one more"), source, ignore)
    ModelManifest.read(model).check_files(model)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"model\.safetensors is missing"):
        build_model(tmp_path / "model", TEXTS, tmp_path, ignore)


def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(ModelFilesError, match="holds other files"):
        build_model(tmp_path, TEXTS, None, ignore, force=True)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("services.dedupe.embedding.build_model._build_model_files", fail)
    with pytest.raises(OSError, match="no space left"):
        build_model(tmp_path / "model", TEXTS, None, ignore)
    assert list(tmp_path.iterdir()) == []


def test_a_build_needs_no_network(built_on_avx2: Path) -> None:
    """Its processes had none: the fixture makes sure of that."""
    ModelManifest.read(built_on_avx2).check_files(built_on_avx2)


def test_importing_the_libraries_writes_no_telemetry_files(tmp_path: Path) -> None:
    code = (
        "from services.dedupe.embedding.openvino_runtime import import_nncf, import_openvino\n"
        "import_openvino(); import_nncf()"
    )
    environment = {"HOME": str(tmp_path), "PATH": ""}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout == ""
    assert list(tmp_path.rglob("*")) == []


def test_at_least_one_calibration_text_is_needed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one calibration text"):
        build_model(tmp_path / "model", [], None, ignore)


def test_a_broken_calibration_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text('{"kind": "title", "text": "fine"}\n{"kind": "title"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_calibration_texts(file)


def test_the_calibration_texts_that_come_with_dedupe_are_readable() -> None:
    assert len(read_calibration_texts(CALIBRATION_FILE)) >= 100


def test_the_command_reports_a_failure_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--out", str(tmp_path / "model"), "--calibration", str(tmp_path / "absent.jsonl")])
    assert status == 1
    assert capsys.readouterr().err.startswith("cannot build the embedding model: ")


def test_the_model_folder_can_be_chosen_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_DIR_VARIABLE, str(tmp_path))
    assert default_model_dir() == tmp_path
    monkeypatch.delenv(MODEL_DIR_VARIABLE)
    assert default_model_dir().is_relative_to(sys.prefix)


def test_the_installed_weights_are_found() -> None:
    assert (default_source_dir() / "model.safetensors").is_file()
