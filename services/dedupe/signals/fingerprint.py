"""Same text? Near-duplicates of one report, proposed by MinHash and proved by their shingles.

MinHash (Broder 1997) proposes pairs; because it is an estimate, the exact overlap of word shingles decides.
"""

from dataclasses import dataclass

import numpy as np
import rensa
from numpy.typing import NDArray

from services.dedupe.signals.terms import hash_terms
from services.language.stems import singulars

SHINGLE_WORDS = 4
PERMUTATIONS = 128
BAND_ROWS = 2
"""Rows of the signature in one band: two texts are compared when any of the 64 bands agrees, which finds .99 of
the pairs with Jaccard .3 (a reprint cut to a third)."""
SEED = 42
SAME_TEXT = 0.5
"""Jaccard overlap of shingles from which on two texts are one. Independent reports of one event stay under .1."""
CUT_TEXT = 0.7
"""Share of the shorter text's shingles inside the longer, for a reprint that was cut."""
CREDITED_TEXT = 0.3
"""The same share for two texts that credit one agency: takes of one report, each edited by its outlet. Of 1,281
articles that credit agencies, in a stream of 13,000, it adds five pairs of outlets; with different agencies one pair
shares as much."""
FEWEST_SHINGLES = 20
"""Shorter texts have too few shingles for the overlap to mean that one was copied."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What reprints are recognised by.

    Attributes:
        shingles: Hashes of all word shingles: uint32, ascending, distinct.
        bands: MinHash signature folded into bands: uint64, shape (PERMUTATIONS / BAND_ROWS,).
    """

    shingles: NDArray[np.uint32]
    bands: NDArray[np.uint64]


def build_fingerprint(text: str) -> Fingerprint:
    """Shingles and MinHash bands of `text`; depends on nothing but the text."""
    tokens = singulars(text)
    shingles = {" ".join(tokens[at : at + SHINGLE_WORDS]) for at in range(max(1, len(tokens) - SHINGLE_WORDS + 1))}
    sketch = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update(sorted(shingles))
    rows = np.array(sketch.digest(), np.uint64).reshape(-1, BAND_ROWS)
    return Fingerprint(
        shingles=np.array(sorted(set(hash_terms(shingles))), np.uint32),
        bands=rows[:, 0] << np.uint64(32) | rows[:, 1],
    )


def is_near_duplicate(first: Fingerprint, second: Fingerprint, *, same_agency: bool = False) -> bool:
    """Whether one text is a near-duplicate of the other, or a cut of it. `same_agency`: both credit the same agency."""
    shorter = min(len(first.shingles), len(second.shingles))
    shared = len(np.intersect1d(first.shingles, second.shingles, assume_unique=True))
    union = len(first.shingles) + len(second.shingles) - shared
    if shared == union:
        return True
    share = CREDITED_TEXT if same_agency else CUT_TEXT
    return shorter >= FEWEST_SHINGLES and (shared >= SAME_TEXT * union or shared >= share * shorter)
