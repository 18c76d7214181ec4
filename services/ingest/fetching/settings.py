"""Settings of fetching."""

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.runtime.outbound.addresses import AddressPolicy
from services.runtime.outbound.allowed import checked_ports, policy_of, rules_of
from services.runtime.outbound.web_address import AddressRules


class FetchSettings(BaseSettings):
    """How much is fetched at a time, how politely, and from where."""

    model_config = SettingsConfigDict(env_prefix="NEWSWEAVE_", extra="ignore", frozen=True)

    fetch_contact: str = Field(
        default="",
        description="Address of a page or of mail at which site owners reach you; part of the User-Agent. Give one.",
    )
    fetch_concurrency: int = Field(default=32, ge=1, description="Requests to the web at a time, over all hosts.")
    fetch_host_concurrency: int = Field(default=2, ge=1, description="Requests to one host at a time.")
    fetch_host_delay_seconds: float = Field(
        default=1.0, ge=0, description="Shortest pause between the starts of two requests to one host."
    )
    fetch_crawl_delay_max_seconds: float = Field(
        default=60.0, ge=0, description="A longer `Crawl-delay` in a robots.txt counts as this."
    )
    fetch_connect_timeout_seconds: float = Field(
        default=10.0, gt=0, description="Longest time to resolve a name and connect, and again for TLS."
    )
    fetch_read_timeout_seconds: float = Field(default=10.0, gt=0, description="Longest pause in an answer.")
    fetch_total_timeout_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Longest time for one fetch with its redirects; waiting for the host's turn is not counted.",
    )
    fetch_max_bytes: int = Field(
        default=10 * 1024 * 1024,
        ge=1,
        description="Largest body, as sent and as unpacked. Memory in use may be `fetch_concurrency` times this.",
    )
    fetch_max_redirects: int = Field(default=5, ge=0, description="Most redirects in a row.")
    fetch_allowed_hosts: str = Field(
        default="",
        description="Internal networks, addresses and host names that may be fetched from, comma separated. Empty: "
        "only the internet.",
    )
    fetch_allowed_ports: str = Field(
        default="80,443", description="Ports that may be fetched from, comma separated; `*`: any."
    )
    fetch_ca_file: Path | None = Field(
        default=None, description="Certificates (PEM) of authorities that are trusted beside the public ones."
    )
    fetch_robots_seconds: float = Field(
        default=24 * 3600.0, gt=0, le=24 * 3600.0, description="How long a robots.txt or tdmrep.json is remembered."
    )
    fetch_robots_retry_seconds: float = Field(
        default=600.0, gt=0, description="How long a host whose robots.txt does not come is left alone."
    )
    fetch_rights: Literal["obey", "record", "ignore"] = Field(
        default="record",
        description="Rights that a site reserves (TDM reservation, Content-Usage, a licence). `obey`: its pages are "
        "not fetched; `record`: what is reserved travels with the article; `ignore`: not asked for.",
    )

    @field_validator("fetch_allowed_ports")
    @classmethod
    def _are_ports(cls, value: str) -> str:
        return checked_ports(value)

    @field_validator("fetch_contact")
    @classmethod
    def _is_one_line(cls, value: str) -> str:
        if not value.isascii() or not value.isprintable() or any(char in value for char in "()"):
            raise ValueError("give an address: printable ASCII, no parentheses")
        return value.strip()

    @property
    def address_rules(self) -> AddressRules:
        """Which ports and names are fine."""
        return rules_of(self.fetch_allowed_ports, self.address_policy)

    @property
    def address_policy(self) -> AddressPolicy:
        """`fetch_allowed_hosts`, read."""
        return policy_of(self.fetch_allowed_hosts)
