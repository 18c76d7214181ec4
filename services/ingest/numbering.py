"""How revisions are numbered, so that a request that comes again brings the same ones. Pure."""

from collections.abc import Sequence
from typing import Any

from services.contracts.article import Article, is_believed, published_note
from services.ingest.record import Record, Revision


def revise(article: Article, previous: Revision | None) -> Article:
    """Number the revision: the previous number when content and status are the same, else the next; 1 without one.

    A repetition keeps the time of the first arrival too, so that it is published as the very same message.
    """
    if previous is None:
        return article
    if previous.says(article.content_hash, article.status):
        same: dict[str, Any] = {
            "revision": previous.revision,
            "fetched_at": previous.fetched_at,
            "changed": previous.changed,
        }
        at = article.published_at
        if at is not None and not is_believed(at, previous.fetched_at):  # nor was it then
            unknown = ("published_at", "published_precision", "published_offset", "published_source")
            note = {"published_note": published_note(at, previous.fetched_at), "published_given": at}
            same |= dict.fromkeys(unknown) | note
        return article.model_copy(update=same)
    revision = max(previous.revision + 1, article.revision)
    return article.model_copy(update={"revision": revision, "changed": previous.changed_by(article)})


def find_repeated_revisions(drafts: Sequence[Article], previous: Record) -> list[Revision] | None:
    """For each draft the revision that it became when the same request came last; None: that was another request.

    A client that got no answer sends again. Where the request had several revisions, the first of them would look like
    a return to an old text, and count as new: so what is remembered is all that the last request brought.

    Args:
        drafts: of one article, in the order of their rows; at least one.
        previous: what is remembered of it.
    """
    known = [*previous.before, previous]
    repeated: list[Revision] = []
    place = 0
    for draft in drafts:
        if repeated and not known[place].says(draft.content_hash, draft.status):
            place += 1
        if place == len(known) or not known[place].says(draft.content_hash, draft.status):
            return None
        repeated.append(known[place])
    return repeated if place == len(known) - 1 else None
