"""What the subject of a widened claim does next: "called it a disaster and vowed to fight it" is one claim."""

from collections.abc import Sequence
from dataclasses import replace

from services.extract.assertions.attributed.quoting_clauses import points_at_object
from services.extract.assertions.attributed.widening import end_of_clause, finite_above
from services.extract.assertions.attribution import Attribution
from services.extract.assertions.frames_without_clause import predicate_of
from services.extract.attributions.scene import Scene
from services.extract.commitment.commitment import NOT_ASSERTED
from services.extract.syntax.tree import SUBJECTS
from services.language.ranges import Range

_MOST_BETWEEN = 6
"""Words between what somebody does and does next: ", and then also"."""


def with_conjuncts(scene: Scene, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Grow a widened claim by what its subject does next: "called it a disaster and vowed to fight it"."""
    kept: list[Attribution] = []
    for number, attribution in enumerate(attributions):
        last = kept[-1] if kept else None
        if last is not None and last.widened and not last.quoted and _goes_on(scene, last, attribution):
            area = Range(last.area.start, _end(scene, attribution))
            if not any(area.meets(other.area) for other in attributions[number + 1 :]):
                kept[-1] = replace(last, content=(area,), quoted=attribution.quoted)
                continue
        kept.append(attribution)
    return kept


def _end(scene: Scene, attribution: Attribution) -> int:
    candidate = attribution.candidate
    predicate = None if candidate is None else predicate_of(scene.tree, candidate)
    if candidate is None or predicate is None:
        return attribution.area.end
    return max(attribution.area.end, scene.place(end_of_clause(scene.tree, predicate, candidate)).end)


def _goes_on(scene: Scene, last: Attribution, attribution: Attribution) -> bool:
    """Whether the attribution, no clause, hangs on the same subject as the one before it, right behind it."""
    first, second = last.candidate, attribution.candidate
    if first is None or second is None or attribution.clause or not second.content:
        return False
    points = attribution.quoted and second.part == "verb" and points_at_object(scene.tree, second.head)
    if attribution.widened and not points:
        return False
    between = scene.text[last.area.end : attribution.cue.start]
    if (
        attribution.cue.start < last.area.end
        or len(between.split()) > _MOST_BETWEEN
        or attribution.commitment in NOT_ASSERTED
    ):
        return False
    tree = scene.tree
    deed, next_deed = predicate_of(tree, first), predicate_of(tree, second)
    if points and deed is not None and second.head > deed:
        return tree.deps[second.head] in ("advcl", "acl") and attribution.source == last.source
    if deed is None or next_deed is None or tree.deps[next_deed] != "conj" or tree.has(next_deed, *SUBJECTS):
        return False
    return tree.heads[next_deed] in (deed, finite_above(tree, deed))
