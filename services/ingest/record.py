"""What ingest remembers of an article, and how revisions are counted."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.article import Article, ArticlePart, ArticleStatus
from services.contracts.base import UtcDatetime
from services.ingest.identity import sha256


class Revision(BaseModel):
    """A published revision of an article."""

    model_config = ConfigDict(frozen=True)

    revision: int = Field(ge=1)
    content_hash: str
    part_hashes: dict[str, str] = Field(default_factory=dict)
    """SHA-256 of title and text, each by itself; empty in records from before this field."""
    status: ArticleStatus
    fetched_at: UtcDatetime
    changed: tuple[str, ...] = ()
    """`Article.changed` of the revision: a repetition is the very same message."""
    version: int | None = None
    """The agency's number of the version, for an item of a wire."""

    def says(self, content_hash: str, status: ArticleStatus) -> bool:
        """Whether the revision has this content and status."""
        return self.content_hash == content_hash and self.status == status

    def is_later_than(self, article: Article) -> bool:
        """Whether the agency says that `article` is an earlier version than this."""
        version = article.wire.version if article.wire else None
        return version is not None and self.version is not None and version < self.version

    def changed_by(self, article: Article) -> tuple[str, ...]:
        """The parts in which `article` differs; none where they are not remembered."""
        if not self.part_hashes:
            return ()
        now = part_hashes(article)
        parts = [part for part in (ArticlePart.TITLE, ArticlePart.TEXT) if self.part_hashes.get(part) != now[part]]
        if self.status != article.status:
            parts.append(ArticlePart.STATUS)
        return tuple(part.value for part in parts)


class Record(Revision):
    """The last published revision of an article; with `copy_of`, an address that repeats another article."""

    before: tuple[Revision, ...] = ()
    """Those before it that came with the same request."""
    copy_of: str | None = None
    """The article whose text the address repeated: nothing was published under the address's own id."""


def part_hashes(article: Article) -> dict[str, str]:
    """`Revision.part_hashes` of an article."""
    return {ArticlePart.TITLE.value: sha256(article.title or ""), ArticlePart.TEXT.value: sha256(article.text)}


def revision_of(article: Article) -> Revision:
    """What to remember of one published revision."""
    return Revision(
        revision=article.revision,
        content_hash=article.content_hash,
        part_hashes=part_hashes(article),
        status=article.status,
        fetched_at=article.fetched_at,
        changed=article.changed,
        version=article.wire.version if article.wire else None,
    )


def record_of(revisions: Sequence[Revision], *, copy_of: str | None = None) -> Record:
    """What to remember of an article: the revisions that one request brought, the last of them last."""
    return Record(**revisions[-1].model_dump(), before=tuple(revisions[:-1]), copy_of=copy_of)
