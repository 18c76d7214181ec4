"""Chooses the embedder that the settings ask for."""

from pathlib import Path
from typing import Literal, assert_never

from services.dedupe.embedding.model_files import MODEL_NAME, default_model_dir
from services.dedupe.embedding.openvino_embedder import OpenVinoEmbedder
from services.dedupe.embedding.port import Embedder
from services.dedupe.embedding.sentence_transformers_embedder import SentenceTransformersEmbedder, short_model_name

EmbedderKind = Literal["openvino", "sentence-transformers"]


def load_embedder(kind: EmbedderKind, model: str, model_dir: Path | None, threads: int) -> Embedder:
    """Load an embedder; the only place that knows all kinds.

    Args:
        kind: "openvino" runs the built int8 model; "sentence-transformers" runs any model, on torch.
        model: Name of the model, for sentence-transformers also a folder.
        model_dir: Where the built model lies (openvino only); None for `default_model_dir()`.
        threads: Processor cores to use, 1 or more.

    Raises:
        ValueError: `threads` is below 1, or `model` is not the one that the openvino kind is built for.
        ModelMissingError: The model has not been built (openvino).
        ModelMismatchError: The built model's files are damaged (openvino).
        ImportError: The extra is not installed (sentence-transformers).
        OSError: There is no such model (sentence-transformers).
    """
    if threads < 1:
        raise ValueError(f"threads must be 1 or more, not {threads}")
    match kind:
        case "openvino":
            if short_model_name(model).lower() != MODEL_NAME.lower():
                raise ValueError(
                    f"the openvino embedder runs {MODEL_NAME} only, not {model!r}: "
                    'choose the kind "sentence-transformers" for other models'
                )
            return OpenVinoEmbedder(default_model_dir() if model_dir is None else model_dir, threads)
        case "sentence-transformers":
            return SentenceTransformersEmbedder(model, threads)
        case _:
            assert_never(kind)
