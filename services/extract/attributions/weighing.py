"""The candidates of a sentence, where their contents stand, and what speaks for each."""

from collections.abc import Iterator
from typing import NamedTuple

from services.extract.attributions.content import content_ranges
from services.extract.attributions.features import Feature, Neighbours, Nesting, features
from services.extract.attributions.scene import Scene
from services.extract.attributions.scoring import Rates
from services.extract.syntax.candidate import Candidate
from services.language.ranges import Range

MAX_CANDIDATES = 64
"""Of one sentence."""


class Weighed(NamedTuple):
    """A candidate with its content, and how the sentence's other candidates lie to it."""

    candidate: Candidate
    cue: Range
    content: tuple[Range, ...]
    nesting: Nesting

    def features(self, scene: Scene, rates: Rates) -> list[Feature]:
        """What speaks for and against it."""
        quoted = any('"' in piece.of(scene.text) for piece in self.content)
        full = any(quotation.outer in self.content for quotation in scene.masked.full)
        source = scene.source_of(self.candidate)
        return features(scene.tree, self.candidate, source, rates, self.nesting, quoted=quoted, full=full)


def place(scene: Scene, rates: Rates) -> tuple[list[tuple[Candidate, Range]], Neighbours]:
    """Candidates outside of quotations in text order, with their cues, and how they lie to each other."""
    cues = [(candidate, scene.place(candidate.head)) for candidate in scene.candidates[:MAX_CANDIDATES]]
    placed = [(candidate, cue) for candidate, cue in cues if not scene.sentence.is_quoted(cue)]
    return placed, Neighbours(scene.tree, [candidate for candidate, _ in placed], rates)


def weigh(scene: Scene, rates: Rates) -> Iterator[Weighed]:
    """The same, of those that have content."""
    placed, neighbours = place(scene, rates)
    for candidate, cue in placed:
        content = content_ranges(scene, candidate)
        if content:
            yield Weighed(candidate, cue, content, neighbours.nesting_of(candidate))
