"""A request that comes again: its revisions are those that it brought the first time. Pure."""

from collections.abc import Sequence

from services.contracts.article import Article
from services.ingest.record import Record, Revision


def find_repeated_revisions(drafts: Sequence[Article], previous: Record) -> list[Revision] | None:
    """For each draft the revision that it became when the same request came last; None: that was another request.

    A client that got no answer sends again. Where the request had several revisions, the first of them would look like
    a return to an old text, and count as new: so what is remembered is all that the last request brought.

    Args:
        drafts: of one article, in the order of their rows; at least one.
        previous: what is remembered of it.
    """
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
