"""Settings of ingest, beside those that every service has."""

from pydantic import Field

from services.ingest.feeds.settings import FeedSettings
from services.ingest.fetching.settings import FetchSettings
from services.runtime.exposure import ExposureSettings


class IngestSettings(FeedSettings, FetchSettings, ExposureSettings):
    """How much ingest takes on, and how long it remembers."""

    http_port: int = Field(default=8001, ge=0, le=65535, description="Port the HTTP server listens on.")
    max_body_bytes: int = Field(
        default=32 * 1024 * 1024, ge=1, description="Largest request body, unpacked. More: 413."
    )
    max_rows: int = Field(default=1_000, ge=1, description="Most articles in one request. More: 413.")
    max_requests_in_flight: int = Field(
        default=8,
        ge=1,
        description="Submissions worked on at a time, each counted once its body is there; further ones get 503 with "
        "Retry-After. While others want a place, one address holds its `client_share` of them.",
    )
    max_held_body_bytes: int = Field(
        default=128 * 1024 * 1024,
        ge=1,
        description="Bytes of bodies in memory at a time, received or worked on; beyond them: 503 with Retry-After. "
        "Memory in use may be a few times this. At least `max_body_bytes` in effect.",
    )
    body_timeout_seconds: float = Field(
        default=60.0, gt=0, description="How long a client may take to send its body. Longer: 408."
    )
    body_minimum_bytes_per_second: int = Field(
        default=1024, ge=1, description="Lowest rate at which a body may come, after the grace. Slower: 408."
    )
    body_grace_seconds: float = Field(
        default=5.0, gt=0, description="Longest pause in a body, and time until its rate is measured."
    )
    publish_timeout_seconds: float = Field(
        default=30.0, gt=0, description="Longest wait for the broker's acknowledgement before answering 503."
    )
    record_days: int = Field(
        default=90,
        ge=1,
        description="How long an article's revision is remembered after it was last submitted. An article that "
        "changes later than that starts again at revision 1.",
    )
    page_workers: int = Field(
        default=2, ge=1, description="Processes that read pages (`html`), one page each at a time."
    )
    page_timeout_seconds: float = Field(
        default=10.0, gt=0, description="Longest time a worker may take for one page. Longer: 422, and it is replaced."
    )
    page_request_timeout_seconds: float = Field(
        default=300.0,
        gt=0,
        description="Longest time that workers may take for all pages of one request together, waiting not counted. "
        "Longer: 422. Raise it with `max_rows`, and where processors are slow.",
    )
    page_memory_bytes: int = Field(
        default=512 * 1024 * 1024,
        ge=128 * 1024 * 1024,
        description="Most memory a worker may hold; it starts with about 40 MB. More: 422, and it is replaced.",
    )
    max_page_requests_in_flight: int = Field(
        default=4,
        ge=1,
        description="Submissions with pages worked on at a time; further ones get 503 with Retry-After. Keep it below "
        "`max_requests_in_flight`: the rest are places that only text can take.",
    )
    idempotency_seconds: int = Field(
        default=86_400, ge=1, description="How long the answer to a request with an `Idempotency-Key` is kept."
    )
    max_idempotency_keys: int = Field(
        default=20_000, ge=1, description="Most answers that are kept; beyond them the oldest is forgotten early."
    )
    trace_days: int = Field(
        default=7, ge=1, description="How long is remembered what became of a submission, for `newsweave trace`."
    )
