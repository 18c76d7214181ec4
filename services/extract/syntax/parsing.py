"""Dependency parses as plain data: the rest of extract knows no parser library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Parse:
    """One sentence, token by token. All tuples have the same length; labels follow the ClearNLP scheme."""

    starts: tuple[int, ...]
    """Offset of each token's first character in the sentence as given."""
    ends: tuple[int, ...]
    words: tuple[str, ...]
    """In lower case."""
    lemmas: tuple[str, ...]
    """Base form of verbs, nouns and adjectives, the word itself otherwise."""
    tags: tuple[str, ...]
    """Part of speech, Penn Treebank: `VBD`, `NNP`."""
    deps: tuple[str, ...]
    """Relation to the head: `nsubj`, `ccomp`, `ROOT`."""
    heads: tuple[int, ...]
    """Index of the head; a root is its own."""


class Parser(Protocol):
    """Parses sentences. A sentence's parse depends on nothing but the list that it is given in."""

    def parse(self, sentences: Sequence[str]) -> list[Parse]:
        """Parses in the order of `sentences`."""
