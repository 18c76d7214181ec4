"""One text at several addresses of one publisher is one article (decision 0044). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.contracts.article import FIELD_SEPARATOR, Article, ArticleStatus, TextKind
from services.ingest.identity import sha256
from services.ingest.numbering import find_repeated_revisions, revise
from services.ingest.record import Record, Revision, record_of, revision_of

LEAST_CHARACTERS = 200
"""A shorter text ("Watch live", "Page not found") may honestly stand at several addresses."""


@dataclass(frozen=True)
class Numbered:
    """What a draft comes to. `is_published` is false where it says nothing new: a copy, or a version overtaken."""

    article: Article
    is_published: bool


def text_key(draft: Article) -> str | None:
    """What two copies share: publisher, title and text; None where that does not make one article."""
    publisher = draft.publisher.key
    if publisher is None or len(draft.text) < LEAST_CHARACTERS:
        return None
    if draft.text_kind is not None and draft.text_kind.kind is TextKind.STUB:
        return None
    return sha256(FIELD_SEPARATOR.join((publisher, draft.content_hash)))


def number(
    drafts: Sequence[Article], known: Mapping[str, Record], owners: Mapping[str, str]
) -> tuple[list[Numbered], dict[str, Record]]:
    """Give each draft its article and revision, each after the one before it in the same request.

    Args:
        drafts: as `first_revision` builds them.
        known: the records of the drafts' ids, of the owners, and of what the former are copies of.
        owners: by text key, the article that had the text first.

    Returns:
        What each draft comes to, and the records to keep once that is published.
    """
    latest, brought = dict(known), dict[str, list[Revision]]()
    changed = dict[str, Record]()
    repeated = _repeated(drafts, known)
    numbered = []
    for draft in drafts:
        owner = _owner(draft, latest, owners)
        if owner:
            numbered.append(_as_copy(draft, owner, latest))
        else:
            again = repeated.get(draft.article_id)
            numbered.append(_as_own(draft, next(again) if again else _own(draft, latest)))
        article = numbered[-1].article
        if numbered[-1].is_published:
            revisions = brought.setdefault(article.article_id, [])
            if not revisions or revisions[-1].revision != article.revision:
                revisions.append(revision_of(article))
            changed[article.article_id] = record_of(revisions)
        if owner:
            changed[draft.article_id] = record_of([revision_of(article)], copy_of=owner)
        latest |= changed
    return numbered, changed


def _repeated(drafts: Sequence[Article], known: Mapping[str, Record]) -> dict[str, Iterator[Revision]]:
    """By article, the revisions of its drafts where the request came before."""
    of_article: dict[str, list[Article]] = {}
    for draft in drafts:
        of_article.setdefault(draft.article_id, []).append(draft)
    revisions_of_article: dict[str, Iterator[Revision]] = {}
    for article_id, own in of_article.items():
        record = _own(own[0], known)
        revisions = find_repeated_revisions(own, record) if record else None
        if revisions:
            revisions_of_article[article_id] = iter(revisions)
    return revisions_of_article


def _owner(draft: Article, latest: Mapping[str, Record], owners: Mapping[str, str]) -> str | None:
    """The other article that the draft is; None: it is its own.

    An address that was published as an article stays one, whatever it says later. One that only repeated an article
    becomes its own once its text differs, but takes that article back where it is withdrawn.
    """
    if _own(draft, latest) is not None:
        return None
    repeated = latest[draft.article_id].copy_of if draft.article_id in latest else None
    if repeated is not None and draft.status is ArticleStatus.WITHDRAWN:
        return repeated
    key = text_key(draft)
    owner = owners.get(key) if key else None
    return owner if owner != draft.article_id else None


def _own(draft: Article, latest: Mapping[str, Record]) -> Record | None:
    """The record of the draft's id, if something was published under it."""
    record = latest.get(draft.article_id)
    return record if record is not None and record.copy_of is None else None


def _as_own(draft: Article, record: Revision | None) -> Numbered:
    """The next revision, or the same; nothing is published of a version that was overtaken."""
    if record is not None and record.is_later_than(draft):
        return Numbered(_as_it_stands(draft, record), False)
    return Numbered(revise(draft, record), True)


def _as_it_stands(draft: Article, record: Revision) -> Article:
    same = {"revision": record.revision, "fetched_at": record.fetched_at, "changed": record.changed}
    return draft.model_copy(update=same)


def _as_copy(draft: Article, owner: str, latest: Mapping[str, Record]) -> Numbered:
    """The owner's article as this address says it.

    A copy changes the article by saying that it is corrected or withdrawn, in no other way: it may be an old copy, and
    two addresses must not outvote each other.
    """
    as_owner = draft.model_copy(update={"article_id": owner})
    record = latest.get(owner)
    # The owner claimed the text and was not acknowledged: whichever is sent first is its first revision.
    if record is None:
        return Numbered(revise(as_owner, None), True)
    says_more = draft.status is not ArticleStatus.USABLE and record.status is not ArticleStatus.WITHDRAWN
    is_current = draft.status is ArticleStatus.WITHDRAWN or draft.content_hash == record.content_hash
    if says_more and is_current and draft.status is not record.status:
        return Numbered(revise(as_owner, record), True)
    return Numbered(_as_it_stands(as_owner, record), False)
