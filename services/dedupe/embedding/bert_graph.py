"""A BERT sentence encoder (Devlin et al. 2018, arXiv:1810.04805) as an OpenVINO graph, from its safetensors.

Written out by hand so that neither building nor running the model needs torch. The pooling is that of
Sentence-BERT (Reimers and Gurevych 2019, arXiv:1908.10084): the mean over the real tokens, scaled to length 1.
"""

import json
from collections.abc import Sequence
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
APART = "apart"
"""In the names of matrix products that `BertGraph.build_graph` was told to keep apart."""
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
    def read_config(cls, config_file: Path) -> "BertSizes":
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


@dataclass(frozen=True)
class _TokenLayout:
    """Nodes that say where tokens stand: in the list that the dense layers read, and on the grid of attention."""

    places: Any
    """(1, tokens): place on the flattened grid."""
    grid: Any
    """(texts, length): place in the list; any for padding."""
    score_mask: Any
    """(texts, 1, 1, length): added to attention scores, 0 for a token."""


class BertGraph:
    """Builds the graph of one model: token ids in, unit vectors out."""

    def __init__(self, source_dir: Path) -> None:
        """Read `config.json` and `model.safetensors` of `source_dir` (about 90 MB, held until dropped).

        Raises:
            FileNotFoundError: One of the two files is missing.
            ValueError: See `BertSizes.read_config`.
        """
        self.sizes = BertSizes.read_config(source_dir / "config.json")
        self._weights: dict[str, NDArray[np.float32]] = load_file(source_dir / "model.safetensors")
        self._ov: Any = import_openvino()
        self._ops: Any = self._ov.opset13

    def build_graph(self, separate_channels: Sequence[NDArray[np.int64]] = ()) -> Any:
        """The `openvino.Model`, from the texts of one batch to their vectors.

        `separate_channels`: for each layer channels of the feed-forward part that get matrices of their own, with
        `APART` in their names. The same sums, written so that these channels can stay in float32.

        Inputs as in `TokenBatch`, all int64: `input_ids` and `places` (1, tokens), `grid` (texts, length); output
        `embedding`, (texts, hidden) float32. Tokens of all texts run through the dense layers one after another,
        without padding; only attention lays them out on the grid.
        """
        ops = self._ops
        ids = ops.parameter([1, -1], np.int64, name="input_ids")
        places = ops.parameter([1, -1], np.int64, name="places")
        grid = ops.parameter([-1, -1], np.int64, name="grid")
        mask = ops.convert(ops.greater_equal(grid, np.int64(0)), "f32")
        # (texts, length) -> (texts, 1, 1, length): the same mask for every head and every query.
        score_mask = ops.multiply(
            ops.subtract(np.float32(1.0), ops.unsqueeze(mask, np.array([1, 2]))), np.float32(MASKED_SCORE)
        )
        layout = _TokenLayout(places, ops.maximum(grid, np.int64(0)), score_mask)
        states = self._embed_tokens(ids, layout)
        for layer in range(self.sizes.layers):
            states = self._transformer_layer(
                states, layout, f"encoder.layer.{layer}", separate_channels[layer] if separate_channels else None
            )
        output = self._pool_mean_over_tokens(states, layout, mask)
        output.set_friendly_name("embedding")
        output.output(0).set_names({"embedding"})
        for parameter in (ids, places, grid):
            parameter.output(0).set_names({parameter.get_friendly_name()})
        return self._ov.Model([output], [ids, places, grid], "sentence_encoder")

    def _embed_tokens(self, token_ids: Any, layout: _TokenLayout) -> Any:
        """Sum of word, position and token type vectors, normalised: (1, tokens, hidden)."""
        ops = self._ops
        words = ops.gather(self._weights["embeddings.word_embeddings.weight"], token_ids, np.int64(0))
        # Every text is one segment, so the token type is always 0: fold its row into the position table.
        table = (
            self._weights["embeddings.position_embeddings.weight"]
            + self._weights["embeddings.token_type_embeddings.weight"][0]
        )
        length = ops.gather(ops.shape_of(layout.grid), np.array([1]), np.int64(0))
        positions = ops.gather(table, ops.floor_mod(layout.places, length), np.int64(0))
        return self._layer_norm(ops.add(words, positions), "embeddings.LayerNorm")

    def _transformer_layer(
        self, states: Any, layout: _TokenLayout, name: str, separate_channels: NDArray[np.int64] | None
    ) -> Any:
        """One transformer layer; (1, tokens, hidden) in and out."""
        ops = self._ops
        query, key, value = (
            self._split_heads(self._dense_layer(states, f"{name}.attention.self.{part}"), layout)
            for part in ("query", "key", "value")
        )
        context = ops.scaled_dot_product_attention(query, key, value, layout.score_mask)
        joined = ops.reshape(ops.transpose(context, np.array([0, 2, 1, 3])), np.array([-1, self.sizes.hidden]), False)
        listed = ops.gather(joined, layout.places, np.int64(0))
        attended = self._dense_layer(listed, f"{name}.attention.output.dense")
        states = self._layer_norm(ops.add(attended, states), f"{name}.attention.output.LayerNorm")
        outer = self._feed_forward_layers(states, name, separate_channels)
        return self._layer_norm(ops.add(outer, states), f"{name}.output.LayerNorm")

    def _feed_forward_layers(self, states: Any, name: str, separate_channels: NDArray[np.int64] | None) -> Any:
        """Two linear layers with GELU between them; (1, tokens, hidden) in and out."""
        up, bias = (self._weights[f"{name}.intermediate.dense.{part}"] for part in ("weight", "bias"))
        down = self._weights[f"{name}.output.dense.weight"]
        if separate_channels is None:
            outer = self._feed_forward_channels(states, up, bias, down)
        else:
            rest = np.setdiff1d(np.arange(len(up)), separate_channels)
            outer = self._feed_forward_channels(states, up[rest], bias[rest], down[:, rest])
            few = self._feed_forward_channels(
                states, up[separate_channels], bias[separate_channels], down[:, separate_channels], f"{name}.{APART}"
            )
            outer = self._ops.add(outer, few)
        return self._ops.add(outer, self._weights[f"{name}.output.dense.bias"])

    def _feed_forward_channels(
        self,
        states: Any,
        up_weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        down_weights: NDArray[np.float32],
        name: str | None = None,
    ) -> Any:
        """Some channels of a feed-forward part: (1, tokens, hidden) in and out. `name`: of both matrix products."""
        ops = self._ops
        first = ops.matmul(states, np.ascontiguousarray(up_weights), False, True)
        second = ops.matmul(ops.gelu(ops.add(first, bias), "erf"), np.ascontiguousarray(down_weights), False, True)
        if name is not None:
            first.set_friendly_name(f"{name}.up")
            second.set_friendly_name(f"{name}.down")
        return second

    def _split_heads(self, states: Any, layout: _TokenLayout) -> Any:
        """(1, tokens, hidden) -> (texts, heads, length, hidden / heads)."""
        ops = self._ops
        shape = np.array([0, 0, self.sizes.heads, self.sizes.hidden // self.sizes.heads])
        laid_out = self._pad_tokens(states, layout)
        return ops.transpose(ops.reshape(laid_out, shape, True), np.array([0, 2, 1, 3]))

    def _pad_tokens(self, states: Any, layout: _TokenLayout) -> Any:
        """(1, tokens, hidden) -> (texts, length, hidden)."""
        listed = self._ops.reshape(states, np.array([-1, self.sizes.hidden]), False)
        return self._ops.gather(listed, layout.grid, np.int64(0))

    def _dense_layer(self, states: Any, name: str) -> Any:
        """A linear layer; safetensors keeps its weight as (out, in)."""
        product = self._ops.matmul(states, self._weights[f"{name}.weight"], False, True)
        return self._ops.add(product, self._weights[f"{name}.bias"])

    def _layer_norm(self, states: Any, name: str) -> Any:
        """Layer normalisation over the last axis."""
        ops = self._ops
        centred = ops.mvn(states, np.array([-1]), True, self.sizes.norm_epsilon, "inside_sqrt")
        scaled = ops.multiply(centred, self._weights[f"{name}.weight"])
        return ops.add(scaled, self._weights[f"{name}.bias"])

    def _pool_mean_over_tokens(self, states: Any, layout: _TokenLayout, mask: Any) -> Any:
        """Mean over the tokens of each text, scaled to length 1: (texts, hidden)."""
        ops = self._ops
        weight = ops.unsqueeze(mask, np.array([2]))
        laid_out = self._pad_tokens(states, layout)
        total = ops.reduce_sum(ops.multiply(laid_out, weight), np.array([1]))
        mean = ops.divide(total, ops.reduce_sum(weight, np.array([1])))
        return ops.normalize_l2(mean, np.array([1]), NORM_EPSILON, "add")
