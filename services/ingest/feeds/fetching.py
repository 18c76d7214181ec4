"""What feeds ask of fetching."""

from collections.abc import Collection
from typing import Protocol

from services.ingest.fetching.fetched import Fetched, Validators

FEED_TYPES = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json",
    "application/xml", "text/xml", "application/gzip", "application/x-gzip", "application/octet-stream", "text/plain",
    "text/html",
)  # fmt: skip
"""Content types of feeds in the field: some servers call theirs a page, which the reading then looks into."""


class Fetches(Protocol):
    """Fetches one address."""

    async def fetch(
        self,
        url: str,
        *,
        validators: Validators = ...,
        accept: Collection[str] = ...,
        max_bytes: int | None = None,
    ) -> Fetched:
        """How the fetch ended, with its body. Nothing that a server does raises."""
        ...


class FetchesPages(Protocol):
    """Fetches pages, as their sites allow."""

    async def fetch(self, url: str) -> Fetched:
        """How the fetch ended, with the page. Nothing that a server does raises."""
        ...
