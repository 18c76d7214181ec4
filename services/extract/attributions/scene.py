"""One sentence of an article, parsed, with what could introduce somebody's words in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from services.extract.attributions.candidates import find_candidates
from services.extract.attributions.sources import find_source_noun
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.masking import Masked
from services.extract.syntax.tree import Tree
from services.extract.text.sentences import Sentence
from services.language.ranges import Range


@dataclass(frozen=True)
class Scene:
    """One sentence of an article, parsed."""

    text: str
    """Of the article."""
    sentence: Sentence
    masked: Masked
    tree: Tree
    names: tuple[Range, ...] = ()
    """Where names stand in the sentence, also those that the parse takes for common nouns."""
    _sources: dict[Candidate, int | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `source_of` has answered so far: it is asked three times of what becomes an attribution."""

    def is_named(self, index: int) -> bool:
        """Whether a token is part of a name."""
        return any(name.holds(self.place(index)) for name in self.names)

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each token starts in the article."""
        return self.masked.starts_of(self.tree.parse.starts)

    @cached_property
    def ends(self) -> Sequence[int]:
        """Where each token ends in the article."""
        return self.masked.ends_of(self.tree.parse.ends)

    def place(self, index: int) -> Range:
        """Where a token stands in the article."""
        return Range(self.starts[index], self.ends[index])

    def tokens_in(self, area: Range) -> range:
        """Tokens that lie inside `area` of the article."""
        return range(bisect_left(self.starts, area.start), bisect_right(self.ends, area.end))

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Words that could introduce what somebody says, in text order."""
        return tuple(find_candidates(self.tree))

    def source_of(self, candidate: Candidate) -> int | None:
        """Index of the noun that a candidate's content belongs to; None where the sentence names none."""
        if candidate not in self._sources:
            self._sources[candidate] = find_source_noun(self.tree, candidate)
        return self._sources[candidate]
