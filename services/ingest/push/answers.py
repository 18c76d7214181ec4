"""What clients are told of their rows: accepted, or refused and why."""

from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus

from fastapi import Response

from services.contracts.article import Article
from services.ingest.push.answer_models import RowFault, RowResult
from services.ingest.push.body import BadBody, Fault, RefusedRow, RowError
from services.ingest.trace import article_of
from services.runtime.problems import problem_response

MAX_ERRORS = 100
"""Faults named in one refusal."""
MAX_ROW_ERRORS = 10
"""Faults named of one row, where others were accepted."""
_STATUS = {
    Fault.MALFORMED: (HTTPStatus.BAD_REQUEST, "The body is not JSON"),
    Fault.INVALID: (HTTPStatus.UNPROCESSABLE_ENTITY, "The articles are not valid"),
    Fault.FORBIDDEN: (HTTPStatus.FORBIDDEN, "The articles are another publisher's"),
}


def accepted(line: int, article: Article) -> RowResult:
    """The result of a row that was published."""
    return RowResult(article_id=article.article_id, revision=article.revision, status="accepted", line=line, errors=[])


def refused(row: RefusedRow) -> RowResult:
    """The result of a row that was left out."""
    return RowResult(
        article_id=article_of(row.url),
        revision=None,
        status="refused",
        line=row.line,
        errors=[RowFault(field=error.field, message=error.message) for error in row.errors[:MAX_ROW_ERRORS]],
    )


def whole_refusal(error: BadBody, request_id: str) -> Response:
    """The answer to a request of which nothing was published."""
    status, title = _STATUS[error.fault]
    return problem_response(
        status,
        title,
        f"{first_fault(error.errors)} Nothing was published: correct the lines in `errors` and send all again.",
        errors=[asdict(fault) for fault in error.errors[:MAX_ERRORS]],
        errors_left_out=max(0, len(error.errors) - MAX_ERRORS) or None,
        request_id=request_id,
    )


def first_fault(errors: Sequence[RowError]) -> str:
    """The first fault in words."""
    first = errors[0]
    field = f", {first.field}" if first.field else ""
    return f"Line {first.line}{field}: {first.message}."
