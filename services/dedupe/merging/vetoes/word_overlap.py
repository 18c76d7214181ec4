"""How much of one claim's words another has."""

from services.dedupe.merging.vetoes.proposition import Proposition


def common_word_containment(proposition: Proposition, other_proposition: Proposition) -> float:
    """Weight of the common content words over the weight of the lighter claim, in [0, 1]; 0 if that has none."""
    ours, theirs = proposition.weights, other_proposition.weights
    common = sum(min(ours[word], theirs[word]) for word in sorted(ours.keys() & theirs.keys()))
    lighter = min(proposition.total_weight, other_proposition.total_weight)
    return common / lighter if lighter > 0 else 0.0
