"""Claims of an event that cannot all hold, as its page shows them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.api.names.name_keys import NameKeys
from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped
from services.api.pages.claim_views import AllReports
from services.api.pages.position_views import SideView, side_columns, side_views
from services.api.pages.source_disputes import is_between_sources
from services.contracts.event import Event


@dataclass(frozen=True)
class Disagreement:
    """Claims that cannot all hold."""

    kind: str
    explanation: str
    columns: tuple[tuple[SideView, ...], ...]
    """The sides; those of one column agree."""
    more: int
    """Sides that the page has no room for."""
    has_marks: bool
    """Whether words in dispute are marked."""
    between_sources: bool
    """Whether reports agree that their sources contradict each other."""


def disagreements(
    event: Event, whole: Event, index: ArticleIndex, keys: NameKeys, reports: AllReports
) -> tuple[Disagreement, ...]:
    """Only sides that are in the event; a reader must never see half a disagreement."""
    by_id = {claim.claim_id: claim for claim in event.claims}
    found = []
    for contradiction, of_whole in zip(event.contradictions, whole.contradictions, strict=False):
        sides = side_views(contradiction, by_id, index, keys, reports)
        claim_ids = {side.claim_id for side in sides}
        if len(claim_ids) > 1:
            kind = phrases.CONTRADICTION[contradiction.kind]
            more = len(set(of_whole.sides) - claim_ids)
            disputed = is_between_sources(of_whole, reports.claims)
            explanation = clipped(contradiction.explanation)
            found.append(Disagreement(kind, explanation, side_columns(sides), more, _has_marks(sides), disputed))
    return tuple(found)


def _has_marks(sides: Iterable[SideView]) -> bool:
    wordings = (wording for side in sides for wording in side.wordings)
    return any(segment.inside for wording in wordings for segment in wording.segments)
