"""Embedding: the default int8 model beside plain sentence-transformers, on the same texts in the same run.

    python -m benchmarks.embed --input articles.jsonl.gz

Takes turns, so that what else runs on the machine hits both. Without the extra `sentence-transformers` it measures
our side alone and says so.
"""

import argparse
import importlib
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from benchmarks.machine import machine_line
from benchmarks.texts import add_input, read_rows
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text
from services.dedupe.embedding.model_files import ModelFilesError, default_model_dir, default_source_dir
from services.dedupe.embedding.openvino_embedder import OpenVinoEmbedder
from services.dedupe.embedding.openvino_runtime import block_telemetry
from services.local.progress import progress

ROWS = 256
ROUNDS = 3
THREADS = 2
WHOLE_TOKENS = 256
"""All that the model reads."""

Encode = Callable[[Sequence[str], int], NDArray[np.float32]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 1 with a message if the model has not been built."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_input(parser, ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="turns of each (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=THREADS, help="processor cores (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    rows = read_rows(chosen.input, chosen.rows)
    try:
        ours = OpenVinoEmbedder(default_model_dir(), chosen.threads)
        alone = OpenVinoEmbedder(default_model_dir(), 1)
    except ModelFilesError as error:
        print(error, file=sys.stderr)
        return 1
    print(machine_line())
    theirs = plain_sentence_transformers(chosen.threads)
    if theirs is None:
        print("sentence-transformers is not installed: our side alone (pip install newsweave[sentence-transformers])")
    leads = [build_lead_text(row.title, row.text) for row in rows]
    titles = [row.title or build_lead_text(None, row.text)[:100] for row in rows]
    console = Console(stderr=True)
    for name, texts, tokens in (
        (f"leads, first {LEAD_TOKENS} word pieces", leads, LEAD_TOKENS),
        (f"leads, first {WHOLE_TOKENS}", leads, WHOLE_TOKENS),
        ("titles", titles, WHOLE_TOKENS),
    ):
        compare(f"{len(texts)} {name}", texts, tokens, (ours.embed, theirs), rounds=chosen.rounds, console=console)
    print(f"bits of a vector alone, in a batch, on 1 and {chosen.threads} threads: {_bits(ours, alone, leads[:40])}")
    print(machine_line())
    return 0


def plain_sentence_transformers(threads: int) -> Encode | None:
    """Its model as its documentation says to use it, batches of 32; null if it is not installed."""
    block_telemetry()
    try:
        library: Any = importlib.import_module("sentence_transformers")
        torch: Any = importlib.import_module("torch")
    except ImportError:
        return None
    torch.set_num_threads(threads)
    model = library.SentenceTransformer(str(Path(default_source_dir())), device="cpu")

    def encode(texts: Sequence[str], tokens: int) -> NDArray[np.float32]:
        model.max_seq_length = tokens
        return np.asarray(model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), np.float32)

    return encode


def compare(
    name: str,
    texts: Sequence[str],
    tokens: int,
    sides: tuple[Encode, Encode | None],
    *,
    rounds: int,
    console: Console,
) -> None:
    """Time both in turns and print the median rates, their ratio, and how near the vectors are."""
    ours, theirs = sides
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    mine = ours(texts[:32], tokens)  # warm: the first call of each length compiles a kernel
    reference = None if theirs is None else theirs(texts[:32], tokens)
    with progress(console, name, total=rounds) as bar:
        for _ in range(rounds):
            start = time.perf_counter()
            mine = ours(texts, tokens)
            times["ours"].append(time.perf_counter() - start)
            if theirs is not None:
                start = time.perf_counter()
                reference = theirs(texts, tokens)
                times["theirs"].append(time.perf_counter() - start)
            bar.advance()
    rate = len(texts) / statistics.median(times["ours"])
    if reference is None:
        print(f"{name}: {rate:.0f}/s")
        return
    other = len(texts) / statistics.median(times["theirs"])
    cosines = np.sum(mine * reference, axis=1)
    print(
        f"{name}: {rate:.0f}/s, sentence-transformers {other:.0f}/s: x {rate / other:.2f}; cosine to its float32 "
        f"vectors mean {cosines.mean():.4f}, worst {cosines.min():.4f}",
        flush=True,
    )


def _bits(many: OpenVinoEmbedder, one: OpenVinoEmbedder, texts: Sequence[str]) -> str:
    batch = many.embed(texts, LEAD_TOKENS)
    single = np.concatenate([many.embed([text], LEAD_TOKENS) for text in texts])
    turned = many.embed(texts[::-1], LEAD_TOKENS)[::-1]
    same = all(np.array_equal(batch, other) for other in (single, turned, one.embed(texts, LEAD_TOKENS)))
    return "the same" if same else "DIFFERENT"


if __name__ == "__main__":
    sys.exit(main())
