"""Why an article is in its event, as it is published."""

from services.contracts.event import Membership, NearestEvent
from services.dedupe.clustering.nearest import left_event
from services.dedupe.clustering.placing import Choice
from services.dedupe.clustering.repair import Change, Step

_DECIMALS = 6


def chosen_membership(choice: Choice, nearest: NearestEvent | None, threshold: float, model: str) -> Membership:
    """Of an article that was placed. `nearest`: the nearest event of the others; `model`: see `model_name`."""
    return Membership(
        score=choice.score,
        threshold=threshold,
        signals=choice.signals,
        runner_up=choice.runner_up,
        runner_up_score=choice.runner_up_score,
        model=model,
        nearest=nearest,
    )


def moved_membership(step: Step, signals: dict[str, float], threshold: float, model: str) -> Membership:
    """Of an article that repair moved. `signals`: against the member of its new event that fits best."""
    merged = step.change is Change.MERGE
    return Membership(
        score=None if step.change is Change.SPLIT else round(step.score, _DECIMALS),
        threshold=threshold,
        signals=signals,
        runner_up=None if merged else step.source,
        runner_up_score=None if merged else round(step.before, _DECIMALS),
        model=model,
        nearest=left_event(step, threshold),
    )


def model_name(version: str, model: str) -> str:
    """What judged: the version of the weights, and the embedding model behind the vectors."""
    return f"weights {version}, {model}"
