"""Which outlet was the first with a claim, as far as the times of its reports tell. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from services.api.pages.claim_days import tells_of_later_day
from services.api.pages.claim_views import carrier
from services.contracts.article import Precision
from services.contracts.event import EventArticle
from services.contracts.event_claims import MergedClaim, Support
from services.contracts.publication_interval import Interval, interval

_STILL_CHANGED = timedelta(days=1)
"""How long after its day the text of an article without a time of day may have been brought up to date."""
Precisions = Mapping[str, Precision | None]
"""By article, how exactly its time is known."""


def precisions(articles: Iterable[EventArticle]) -> Precisions:
    """Of the articles of an event."""
    return {article.article_id: article.published_precision for article in articles}


def in_order_of_time(supports: Iterable[Support], known: Precisions) -> list[tuple[Interval, Support]]:
    """The reports that are dated, with when each was published; none where one is not, since it could be the first."""
    dated: list[tuple[Interval, Support]] = []
    for support in supports:
        if support.published_at is None:
            return []
        dated.append((interval(support.published_at, known.get(support.article_id)), support))
    return sorted(dated, key=lambda report: (report[0], report[1].article_id))


def first_report_of(claim: MergedClaim, known: Precisions) -> Support | None:
    """The report of a claim that is surely before those of all other outlets, see `first_report`.

    None where the claim speaks, as of the past, of a day after it: that article was changed later.
    """
    first = first_report(claim.supports, known)
    if first is None or first.published_at is None:
        return None
    published = interval(first.published_at, known.get(first.article_id))
    return None if tells_of_later_day(claim, published.end) else first


def first_report(supports: Sequence[Support], known: Precisions) -> Support | None:
    """The report that is surely before those of all other outlets.

    None where one is not dated, where there is no other outlet, and where another had it at the same moment, or on the
    same day and no time of day is known of one of the two. An article of which only the day is known may have had its
    words changed on the day after: "on Friday he said" stands in articles of Thursday.
    """
    ordered = in_order_of_time(supports, known)
    if not ordered:
        return None
    when, first = ordered[0]
    others = [other for other, support in ordered if carrier(support) != carrier(first)]
    margin = _STILL_CHANGED if when.begin < when.end else timedelta(0)
    return first if others and all(other.begin - when.end > margin for other in others) else None
