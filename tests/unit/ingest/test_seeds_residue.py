"""Real pages with hand-marked residue, from a folder that is not part of this repository."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.ingest.text.cleaning import clean
from services.ingest.text.pasted_head import read_head

FOLDER = os.environ.get("NEWSWEAVE_SEEDS_DIR")
pytestmark = pytest.mark.seeds

KINDS = ("quotations", "statements", "figures")


def expected() -> dict[str, Any]:
    assert FOLDER is not None
    marks: dict[str, Any] = json.loads((Path(FOLDER) / "expected.json").read_text(encoding="utf-8"))
    return marks


def pages(marks: dict[str, Any]) -> Iterator[tuple[str, str]]:
    assert FOLDER is not None
    for article in marks["articles"]:
        yield article["article"], (Path(FOLDER) / article["file"]).read_text(encoding="utf-8")


def test_all_marked_residue_is_removed() -> None:
    marks = expected()
    for name, text in pages(marks):
        kept = {index for start, end in clean(text).kept for index in range(start, end)}
        for residue in marks["residue"]:
            if residue["article"] == name:
                left = [index for index in range(*residue["span"]) if index in kept and not text[index].isspace()]
                assert left == [], f"{name}: {residue}"


def test_nothing_but_marked_residue_is_removed() -> None:
    marks = expected()
    for name, text in pages(marks):
        kept = {index for start, end in clean(text).kept for index in range(start, end)}
        residue = {index for mark in marks["residue"] if mark["article"] == name for index in range(*mark["span"])}
        lost = [
            index for index, character in enumerate(text) if not character.isspace() and index not in kept | residue
        ]
        assert lost == [], name


def test_every_marked_claim_lies_inside_one_kept_piece() -> None:
    marks = expected()
    for name, text in pages(marks):
        pieces = clean(text).kept
        for mark in (mark for kind in KINDS for mark in marks[kind] if mark["article"] == name):
            start, end = mark["span"]
            assert any(first <= start and end <= last for first, last in pieces), f"{name}: {mark['span']}"


def test_days_that_the_pages_state_are_read_from_their_heads() -> None:
    marks = expected()
    days = {article["article"]: article["published"] for article in marks["articles"]}
    found = {
        name: read_head(text, clean(text), came_at=datetime(2026, 11, 1, tzinfo=UTC)) for name, text in pages(marks)
    }
    read = {name: head.published.at.date().isoformat() for name, head in found.items() if head.published}
    assert read.items() <= days.items()
    assert len(read) >= 2
    assert sum(head.title is not None for head in found.values()) >= 2
    assert sum(bool(head.authors or head.publisher) for head in found.values()) >= 2
