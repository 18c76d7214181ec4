"""What ingest remembers of an article, and how revisions are counted."""

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.article import ArticleStatus
from services.contracts.base import UtcDatetime


class Revision(BaseModel):
    """A published revision of an article."""

    model_config = ConfigDict(frozen=True)

    revision: int = Field(ge=1)
    content_hash: str
    status: ArticleStatus
    fetched_at: UtcDatetime

    def says(self, content_hash: str, status: ArticleStatus) -> bool:
        """Whether the revision has this content and status."""
        return self.content_hash == content_hash and self.status == status


class Record(Revision):
    """The last published revision of an article."""

    before: tuple[Revision, ...] = ()
    """Those before it that came with the same request."""
