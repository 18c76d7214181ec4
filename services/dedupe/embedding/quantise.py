"""From float32 to static int8: two to three times faster, and unlike dynamic int8 the same whatever the batch.

    python -m services.dedupe.embedding.quantise SOURCE_DIR OUT_DIR MAX_TOKENS < TEXTS

reads a JSON list of calibration texts and tells its progress on standard output. `quantise_in_own_process` runs it
so: statistics over the calibration texts are sums of float32, whose last digits depend on the
instructions that add them, and with them the model's bytes would.
"""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.bert_graph import APART, BertGraph
from services.dedupe.embedding.cpu_instructions import AVX2_ONLY
from services.dedupe.embedding.model_files import GRAPH_FILE, TOKENIZER_FILE, ModelFilesError
from services.dedupe.embedding.openvino_runtime import import_nncf, import_openvino
from services.dedupe.embedding.tokens import TokenBatch, WordPieceTokenizer, build_unpadded_batch

# How far SmoothQuant (Xiao et al. 2022, arXiv:2211.10438) moves outliers from activations into weights. With the
# loudest channels apart the optimum is flat; decision 0005 has the comparison.
SMOOTH_QUANT_ALPHA = 0.7
# nncf would also round the finished vector to int8 just before it is scaled to length 1. That saves nothing and costs
# short texts more than all six layers together: the worst of 200 headlines fell from .996 to .980.
KEPT_FLOAT = ("NormalizeL2",)
# In the first four layers one or two channels of the feed-forward part reach values several times those of all others,
# at a few tokens. In int8 they would take the steps from the rest: 16 channels of 1,536 stay in float32 (as in Dettmers
# et al. 2022, arXiv:2208.07339).
KEPT_CHANNELS = 16
PROGRESS_EVERY = 50
# What is longer than a headline counts as a passage: it is also calibrated sentence by sentence, and joined to another.
PASSAGE_CHARACTERS = 200
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# Every third sentence: enough for the ranges, and the build stays short.
SENTENCE_STEP = 3


def quantise_in_own_process(
    source_dir: Path,
    calibration_texts: Sequence[str],
    max_tokens: int,
    out_dir: Path,
    on_progress: Callable[[str], None],
) -> None:
    """`quantise_model` and `save_model` in a process that computes as on any x86-64 processor with AVX2, on one core.

    So the model has the same bytes on all of them. See `quantise_model` for the arguments.

    Raises:
        ModelFilesError: It failed; the message has its last words.
    """
    command = [sys.executable, "-m", __name__, str(source_dir.absolute()), str(out_dir.absolute()), str(max_tokens)]
    last = ""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as texts:
        json.dump(list(calibration_texts), texts)
        texts.seek(0)
        with subprocess.Popen(  # noqa: S603 - this very module
            command,
            env={**os.environ, **AVX2_ONLY},
            # `services` is found from here, wherever the caller stands.
            cwd=Path(__file__).parents[3],
            stdin=texts,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as process:
            for line in process.stdout or ():
                last = line.strip() or last
                on_progress(last)
    if process.returncode != 0:
        raise ModelFilesError(f"quantising failed (exit status {process.returncode}): {last}")


def quantise_model(
    source_dir: Path, calibration_texts: Sequence[str], max_tokens: int, on_progress: Callable[[str], None]
) -> Any:
    """The int8 `openvino.Model` of the float32 model in `source_dir`.

    The same texts give the same model, down to the bytes it is saved as.

    Args:
        source_dir: Holds `config.json`, `model.safetensors` and `tokenizer.json`.
        calibration_texts: Texts like those to be embedded, short and long; they set the int8 ranges.
        max_tokens: Word pieces read of each text.
        on_progress: Called with a short message now and then.

    Raises:
        ImportError: nncf or openvino is not installed.
        FileNotFoundError: A file of `source_dir` is missing.
    """
    on_progress("loading openvino and nncf")
    nncf = import_nncf()
    texts = expand_calibration_texts(calibration_texts)
    pieces = WordPieceTokenizer(source_dir / TOKENIZER_FILE).encode_texts(texts, max_tokens)
    # One text at a time, in the order given: nncf's running averages depend on the order.
    samples = [build_unpadded_batch(ids) for ids in pieces]
    seen = 0

    def feed(sample: TokenBatch) -> dict[str, Any]:
        nonlocal seen
        if seen % PROGRESS_EVERY == 0:
            # nncf reads all texts once per step; how many steps it takes is its own affair.
            step, done = divmod(seen, len(samples))
            on_progress(f"calibrating, step {step + 1}: {done} of {len(samples)} texts")
        seen += 1
        return sample.model_inputs

    on_progress("building the float32 graph")
    graph = BertGraph(source_dir).build_graph(find_outlier_channels(source_dir, samples, KEPT_CHANNELS))
    # nncf draws progress bars on standard output, which belongs to the caller.
    with contextlib.redirect_stdout(io.StringIO()):
        model = nncf.quantize(
            graph,
            nncf.Dataset(samples, feed),
            model_type=nncf.ModelType.TRANSFORMER,
            subset_size=len(samples),
            ignored_scope=nncf.IgnoredScope(types=list(KEPT_FLOAT), patterns=[f".*{APART}.*"]),
            advanced_parameters=nncf.AdvancedQuantizationParameters(
                # Ranges that hold every value seen; nncf's mean of the texts' largest cuts off what few texts reach.
                activations_range_estimator_params=nncf.quantization.range_estimator.RangeEstimatorParametersSet.MINMAX,
                # Weights in half the range of int8. Without VNNI two products of 8 bits are added in 16, which
                # overflows with the whole range (cosine to float32 .986 in the worst of 200 texts).
                overflow_fix=nncf.OverflowFix.ENABLE,
                smooth_quant_alphas=nncf.AdvancedSmoothQuantParameters(matmul=SMOOTH_QUANT_ALPHA),
            ),
        )
    _name_nodes_by_position(model)
    return model


def find_outlier_channels(source_dir: Path, samples: Sequence[TokenBatch], count: int) -> list[NDArray[np.int64]]:
    """The `count` channels of each layer's feed-forward part with the largest values after GELU, ascending."""
    ov = import_openvino()
    graph = BertGraph(source_dir).build_graph()
    inner = [node.output(0) for node in graph.get_ordered_ops() if node.get_type_name() == "Gelu"]
    graph.add_outputs(inner)
    request = ov.Core().compile_model(graph, "CPU", {"INFERENCE_PRECISION_HINT": "f32"}).create_infer_request()
    loudest = [np.zeros(output.get_partial_shape()[2].get_length(), np.float32) for output in inner]
    for sample in samples:
        request.infer(sample.model_inputs)
        for layer, largest in enumerate(loudest):
            values = request.get_output_tensor(layer + 1).data
            np.maximum(largest, np.abs(values).max(axis=(0, 1)), out=largest)
    return [np.sort(np.argsort(-largest, kind="stable")[:count]) for largest in loudest]


def expand_calibration_texts(texts: Sequence[str]) -> list[str]:
    """`texts`, sentences of the longer ones, and the longer ones in pairs.

    The service embeds headlines, single sentences and leads that fill the model. Ranges set by headlines and
    middling passages alone fit the rest less well: worst cosine .9926 without this, .9941 with it.
    """
    passages = [text for text in texts if len(text) > PASSAGE_CHARACTERS]
    sentences = [sentence for passage in passages for sentence in SENTENCE_END.split(passage)]
    pairs = [f"{first} {second}" for first, second in zip(passages[::2], passages[1::2], strict=False)]
    return [*texts, *sentences[::SENTENCE_STEP], *pairs]


def save_model(model: Any, out_dir: Path) -> None:
    """Write `model.xml` and `model.bin` into `out_dir`."""
    # The float16 default would change the scales, and with them the vectors.
    import_openvino().save_model(model, out_dir / GRAPH_FILE, compress_to_fp16=False)


def _name_nodes_by_position(model: Any) -> None:
    """Name every node by its place in the graph.

    OpenVINO names nodes by a counter of the process, so a second build in one process would otherwise be
    another file, with another hash, for the same model.
    """
    for place, node in enumerate(model.get_ordered_ops()):
        node.set_friendly_name(f"{node.get_type_name()}_{place}")


def main() -> None:
    """The command line; see the module's docstring."""
    source_dir, out_dir, max_tokens = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    if hasattr(os, "sched_setaffinity"):
        # Long sums may be split among cores, and then their number would show in the last digits.
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[os.getpid() % len(cores)]})
    # Not sys.stdout, which is another one while nncf draws on it.
    tell = partial(print, file=sys.__stdout__, flush=True)
    save_model(quantise_model(source_dir, json.load(sys.stdin), max_tokens, tell), out_dir)


if __name__ == "__main__":
    main()
