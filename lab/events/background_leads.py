"""Embeds background articles, and writes the small file of lead vectors that we ship.

    python -m lab.events.background_leads ARTICLES.jsonl.gz services/dedupe/data/background_leads.npz

Rows need `title` and `text`. What is written are vectors in 8 bits a number alone, no text.
"""

import argparse
import gzip
import json
from pathlib import Path

import numpy as np

from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text
from services.dedupe.embedding.model_files import MODEL_NAME

ARTICLES = 2_000
_STEPS = 127


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="gzip'd JSON Lines with title and text")
    parser.add_argument("out", type=Path, help="the .npz file to write")
    arguments = parser.parse_args()
    with gzip.open(arguments.articles, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    step = max(1, len(rows) // ARTICLES)
    texts = [build_lead_text(row.get("title"), row["text"]) for row in rows[::step]][:ARTICLES]
    leads = load_embedder("openvino", MODEL_NAME, None, threads=2).embed(texts, LEAD_TOKENS)
    scaled = leads / np.abs(leads).max(axis=1, keepdims=True) * _STEPS
    np.savez_compressed(arguments.out, leads=np.rint(scaled).astype(np.int8), model=MODEL_NAME)


if __name__ == "__main__":
    main()
