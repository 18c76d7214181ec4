"""Settings of ingest, beside those that every service has."""

from pydantic import Field

from services.runtime.settings import RuntimeSettings


class IngestSettings(RuntimeSettings):
    """How much ingest takes on, and how long it remembers."""

    http_port: int = Field(default=8001, ge=0, le=65535, description="Port the HTTP server listens on.")
    max_body_bytes: int = Field(
        default=32 * 1024 * 1024, ge=1, description="Largest request body. More: 413, send it in parts."
    )
    max_rows: int = Field(default=1_000, ge=1, description="Most articles in one request. More: 413.")
    max_requests_in_flight: int = Field(
        default=8,
        ge=1,
        description="Submissions worked on at a time; further ones get 503 with Retry-After. Bounds memory: each "
        "may hold a body of `max_body_bytes` a few times over.",
    )
    body_timeout_seconds: float = Field(
        default=60.0, gt=0, description="How long a client may take to send its body. Longer: 408."
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
