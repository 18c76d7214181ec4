"""What repair did, in sentences for people."""

from services.contracts.event import LineageEntry
from services.dedupe.clustering.repair import Change, Step


def lineage_entries(step: Step, because: str, threshold: float) -> tuple[LineageEntry, LineageEntry]:
    """The entry of the event that articles left, and of the one they went to. `because`: the article that came."""
    source, target = _sentences(step, threshold)
    ending = f", seen when {because} came" if because not in step.articles else ""
    return (
        LineageEntry(kind=step.change, event_id=step.target, reason=f"{source}{ending}."),
        LineageEntry(kind=step.change, event_id=step.source, reason=f"{target}{ending}."),
    )


def _sentences(step: Step, threshold: float) -> tuple[str, str]:
    article = step.articles[0]
    if len(step.articles) > 1:
        article += f" and {len(step.articles) - 1} more"
    if step.change is Change.MERGE:
        fit = f"the articles of both fit together ({step.score:.2f} or better; {threshold:.2f} is needed)"
        return f"Taken up by {step.target}: {fit}", f"Took up {step.source}: {fit}"
    if step.change is Change.MOVE:
        fit = f"it fits better there ({step.score:.2f} or better, rather than {step.before:.2f})"
        return f"{article} went to {step.target}: {fit}", f"{article} came from {step.source}: {fit}"
    fit = f"it fits the other articles no more ({step.before:.2f}; {threshold:.2f} is needed)"
    return f"{article} was split off: {fit}", f"Split off {step.source} with {article}: {fit}"
