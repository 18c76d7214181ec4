"""Words of a search and what they stand for."""

import pytest

from services.api.search import near_words
from services.api.search.near_words import NamesOfSearch, NameWords
from services.api.search.terms import forgiving, read_query


def test_names_near_a_word_are_looked_for_once_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    names = NameWords()
    names.add(["marchenkov"])
    looked_for = []
    look = NameWords.near

    def near(self: NameWords, word: str) -> tuple[str, ...]:
        looked_for.append(word)
        return look(self, word)

    monkeypatch.setattr(near_words.NameWords, "near", near)
    known = NamesOfSearch(names)
    queries = [read_query(text, known, {"marchenkov"}.__contains__) for text in ("Marchenkof", "Marchenkof Zebulon")]
    for query in queries:
        forgiving(query, known, {"marchenkov"}.__contains__)
    assert sorted(looked_for) == ["marchenkof", "zebulon"]
