"""Where reports say something. Pure."""

from collections.abc import Iterable

from services.api.check.models import CitedPassage
from services.contracts.event_claims import Support


def passages_of(supports: Iterable[Support]) -> tuple[CitedPassage, ...]:
    """One of each article, the earliest first."""
    found: dict[str, CitedPassage] = {}
    for support in supports:
        found.setdefault(
            support.article_id,
            CitedPassage(
                article_id=support.article_id,
                publisher=support.publisher,
                span=support.span,
                text=support.text,
                published_at=support.published_at,
            ),
        )
    return tuple(found.values())
