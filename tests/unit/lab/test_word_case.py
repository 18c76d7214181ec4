"""Words that are mostly written with a small letter: how they are counted, and what is kept of them."""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from lab.events import word_case
from lab.events.word_case import lower_words
from services.dedupe.signals.terms import hash_term


def test_a_word_counts_where_it_stands_in_mid_sentence() -> None:
    assert "bridges" not in lower_words(["Bridges shut. Bridges fell."])
    assert lower_words(["The bridges shut, bridges fell."]) == {"bridges"}


def test_a_word_seen_once_is_not_kept() -> None:
    assert lower_words(["They shut the quay."]) == set()


def test_a_word_that_is_mostly_a_name_is_not_kept() -> None:
    rose = "They say rose and say rose."
    assert "rose" in lower_words([rose])
    assert "rose" in lower_words([rose, "They met Rose, then Rose."]), "half of the places will do"
    assert "rose" not in lower_words([rose, "They met Rose, then Rose, then Rose."])


def test_accents_and_lines_do_not_count() -> None:
    assert "cafe" in lower_words(["in the café, in the\ncafé, in the cafe"])


def test_the_command_writes_hashes_and_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = tmp_path / "articles.jsonl.gz", tmp_path / "words.npz"
    with gzip.open(source, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"text": "They shut the quay, then shut the quay."}) + "\n")
    monkeypatch.setattr(sys, "argv", ["word_case", str(source), str(out)])
    word_case.main()
    with np.load(out) as stored:
        ids = np.cumsum(stored["id_steps"].astype(np.uint64)).tolist()
    assert ids == sorted(hash_term(word) for word in ("shut", "the", "quay"))
