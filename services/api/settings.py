"""Settings of the api service, beside those that every service has."""

from typing import Literal

from pydantic import Field

from services.runtime.settings import RuntimeSettings


class ApiSettings(RuntimeSettings):
    """What the api process does and where it listens."""

    http_port: int = Field(default=8000, ge=0, le=65535, description="Port of the HTTP API and the web page.")
    roles: Literal["all", "http", "projector"] = Field(
        default="all",
        description="What this process does: `http` serves, `projector` keeps the view up to date, `all` does both.",
    )
    stream_days: float = Field(
        default=7.0,
        gt=0,
        description="How long the update log keeps an entry: so long may a reader of the stream be away and go on "
        "where it was. A reader that was away for longer is told to start anew.",
    )
    extract_url: str = Field(
        default="http://127.0.0.1:8002",
        description="Address of an extract, which reads drafts for `/v1/check`.",
    )
    dedupe_url: str = Field(
        default="http://127.0.0.1:8003",
        description="Address of a dedupe with the role embed, merge or all, for vectors of drafts and queries.",
    )
