"""What repair did, in sentences for people."""

from services.contracts.event import LineageEntry
from services.dedupe.clustering.division import describe_division
from services.dedupe.clustering.repair import RepairKind, RepairStep


def build_lineage_entries(
    step: RepairStep, cause_article_id: str, threshold: float
) -> tuple[LineageEntry, LineageEntry]:
    """The entries of the event that articles left and of the one they went to, after `cause_article_id` came."""
    source, target = _describe_for_source_and_target(step, threshold)
    ending = f", seen when {cause_article_id} came" if cause_article_id not in step.articles else ""
    return (
        LineageEntry(kind=step.change, event_id=step.target, reason=f"{source}{ending}."),
        LineageEntry(kind=step.change, event_id=step.source, reason=f"{target}{ending}."),
    )


def _describe_for_source_and_target(step: RepairStep, threshold: float) -> tuple[str, str]:
    article = step.articles[0]
    if len(step.articles) > 1:
        article += f" and {len(step.articles) - 1} more"
    if step.change is RepairKind.MERGE:
        fit = f"the articles of both fit together ({step.score:.2f} or better; {threshold:.2f} is needed)"
        return f"Taken up by {step.target}: {fit}", f"Took up {step.source}: {fit}"
    if step.division is not None:
        words = f"some of the articles share words that the others lack ({describe_division(step.division)})"
        if step.change is RepairKind.MOVE:
            return f"{article} went to {step.target}: {words}", f"{article} came from {step.source}: {words}"
        return f"{article} was split off: {words}", f"Split off {step.source} with {article}: {words}"
    if step.change is RepairKind.MOVE:
        fit = f"it fits better there ({step.score:.2f} or better, rather than {step.before:.2f})"
        return f"{article} went to {step.target}: {fit}", f"{article} came from {step.source}: {fit}"
    fit = f"it fits the other articles no more ({step.before:.2f}; {threshold:.2f} is needed)"
    return f"{article} was split off: {fit}", f"Split off {step.source} with {article}: {fit}"
