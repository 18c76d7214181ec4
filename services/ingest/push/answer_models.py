"""What ingest answers to rows. Pure."""

from typing import Literal

from pydantic import BaseModel


class RowFault(BaseModel):
    """What is wrong with one field of a row. An empty `field`: the row as a whole."""

    field: str
    message: str


class RowResult(BaseModel):
    """What became of one row: published, so that the broker has acknowledged it, or refused."""

    article_id: str | None
    """Of a refused row: the article that its address names; null without an address."""
    revision: int | None
    """Null for a refused row."""
    status: Literal["accepted", "refused"]
    line: int
    """Line of the request's body, from 1."""
    errors: list[RowFault]
    """Why it was refused."""


class SubmissionAnswer(BaseModel):
    """What became of the rows of a request, in their order."""

    articles: list[RowResult]
    request_id: str
    """By it `GET /v1/requests/{request_id}/trace` tells the same later."""
