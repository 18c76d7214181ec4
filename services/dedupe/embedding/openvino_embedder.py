"""The default embedder: the int8 model that `build_model` made, on OpenVINO, without torch."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.build_model import RECIPE
from services.dedupe.embedding.model_files import (
    GRAPH_FILE,
    HOW_TO_BUILD,
    TOKENIZER_FILE,
    ModelManifest,
    ModelMismatchError,
)
from services.dedupe.embedding.openvino_runtime import import_openvino
from services.dedupe.embedding.tokens import WordPieceTokenizer, iterate_batches, resolve_token_limit


class OpenVinoEmbedder:
    """An `Embedder` whose vectors are the same bits for a text alone, in any batch, on any number of threads.

    May be shared by threads; calls wait for each other.
    """

    def __init__(self, model_dir: Path, threads: int) -> None:
        """Check and load the model; takes about half a second.

        Args:
            model_dir: Folder made by `build_model`.
            threads: Processor cores to use, 1 or more. Each runs batches of its own: one batch spread over two
                cores gains next to nothing for a single text.

        Raises:
            ModelMissingError: There is no model in `model_dir`.
            ModelMismatchError: Its files do not match its manifest, or other code built it.
            ValueError: `threads` is below 1.
        """
        if threads < 1:
            raise ValueError(f"threads must be 1 or more, not {threads}")
        self._manifest = ModelManifest.read(model_dir)
        if self._manifest.built_from.recipe != RECIPE:
            raise ModelMismatchError(f"{model_dir} was built by another version of this code: {HOW_TO_BUILD}")
        self._manifest.check_files(model_dir)
        self._pieces = WordPieceTokenizer(model_dir / TOKENIZER_FILE)
        ov = import_openvino()
        compiled = ov.Core().compile_model(
            model_dir / GRAPH_FILE,
            "CPU",
            {
                # Left to itself OpenVINO computes in bfloat16 where the processor can, and vectors would differ.
                "INFERENCE_PRECISION_HINT": "f32",
                "INFERENCE_NUM_THREADS": threads,
                "NUM_STREAMS": threads,
                # Several processes share the cores; pinned, they would all sit on the first ones.
                "ENABLE_CPU_PINNING": False,
            },
        )
        self._queue: Any = ov.AsyncInferQueue(compiled, threads)
        self._queue.set_callback(_store_batch_vectors)
        self._lock = threading.Lock()

    @property
    def model_id(self) -> str:
        """See `Embedder.model_id`."""
        return self._manifest.model_id

    @property
    def dimensions(self) -> int:
        """See `Embedder.dimensions`."""
        return self._manifest.dimensions

    @property
    def max_tokens(self) -> int:
        """See `Embedder.max_tokens`."""
        return self._manifest.max_tokens

    def embed(self, texts: Sequence[str], max_tokens: int | None = None) -> NDArray[np.float32]:
        """See `Embedder.embed`."""
        limit = resolve_token_limit(max_tokens, self.max_tokens)
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        token_ids = self._pieces.encode_texts(texts, limit)
        # The queue's requests are shared: a second caller would wait for, and overwrite, the first one's batches.
        with self._lock:
            for batch in iterate_batches(token_ids):
                self._queue.start_async(batch.model_inputs, (vectors, batch.rows))
            self._queue.wait_all()
        return vectors


def _store_batch_vectors(request: Any, vectors_and_rows: tuple[NDArray[np.float32], tuple[int, ...]]) -> None:
    """Copy a finished batch to its rows, before its request is used again."""
    vectors, rows = vectors_and_rows
    vectors[list(rows)] = request.get_output_tensor().data
