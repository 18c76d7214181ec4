"""Counts how words are written in mid-sentence, and writes the small file of those that are mostly lower case.

    python -m lab.events.word_case ARTICLES.jsonl.gz services/dedupe/data/lower_words.npz

Rows need `text`. What is written are hashed words alone, no text.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from services.dedupe.signals.head_names import MOST_READ, fold_case_and_accents
from services.dedupe.signals.terms import hash_term

FEWEST = 2
"""Times that a word is to be seen: rarer ones are mostly misspelt, and most of the file."""
_IN_MID_SENTENCE = re.compile(r"(?<=[a-z,] )[^\W\d_]+")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="gzip'd JSON Lines with text")
    parser.add_argument("out", type=Path, help="the .npz file to write")
    arguments = parser.parse_args()
    with gzip.open(arguments.articles, "rt", encoding="utf-8") as lines:
        words = lower_words(json.loads(line)["text"] for line in lines)
    ids = np.array(sorted(map(hash_term, words)), np.uint32)
    np.savez_compressed(arguments.out, id_steps=np.diff(ids, prepend=np.uint32(0)))


def lower_words(texts: Iterable[str]) -> set[str]:
    """Words that are written with a small letter in at least half of their places in mid-sentence."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for word in _IN_MID_SENTENCE.findall(" ".join(text[:MOST_READ].split())):
            (capital if word[0].isupper() else small)[fold_case_and_accents(word)] += 1
    return {word for word, count in small.items() if count >= FEWEST and count >= capital[word]}


if __name__ == "__main__":
    main()
