"""What became known of an event from one version to the next. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.api.filters.facts import is_denied
from services.api.saved_searches.saved_search import Alert
from services.contracts.article import ArticleStatus
from services.contracts.event import Event, EventStatus
from services.contracts.event_claims import FigureVerdict

SINGLE_ORIGIN_AFTER = timedelta(hours=6)


@dataclass(frozen=True, order=True)
class Cause:
    """An alert, and what gives cause for it: not in which version, so that a view that is rebuilt has the same."""

    alert: Alert
    what: tuple[str, ...] = ()
    """What is counted, with its unit, or the article and its revision; empty: the event itself."""


def causes_between(before: Event | None, now: Event) -> list[Cause]:
    """The alerts that the newer version gives cause for, in order; `before` is None for the first version."""
    causes = set()
    if is_denied(now) and not (before and is_denied(before)):
        causes.add(Cause(Alert.FIRST_DENIAL))
    if before is not None and before.counts.origins == 1 and now.counts.origins > 1:
        causes.add(Cause(Alert.SECOND_ORIGIN))
    conflicts = _conflicts(now) - (_conflicts(before) if before else set())
    corrections = _corrections(now) - (_corrections(before) if before else set())
    causes |= {Cause(Alert.FIGURE_CONFLICT, (counted, unit or "")) for counted, unit in conflicts}
    causes |= {Cause(Alert.CORRECTION, (article_id, str(revision))) for article_id, revision in corrections}
    return sorted(causes)


def single_origin_since(event: Event) -> datetime | None:
    """When the six hours of an event with one origin end; None where they do not count."""
    if event.counts.origins != 1 or event.status is EventStatus.MERGED or event.first_published_at is None:
        return None
    return event.first_published_at + SINGLE_ORIGIN_AFTER


def _conflicts(event: Event) -> set[tuple[str, str | None]]:
    """What is counted by rows whose values exclude each other."""
    return {(figure.counted, figure.unit) for figure in event.figures if figure.verdict is FigureVerdict.CONFLICTING}


def _corrections(event: Event) -> set[tuple[str, int]]:
    return {
        (article.article_id, article.revision)
        for article in event.articles
        if article.status is ArticleStatus.CORRECTED
    }
