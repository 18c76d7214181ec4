"""Settings of extract, beside those that every service has."""

from pydantic import Field

from services.runtime.settings import AskedSettings


class ExtractSettings(AskedSettings):
    """Where extract's health and metrics are. How it extracts is not a setting: the same article, the same claims."""

    http_port: int = Field(default=8002, ge=0, le=65535, description="Port the HTTP server listens on.")
    max_batch_messages: int = Field(
        default=50,
        ge=1,
        description="Articles handled between two commits. Extraction holds a core, so small batches keep latency low.",
    )
