"""How much of one claim's words another has, each word weighing as much as it is rare.

One word may stand in two claims in two forms, and one of the forms may be rarer than the other.
"""

from collections.abc import Mapping
from typing import NamedTuple, Protocol, Self

from services.dedupe.merging.vetoes.proposition import Proposition


class WeighedWords(Protocol):
    """The words of one claim."""

    @property
    def weights(self) -> Mapping[str, float]:
        """Weights of the words with meaning."""
        ...

    @property
    def total_weight(self) -> float:
        """Their sum."""
        ...


class KeptWords(NamedTuple):
    """The words of one claim in a tenth of the room that its proposition takes."""

    words: tuple[str, ...]
    weight_of_each: tuple[float, ...]
    total_weight: float

    @classmethod
    def of(cls, proposition: Proposition) -> Self:
        """Take them from what a claim states."""
        return cls(tuple(proposition.weights), tuple(proposition.weights.values()), proposition.total_weight)

    @property
    def weights(self) -> Mapping[str, float]:
        """Weights of the words with meaning."""
        return dict(zip(self.words, self.weight_of_each, strict=True))

    def has_common_word(self, other_words: Self) -> bool:
        """Whether both claims have a word."""
        return not set(self.words).isdisjoint(other_words.words)


def weight_of_common_words(proposition: WeighedWords, other_proposition: WeighedWords) -> float:
    """Weight of the words that both claims have, by the rarer form of each."""
    ours, theirs = proposition.weights, other_proposition.weights
    common = ours.keys() & theirs.keys()
    return sum([max(ours[word], theirs[word]) for word in sorted(common)]) if common else 0.0


def word_overlap_by_rarer_form(proposition: WeighedWords, other_proposition: WeighedWords) -> float:
    """Weight of the common words, by the rarer form of each, over that of the lighter claim; 0 if that has none."""
    lighter = min(proposition.total_weight, other_proposition.total_weight)
    return weight_of_common_words(proposition, other_proposition) / lighter if lighter > 0 else 0.0


def word_overlap_by_commoner_form(proposition: Proposition, other_proposition: Proposition) -> float:
    """The same by the commoner form of each word, in [0, 1]."""
    ours, theirs = proposition.weights, other_proposition.weights
    common = sum(min(ours[word], theirs[word]) for word in sorted(ours.keys() & theirs.keys()))
    lighter = min(proposition.total_weight, other_proposition.total_weight)
    return common / lighter if lighter > 0 else 0.0
