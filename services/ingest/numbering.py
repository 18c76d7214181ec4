"""Revisions of one article in one request, numbered so that the same request again comes to the same. Pure."""

from collections.abc import Sequence

from services.contracts.article import Article
from services.ingest.build import record_of, revise
from services.ingest.record import Record, Revision


def number_revisions(drafts: Sequence[Article], previous: Record | None) -> tuple[list[Article], Record]:
    """The revisions that a request brings of one article, numbered, and what to remember of them.

    A client that got no answer sends again. Where the request had several revisions, the first of them would then look
    like a return to an old text, and count as new: so what is remembered is all that the last request brought.

    Args:
        drafts: of one article, in the order of their rows; at least one.
        previous: what is remembered of it.
    """
    repeated = _brought_by_last_request(drafts, previous) if previous else None
    articles: list[Article] = []
    brought: list[Revision] = []
    latest: Revision | None = previous
    for place, draft in enumerate(drafts):
        article = revise(draft, repeated[place] if repeated else latest)
        latest = record_of(article)
        articles.append(article)
        if not brought or brought[-1].revision != latest.revision:
            brought.append(latest)
    return articles, Record(**brought[-1].model_dump(), before=tuple(brought[:-1]))


def _brought_by_last_request(drafts: Sequence[Article], previous: Record) -> list[Revision] | None:
    """For each draft the revision that it became when the same request came last; None: that was another request."""
    known = [*previous.before, previous]
    found: list[Revision] = []
    place = 0
    for draft in drafts:
        if found and not known[place].says(draft.content_hash, draft.status):
            place += 1
        if place == len(known) or not known[place].says(draft.content_hash, draft.status):
            return None
        found.append(known[place])
    return found if place == len(known) - 1 else None
