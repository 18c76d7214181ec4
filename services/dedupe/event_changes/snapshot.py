"""Builds a snapshot of an event that never passes a size: the most telling parts of its view, the rest counted. Pure.

What comes first: claims that are contradicted, with the contradictions; figures that clash, with claims that give
them; then claims by how many origins report them, the newest first. Each brings the articles that it cites along, so
that a reader finds whatever is named. What is left of the room goes to articles, one for each origin first.
"""

from services.contracts.event import Event, Omitted
from services.dedupe.event_changes.event_parts import EventParts
from services.dedupe.event_changes.size_reduction import count_json_bytes, remove_membership_reasons
from services.dedupe.event_changes.snapshot_selection import SnapshotSelection

MOST_BYTES = 2**20
"""Of a snapshot as JSON."""
LEAST_BYTES = 16 * 2**10
"""No snapshot can be asked to be smaller."""
_SMALLEST_PART = 250
"""Bytes that an article or a support takes at least: so many names do its fields have."""
_FEW_PARTS = 200
"""Articles and supports up to which an event is measured at once: most have fewer."""


def build_snapshot(event: Event, max_bytes: int = MOST_BYTES, parts: EventParts | None = None) -> Event:
    """The event as it is published: without the reasons why articles are in it, and cut down if it is too large.

    A small one costs one pass to JSON. Of a large one only what may fit is looked at.

    Args:
        event: The whole view.
        max_bytes: Of the result as JSON; at least `LEAST_BYTES`.
        parts: Of the event, where they are kept.
    """
    max_bytes = max(max_bytes, LEAST_BYTES)
    if _may_fit(event, max_bytes):
        plain = event.model_copy(update={"articles": tuple(map(remove_membership_reasons, event.articles))})
        if count_json_bytes(plain) <= max_bytes:
            return plain
    # What parts weigh is told beforehand to a few bytes; should that ever be too little, there is less room.
    parts = EventParts(event) if parts is None else parts
    room = max_bytes
    cut, byte_count = _cut_to_size(event, room, parts)
    while byte_count > max_bytes and room > 0:
        room -= max_bytes // 10
        cut, byte_count = _cut_to_size(event, room, parts)
    return cut


def _may_fit(event: Event, max_bytes: int) -> bool:
    """Whether the event is not surely larger; of one that is, little more than `max_bytes` are looked at."""
    count = len(event.articles)
    for claim in event.claims:
        if count * _SMALLEST_PART > max_bytes:
            return False
        count += len(claim.supports)
    if count * _SMALLEST_PART > max_bytes:
        return False
    if count <= _FEW_PARTS:
        return True
    left = max_bytes
    for claim in event.claims:
        left -= count_json_bytes(claim)
        if left < 0:
            return False
    return True


def _cut_to_size(event: Event, max_bytes: int, parts: EventParts) -> tuple[Event, int]:
    """What fits, and its bytes as JSON; each kind of part may fill the room up to a share of it."""
    selection = SnapshotSelection(event, max_bytes, parts)
    selection.select_summary(0.3)
    selection.select_contradictions(0.45)
    selection.select_figures(0.6)
    selection.select_claims(0.8)
    selection.select_articles(0.92)
    selection.select_entities(0.96)
    selection.select_timeline(0.99)
    cut = selection.build_snapshot()
    cut = cut.model_copy(update={"omitted": _count_omitted(event, cut, parts)})
    return cut, selection.count_bytes_of(cut)


def _count_omitted(event: Event, snapshot: Event, parts: EventParts) -> Omitted:
    here = event.omitted
    names = ("entities", "timeline", "summary", "lineage")
    return Omitted(
        articles=here.articles + len(event.articles) - len(snapshot.articles),
        claims=here.claims + len(event.claims) - len(snapshot.claims),
        supports=here.supports
        + sum(len(parts.claims[one.claim_id].supports) - len(one.supports) for one in snapshot.claims),
        contradictions=here.contradictions + len(event.contradictions) - len(snapshot.contradictions),
        figures=here.figures + len(event.figures) - len(snapshot.figures),
        others=here.others + sum(len(getattr(event, name)) - len(getattr(snapshot, name)) for name in names),
    )
