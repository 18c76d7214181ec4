"""For which body somebody without a name speaks."""

import pytest

from services.dedupe.merging.sources.spokespeople import find_body

BODIES = ("Ruvian Foreign Ministry", "Roads Ministry", "Harbour Bank", "ministry of water")


@pytest.mark.parametrize(
    ("description", "body"),
    [
        ("spokesman for the foreign ministry", "Ruvian Foreign Ministry"),
        ("Foreign Ministry spokeswoman", "Ruvian Foreign Ministry"),
        ("senior spokesperson for Harbour Bank", "Harbour Bank"),
        ("the Harbour Bank's press office", "Harbour Bank"),
        ("spokesman for the ministry", None),
        ("spokesman", None),
        ("spokesman for", None),
        ("bank of spokesmen", None),
    ],
)
def test_a_spokesman_speaks_for_the_only_body_that_is_called_so(description: str, body: str | None) -> None:
    assert find_body(description, BODIES) == body
