"""Settings of HTTP APIs that others may reach: API keys and rate limits."""

from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field

from services.runtime.settings import RuntimeSettings

EXPOSED_QUOTA = 600
"""Requests in a window where others can reach the server: some 30,000 articles a minute as `newsweave submit` sends."""


class ExposureSettings(RuntimeSettings):
    """Whether others can reach the HTTP server, and what is asked of them."""

    exposed: Literal["auto", "yes", "no"] = Field(
        default="auto",
        description="Whether others can reach the HTTP server: then every request needs an API key, and each key has a "
        "rate limit. `auto`: unless `http_host` is loopback.",
    )
    keys_file: Path | None = Field(
        default=None, description="File of the API keys (`newsweave keys`). It is read again when it has changed."
    )
    rate_limit_requests: int | None = Field(
        default=None,
        ge=0,
        description="Requests that one key, or where none is asked for one address, may send in a window; further ones "
        "get 429. 0: any number. Default: 600 where others can reach the server, else any number.",
    )
    rate_limit_seconds: int = Field(default=60, ge=1, description="Length of that window.")

    @property
    def request_quota(self) -> int:
        """Requests that a client may send in a window; 0: any number."""
        if self.rate_limit_requests is not None:
            return self.rate_limit_requests
        return EXPOSED_QUOTA if self.is_exposed else 0

    @property
    def is_exposed(self) -> bool:
        """Whether keys are asked for."""
        return self.exposed == "yes" or (self.exposed == "auto" and not _is_loopback(self.http_host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
