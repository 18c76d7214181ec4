"""A BERT sentence encoder (Devlin et al. 2018, arXiv:1810.04805) as an OpenVINO graph, from its safetensors.

Written out by hand so that neither building nor running the model needs torch. The pooling is that of
Sentence-BERT (Reimers and Gurevych 2019, arXiv:1908.10084): the mean over the real tokens, scaled to length 1.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from services.dedupe.embedding.openvino_runtime import import_openvino

# Added to the attention score of a padding token. Its softmax weight is exp(-1e9 - score), exactly 0 in
# float32, so padding cannot change a single bit of the other tokens.
MASKED_SCORE = -1e9
# Lower bound of the squared length before dividing by it; far below any real one.
NORM_EPSILON = 1e-12


@dataclass(frozen=True)
class BertSizes:
    """The numbers of `config.json` that shape the graph."""

    hidden: int
    layers: int
    heads: int
    norm_epsilon: float

    @classmethod
    def read(cls, config_file: Path) -> "BertSizes":
        """Sizes from a Hugging Face `config.json`.

        Raises:
            ValueError: The model is not a BERT with GELU and absolute positions, the only kind built here.
            KeyError: A size is missing from the file.
        """
        config = json.loads(config_file.read_text(encoding="utf-8"))
        kind = (config["model_type"], config["hidden_act"], config.get("position_embedding_type", "absolute"))
        if kind != ("bert", "gelu", "absolute"):
            raise ValueError(f"{config_file}: cannot build a graph for {kind}, only for bert/gelu/absolute")
        return cls(
            hidden=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            norm_epsilon=config["layer_norm_eps"],
        )


class BertGraph:
    """Builds the graph of one model: token ids in, unit vectors out."""

    def __init__(self, source_dir: Path) -> None:
        """Read `config.json` and `model.safetensors` of `source_dir` (about 90 MB, held until dropped).

        Raises:
            FileNotFoundError: One of the two files is missing.
            ValueError: See `BertSizes.read`.
        """
        self.sizes = BertSizes.read(source_dir / "config.json")
        self._weights: dict[str, NDArray[np.float32]] = load_file(source_dir / "model.safetensors")
        self._ov: Any = import_openvino()
        self._ops: Any = self._ov.opset13

    def build(self) -> Any:
        """The `openvino.Model`.

        Inputs `input_ids` and `attention_mask` (1 for a token, 0 for padding), both (batch, tokens) int64 and
        of any size up to the model's position table; output `embedding`, (batch, hidden) float32.
        """
        ops = self._ops
        ids = ops.parameter([-1, -1], np.int64, name="input_ids")
        mask = ops.parameter([-1, -1], np.int64, name="attention_mask")
        mask_f32 = ops.convert(mask, "f32")
        # (batch, tokens) -> (batch, 1, 1, tokens): the same mask for every head and every query.
        score_mask = ops.multiply(
            ops.subtract(np.float32(1.0), ops.unsqueeze(mask_f32, np.array([1, 2]))), np.float32(MASKED_SCORE)
        )
        states = self._embed(ids)
        for layer in range(self.sizes.layers):
            states = self._layer(states, score_mask, f"encoder.layer.{layer}")
        output = self._pool(states, mask_f32)
        output.set_friendly_name("embedding")
        output.output(0).set_names({"embedding"})
        for parameter in (ids, mask):
            parameter.output(0).set_names({parameter.get_friendly_name()})
        return self._ov.Model([output], [ids, mask], "sentence_encoder")

    def _embed(self, ids: Any) -> Any:
        """Sum of word, position and token type vectors, normalised: (batch, tokens, hidden)."""
        ops = self._ops
        words = ops.gather(self._weights["embeddings.word_embeddings.weight"], ids, np.int64(0))
        # Every text is one segment, so the token type is always 0: fold its row into the position table.
        table = (
            self._weights["embeddings.position_embeddings.weight"]
            + self._weights["embeddings.token_type_embeddings.weight"][0]
        )
        length = ops.gather(ops.shape_of(ids), np.array([1]), np.int64(0))
        positions = ops.slice(table, np.array([0]), length, np.array([1]), np.array([0]))
        return self._norm(ops.add(words, positions), "embeddings.LayerNorm")

    def _layer(self, states: Any, score_mask: Any, name: str) -> Any:
        """One transformer layer; (batch, tokens, hidden) in and out."""
        ops = self._ops
        query, key, value = (
            self._split_heads(self._dense(states, f"{name}.attention.self.{part}"))
            for part in ("query", "key", "value")
        )
        context = ops.scaled_dot_product_attention(query, key, value, score_mask)
        joined = ops.reshape(ops.transpose(context, np.array([0, 2, 1, 3])), np.array([0, 0, -1]), True)
        attended = self._dense(joined, f"{name}.attention.output.dense")
        states = self._norm(ops.add(attended, states), f"{name}.attention.output.LayerNorm")
        inner = ops.gelu(self._dense(states, f"{name}.intermediate.dense"), "erf")
        outer = self._dense(inner, f"{name}.output.dense")
        return self._norm(ops.add(outer, states), f"{name}.output.LayerNorm")

    def _split_heads(self, states: Any) -> Any:
        """(batch, tokens, hidden) -> (batch, heads, tokens, hidden / heads)."""
        ops = self._ops
        shape = np.array([0, 0, self.sizes.heads, self.sizes.hidden // self.sizes.heads])
        return ops.transpose(ops.reshape(states, shape, True), np.array([0, 2, 1, 3]))

    def _dense(self, states: Any, name: str) -> Any:
        """A linear layer; safetensors keeps its weight as (out, in)."""
        product = self._ops.matmul(states, self._weights[f"{name}.weight"], False, True)
        return self._ops.add(product, self._weights[f"{name}.bias"])

    def _norm(self, states: Any, name: str) -> Any:
        """Layer normalisation over the last axis."""
        ops = self._ops
        centred = ops.mvn(states, np.array([-1]), True, self.sizes.norm_epsilon, "inside_sqrt")
        scaled = ops.multiply(centred, self._weights[f"{name}.weight"])
        return ops.add(scaled, self._weights[f"{name}.bias"])

    def _pool(self, states: Any, mask: Any) -> Any:
        """Mean over the real tokens, scaled to length 1: (batch, hidden)."""
        ops = self._ops
        weight = ops.unsqueeze(mask, np.array([2]))
        total = ops.reduce_sum(ops.multiply(states, weight), np.array([1]))
        mean = ops.divide(total, ops.reduce_sum(weight, np.array([1])))
        return ops.normalize_l2(mean, np.array([1]), NORM_EPSILON, "add")
