"""Settings of the api service, beside those that every service has."""

import re
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from services.runtime.exposure import ExposureSettings
from services.runtime.outbound.addresses import AddressPolicy
from services.runtime.outbound.allowed import checked_ports, policy_of, rules_of
from services.runtime.outbound.web_address import AddressRules

ANY_ORIGIN = "*"
MOST_DAYS = 36_500.0
"""A century: the clock less a far longer time is no date."""
_ORIGIN = re.compile(r"https?://[a-z0-9.:\[\]-]+", re.ASCII)


class ApiSettings(ExposureSettings):
    """What the api process does and where it listens."""

    http_port: int = Field(default=8000, ge=0, le=65535, description="Port of the HTTP API and the web page.")
    roles: Literal["all", "http", "projector", "deliver"] = Field(
        default="all",
        description="What this process does: `http` serves, `projector` keeps the view up to date, `deliver` sends "
        "webhooks, `all` does all three.",
    )
    stream_days: float = Field(
        default=7.0,
        gt=0,
        le=MOST_DAYS,
        description="How long the update log keeps an entry: so long may a reader of the stream be away and go on "
        "where it was. A reader that was away for longer is told to start anew.",
    )
    history_days: float | None = Field(
        default=None,
        gt=0,
        le=MOST_DAYS,
        description="How long earlier versions of events are kept after they were replaced, and changes likewise; at "
        "least `stream_days`. The newest version always stays. Unset: kept for good.",
    )
    max_streams: int = Field(
        default=250,
        ge=0,
        description="Streams of updates open at once; more are refused with 503. Each holds an HTTP connection: leave "
        "some of `max_connections` to other requests.",
    )
    index_dir: Path | None = Field(
        default=None,
        description="Folder for the index of searches, which each process of the HTTP side makes anew at its start and "
        "removes at its end: some 15 KB an event. Unset: where the system has temporary files.",
    )
    extract_url: str = Field(
        default="http://127.0.0.1:8002",
        description="Address of an extract, which reads drafts for `/v1/check`.",
    )
    dedupe_url: str = Field(
        default="http://127.0.0.1:8003",
        description="Address of a dedupe with the role embed, merge or all, for vectors of drafts and queries.",
    )
    cors_origins: str = Field(
        default="",
        description="Origins of web pages whose scripts may use the API, comma separated, such as "
        "`https://desk.example`. `*`: any page may read; only pages that are named may also send.",
    )
    webhook_timeout_seconds: float = Field(
        default=15.0, gt=0, description="Longest time for one try of a webhook's delivery, connecting included."
    )
    webhook_lease_seconds: float = Field(
        default=30.0,
        gt=0,
        description="How long after the death of the replica that sends webhooks another takes over.",
    )
    webhook_allowed_hosts: str = Field(
        default="",
        description="Internal networks, addresses and host names that webhooks may be sent to, comma separated. Empty: "
        "only the internet.",
    )
    webhook_allowed_ports: str = Field(
        default="80,443", description="Ports that webhooks may be sent to, comma separated; `*`: any."
    )
    webhook_ca_file: Path | None = Field(
        default=None, description="Certificates (PEM) of authorities that are trusted beside the public ones."
    )

    @model_validator(mode="after")
    def _history_lasts_as_long_as_the_log(self) -> Self:
        if self.history_days is not None and self.history_days < self.stream_days:
            raise ValueError(
                f"NEWSWEAVE_HISTORY_DAYS ({self.history_days:g}) is less than NEWSWEAVE_STREAM_DAYS "
                f"({self.stream_days:g}): streams and webhooks go on from versions of that time"
            )
        return self

    @field_validator("webhook_allowed_ports")
    @classmethod
    def _are_ports(cls, value: str) -> str:
        return checked_ports(value)

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        for origin in _listed(value):
            if origin != ANY_ORIGIN and not _ORIGIN.fullmatch(origin):
                raise ValueError(
                    f"{origin!r}: give origins with a scheme and without a path, such as https://desk.example"
                )
        return value

    @property
    def webhook_address_policy(self) -> AddressPolicy:
        """`webhook_allowed_hosts`, read."""
        return policy_of(self.webhook_allowed_hosts)

    @property
    def webhook_address_rules(self) -> AddressRules:
        """Which ports and names webhooks may have."""
        return rules_of(self.webhook_allowed_ports, self.webhook_address_policy)

    @property
    def origins(self) -> tuple[str, ...]:
        """`cors_origins`, read."""
        return _listed(self.cors_origins)

    @property
    def trusted_origins(self) -> frozenset[str]:
        """Origins of pages that may also send requests that change something."""
        return frozenset(self.origins) - {ANY_ORIGIN}


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip().rstrip("/").lower() for part in text.split(",")) if part)
