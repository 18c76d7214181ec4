"""One value of a row of figures as it is published: who gives it, and in which articles."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter

from services.contracts.event_claims import FigureValue, Outlook
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.same_objects import list_different_objects

_ARTICLE_ID = attrgetter("report.prepared.article.article_id")
_PUBLISHED_AT = attrgetter("report.prepared.article.published_at")
_ORIGIN_ID, _CLAIM_ID, _SOURCE = attrgetter("report.origin_id"), attrgetter("claim_id"), attrgetter("source")
_SUREST = (Outlook.CURRENT, Outlook.EXPECTED, Outlook.POSSIBLE)


def update_figure_value(
    equal_mentions: Sequence[FigureMention],
    previous: tuple[Sequence[FigureMention], FigureValue] | None,
    *,
    is_on_top: bool,
) -> FigureValue:
    """One value. What its figures say of articles and claims is added to what it was, if none of them is gone.

    Args:
        equal_mentions: The figures, in order of first report.
        previous: Those that it had before, and what it was.
        is_on_top: Whether the row has a count that an increment can be on top of.
    """
    if previous is not None and previous[0][0] is equal_mentions[0]:
        before, value = previous
        gone, new = list_different_objects(before, equal_mentions)
        if not gone:
            return _extend_figure_value(value, equal_mentions, new)
    return _build_figure_value(equal_mentions, is_on_top=is_on_top)


def _build_figure_value(equal_mentions: Sequence[FigureMention], *, is_on_top: bool) -> FigureValue:
    """One value. `is_on_top`: whether the row has a count that an increment can be on top of."""
    first = equal_mentions[0]
    article_ids = set(map(_ARTICLE_ID, equal_mentions))
    with_source = [mention for mention in equal_mentions if mention.source is not None]
    sourced = set(map(_ARTICLE_ID, with_source))
    sources = _list_sources(with_source)
    return FigureValue(
        surface=first.quantity.surface,
        value=first.quantity.value,
        low=first.quantity.low,
        high=first.quantity.high,
        bound=first.quantity.bound,
        source=sources[0] if sources else None,
        sources=sources,
        outlook=min((mention.context.outlook for mention in equal_mentions), key=_SUREST.index),
        increment=first.quantity.increment and is_on_top,
        place=_find_shared_place(equal_mentions),
        as_of=_find_latest_day([mention.quantity.as_of for mention in equal_mentions]),
        derived_from=first.derived_from,
        claim_ids=tuple(sorted(set(map(_CLAIM_ID, equal_mentions)))),
        article_ids=tuple(sorted(article_ids)),
        unsourced_article_ids=tuple(sorted(article_ids - sourced)),
        origins=len(set(map(_ORIGIN_ID, equal_mentions))),
        first_reported_at=min(filter(None, map(_PUBLISHED_AT, equal_mentions)), default=None),
    )


def _find_shared_place(equal_mentions: Sequence[FigureMention]) -> str | None:
    """The place for which every origin gives a value; None where one gives it for more, or for another place."""
    by_origin: dict[str, set[str]] = {}
    for mention in equal_mentions:
        own = by_origin.setdefault(mention.report.origin_id, set())
        own |= {mention.quantity.place} if mention.quantity.place else set()
    shared = set.intersection(*by_origin.values())
    return next((mention.quantity.place for mention in equal_mentions if mention.quantity.place in shared), None)


def _extend_figure_value(
    value: FigureValue, equal_mentions: Sequence[FigureMention], new_mentions: Sequence[FigureMention]
) -> FigureValue:
    """A value that some figures more give."""
    article_ids, unsourced = list(value.article_ids), list(value.unsourced_article_ids)
    for mention in new_mentions:
        article_id = mention.article.article_id
        is_listed = _holds(article_ids, article_id)
        if mention.source is not None:
            if _holds(unsourced, article_id):
                unsourced.remove(article_id)
        elif not is_listed:
            insort(unsourced, article_id)
        if not is_listed:
            insort(article_ids, article_id)
    dates = [value.first_reported_at, *map(_PUBLISHED_AT, new_mentions)]
    sources = _list_sources(equal_mentions)
    return value.model_copy(
        update={
            "source": sources[0] if sources else None,
            "sources": sources,
            "outlook": min((value.outlook, *(one.context.outlook for one in new_mentions)), key=_SUREST.index),
            "place": _find_shared_place(equal_mentions)
            if value.place is not None or any(mention.quantity.place for mention in new_mentions)
            else None,  # neither an origin more nor a report more without a place makes one shared
            "as_of": _find_latest_day([value.as_of, *(mention.quantity.as_of for mention in new_mentions)]),
            "claim_ids": tuple(sorted({*value.claim_ids, *map(_CLAIM_ID, new_mentions)})),
            "article_ids": tuple(article_ids),
            "unsourced_article_ids": tuple(unsourced),
            "origins": len(set(map(_ORIGIN_ID, equal_mentions))),
            "first_reported_at": min(filter(None, dates), default=None),
        }
    )


def _holds(ordered_ids: Sequence[str], article_id: str) -> bool:
    place = bisect_left(ordered_ids, article_id)
    return place < len(ordered_ids) and ordered_ids[place] == article_id


def _list_sources(mentions: Iterable[FigureMention]) -> tuple[str, ...]:
    """Who gives figures, in order of first report."""
    return tuple(source for source in dict.fromkeys(map(_SOURCE, mentions)) if source is not None)


def _find_latest_day(days: Collection[str | None]) -> str | None:
    return max(filter(None, days), default=None)
