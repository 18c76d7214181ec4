"""Counts in how many articles of a background collection each term occurs, and writes the small file we ship.

    python -m lab.events.background ARTICLES.jsonl.gz services/dedupe/data/background_df.npz

Rows need `title` and `text`. What is written are statistics alone: hashed terms and counts, no text.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from services.dedupe.signals.terms import BODY_CHARACTERS, count_terms

FEWEST_DOCUMENTS = 3
"""Rarer terms are left out: their weight differs little from that of an unseen term, and they are most of the file."""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="gzip'd JSON Lines with title and text")
    parser.add_argument("out", type=Path, help="the .npz file to write")
    parser.add_argument("--fewest", type=int, default=FEWEST_DOCUMENTS, help="drop terms in fewer documents")
    arguments = parser.parse_args()
    documents, total = count_documents(arguments.articles)
    kept = sorted((term, count) for term, count in documents.items() if count >= arguments.fewest)
    ids = np.array([term for term, _ in kept], np.uint32)
    np.savez_compressed(
        arguments.out,
        # Differences of ascending ids compress to half of what the ids themselves take.
        id_steps=np.diff(ids, prepend=np.uint32(0)),
        documents=np.minimum([count for _, count in kept], np.iinfo(np.uint16).max).astype(np.uint16),
        total=np.uint32(total),
    )


def count_documents(path: Path) -> tuple[Counter[int], int]:
    """Document count of each term id, and the number of documents."""
    documents: Counter[int] = Counter()
    total = 0
    for title, text in _rows(path):
        documents.update((count_terms(text[:BODY_CHARACTERS]) + count_terms(title)).keys())
        total += 1
    return documents, total


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row.get("title") or "", row["text"]


if __name__ == "__main__":
    main()
