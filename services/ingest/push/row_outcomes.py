"""What the rows of one request came to, gathered for its trace. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from services.contracts.article import Article
from services.ingest.push.body import RefusedRow, Row
from services.ingest.trace import (
    MAX_ROWS,
    Outcome,
    RequestTrace,
    RowTrace,
    SubmissionTrace,
    article_of,
    at_articles,
    reasons_of,
)


@dataclass
class RowOutcomes:
    """Rows as they were read, and what is known of each so far, by its line."""

    rows: list[Row | RefusedRow] = field(default_factory=list)
    published: dict[int, Article] = field(default_factory=dict)
    failed: bool = False
    """Whether broker or store did not answer."""
    _refused: dict[int, RefusedRow] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def note_refused(self, rows: Iterable[RefusedRow]) -> None:
        """These became no articles."""
        self._refused |= {row.line: row for row in rows}

    def trace(
        self, request_id: str, sender: str | None, received_at: datetime, ended_at: datetime, status: int
    ) -> RequestTrace:
        """What became of the request, now that its answer is known."""
        return RequestTrace(
            request_id=request_id,
            sender=sender,
            received_at=received_at,
            ended_at=ended_at,
            status=status,
            rows=len(self.rows),
            published=len(self.published),
            listed=tuple(self._traces(MAX_ROWS)),
        )

    def at_articles(self, of_request: RequestTrace) -> list[tuple[str, SubmissionTrace]]:
        """What is noted at which article."""
        return list(at_articles(of_request, self._traces(len(self.rows))))

    def _traces(self, most: int) -> list[RowTrace]:
        """What became of the first `MAX_ROWS` that were not published, then of published ones: `most` in all."""
        others = [row for row in self.rows if row.line not in self.published]
        traces = [self._unpublished(row) for row in others[: min(most, MAX_ROWS)]]
        published = [row for row in self.rows if row.line in self.published]
        return traces + [self._published(row) for row in published[: most - len(traces)]]

    def _published(self, row: Row | RefusedRow) -> RowTrace:
        article = self.published[row.line]
        # Only a page can name another address than its sender does.
        is_page = isinstance(row, Row) and row.submission.html is not None
        sent_as = article_of(row.submission.url) if is_page and isinstance(row, Row) else None
        return RowTrace(
            line=row.line,
            outcome="published",
            article_id=article.article_id,
            sent_as=sent_as if sent_as != article.article_id else None,
            revision=article.revision,
        )

    def _unpublished(self, row: Row | RefusedRow) -> RowTrace:
        refused = row if isinstance(row, RefusedRow) else self._refused.get(row.line)
        url = refused.url if refused else row.submission.url if isinstance(row, Row) else None
        outcome: Outcome = "refused" if refused else "failed" if self.failed else "held_back"
        reasons = reasons_of((error.field, error.message) for error in refused.errors) if refused else ()
        return RowTrace(line=row.line, outcome=outcome, article_id=article_of(url), reasons=reasons)
