"""A view of an event that never passes a size, whatever the event has: the most telling parts, the rest counted. Pure.

What comes first: claims that are contradicted, with the contradictions; figures that clash, with claims that give
them; then claims by how many origins report them, the newest first. Each brings the articles that it cites along, so
that a reader finds whatever is named. What is left of the room goes to articles, one for each origin first.
"""

from services.contracts.event import Event, Omitted
from services.dedupe.telling.reduction import article_without_reasons, weight
from services.dedupe.telling.selection import Selection

MOST_BYTES = 2**20
"""Of a snapshot as JSON."""
LEAST_BYTES = 16 * 2**10
"""No snapshot can be asked to be smaller."""
_SMALLEST_PART = 250
"""Bytes that an article or a support takes at least: so many names do its fields have."""


def bounded(event: Event, most_bytes: int = MOST_BYTES) -> Event:
    """The event as it is published: without the reasons why articles are in it, and cut down if it is too large.

    A small one costs one pass to JSON. Of a large one only what may fit is looked at.

    Args:
        event: The whole view.
        most_bytes: Of the result as JSON; at least `LEAST_BYTES`.
    """
    most_bytes = max(most_bytes, LEAST_BYTES)
    parts = len(event.articles) + sum(len(claim.supports) for claim in event.claims)
    if parts * _SMALLEST_PART <= most_bytes:
        plain = event.model_copy(update={"articles": tuple(map(article_without_reasons, event.articles))})
        if weight(plain) <= most_bytes:
            return plain
    # What parts weigh is told beforehand to a few bytes; should that ever be too little, there is less room.
    room = most_bytes
    while weight(cut := _cut(event, room)) > most_bytes and room > 0:
        room -= most_bytes // 10
    return cut


def _cut(event: Event, room: int) -> Event:
    """What fits; each kind of part may fill the room up to a share of it."""
    selection = Selection(event, room)
    selection.take_summary(0.3)
    selection.take_contradictions(0.45)
    selection.take_figures(0.6)
    selection.take_claims(0.8)
    selection.take_articles(0.92)
    selection.take_names(0.96)
    selection.take_timeline(0.99)
    cut = selection.event()
    return cut.model_copy(update={"omitted": _omitted(event, cut)})


def _omitted(event: Event, cut: Event) -> Omitted:
    whole = {claim.claim_id: len(claim.supports) for claim in event.claims}
    here = event.omitted
    names = ("entities", "timeline", "summary", "lineage")
    return Omitted(
        articles=here.articles + len(event.articles) - len(cut.articles),
        claims=here.claims + len(event.claims) - len(cut.claims),
        supports=here.supports + sum(whole[one.claim_id] - len(one.supports) for one in cut.claims),
        contradictions=here.contradictions + len(event.contradictions) - len(cut.contradictions),
        figures=here.figures + len(event.figures) - len(cut.figures),
        others=here.others + sum(len(getattr(event, name)) - len(getattr(cut, name)) for name in names),
    )
