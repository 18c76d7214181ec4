"""Why an article is in its event, as it is published."""

from services.contracts.event import Membership, NearestEvent
from services.dedupe.clustering.nearest import build_nearest_event_after_move
from services.dedupe.clustering.placing import EventChoice
from services.dedupe.clustering.repair import RepairKind, RepairStep

_DECIMALS = 6


def build_placement_membership(
    choice: EventChoice, nearest_event: NearestEvent | None, threshold: float, model_description: str
) -> Membership:
    """Why an article that was placed is in its event. `nearest_event`: the nearest of the other events."""
    return Membership(
        score=choice.score,
        threshold=threshold,
        signals=choice.signals,
        runner_up=choice.runner_up,
        runner_up_score=choice.runner_up_score,
        model=model_description,
        nearest=nearest_event,
    )


def build_repair_membership(
    step: RepairStep, signals: dict[str, float], threshold: float, model_description: str
) -> Membership:
    """Why an article that repair moved is in its event. `signals`: against the best member of that."""
    merged = step.change is RepairKind.MERGE
    return Membership(
        score=None if step.change is RepairKind.SPLIT else round(step.score, _DECIMALS),
        threshold=threshold,
        signals=signals,
        runner_up=None if merged else step.source,
        runner_up_score=None if merged else round(step.before, _DECIMALS),
        model=model_description,
        nearest=build_nearest_event_after_move(step, threshold),
    )


def describe_model(weights_version: str, embedding_model: str) -> str:
    """Say what judged: the version of the weights, and the embedding model behind the vectors."""
    return f"weights {weights_version}, {embedding_model}"
