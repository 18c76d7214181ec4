"""Sets of look-alikes come out as the events that they tell, with the model and the weights that serve."""

from pathlib import Path

import pytest

from lab.events.sets import is_right, read_sets
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.embedding.port import Embedder
from services.local.offline_cluster import cluster, offline_shard

TUNE = Path(__file__).parents[1] / "data" / "siblings" / "tune.jsonl"
SETS = read_sets(str(TUNE))
LETTERS = frozenset({"nl", "letter", "lb", "blog"})
KINDS = (
    "quake-two-countries-1",
    "bus-two-countries-1",
    "one-flood-many-names-1",
    "one-deal-many-names-1",
    "follow-ups-1",
    "weather-days-1",
    "market-wraps-1",
    "results-two-firms-1",
    "court-lists-1",
    "newsletter-two-events-1",
    "round-up-1",
    "walls-1",
    "stubs-1",
    "place-two-days-1",
)
"""One set a kind, of those that came out right by more than a little."""


class _Silent:
    def advance(self, steps: int = 1) -> None:
        """Show nothing."""

    def note(self, text: str) -> None:
        """Show nothing."""


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder("openvino", MODEL_NAME, None, threads=1)


@pytest.mark.parametrize("name", KINDS)
def test_each_group_of_a_set_is_one_event(name: str, embedder: Embedder) -> None:
    rows = SETS[name]
    events = cluster([row.article for row in rows], embedder, offline_shard(), _Silent())
    assert is_right([row.group for row in rows], events, LETTERS), [
        (event, row.article.title) for event, row in zip(events, rows, strict=True)
    ]
