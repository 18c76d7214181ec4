"""Vectors of claims: computed where claims are compared with those of other articles, and nowhere else.

An event of one article, as most are, is told without them: its claims are not held against anybody's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from services.contracts.embedded import EmbeddedArticle
from services.dedupe.embedding.port import Embedder
from services.dedupe.embedding.vectors import encode_vector

CLAIM_TOKENS = 64
"""Word pieces of a claim that the model reads; nearly every claim is shorter."""
