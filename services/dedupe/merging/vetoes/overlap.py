"""How much of one claim's words another has."""

from services.dedupe.merging.vetoes.proposition import Proposition


def containment(one: Proposition, other: Proposition) -> float:
    """Weight of the common content words over the weight of the lighter claim, in [0, 1]; 0 if that has none."""
    ours, theirs = one.weights, other.weights
    common = sum(min(ours[word], theirs[word]) for word in sorted(ours.keys() & theirs.keys()))
    lighter = min(one.weight, other.weight)
    return common / lighter if lighter > 0 else 0.0
