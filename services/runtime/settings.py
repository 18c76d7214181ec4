"""Settings that every service has. Environment variables: `NEWSWEAVE_` + the field's name in upper case."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

IPV6 = 6
_HOST_NAME = re.compile(r"\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*\.?")


class RuntimeSettings(BaseSettings):
    """Where broker and store are, and how much work one service takes on at a time."""

    model_config = SettingsConfigDict(env_prefix="NEWSWEAVE_", extra="ignore", frozen=True)

    kafka_bootstrap_servers: str = Field(
        default="127.0.0.1:9092", description="Kafka brokers, host:port, comma separated."
    )
    kafka_idempotence: bool = Field(
        default=True,
        description="Idempotent producer. Off only for the embedded broker, which does not offer it.",
    )
    kafka_security_protocol: Literal["PLAINTEXT", "SASL_PLAINTEXT"] = Field(
        default="PLAINTEXT",
        description="`SASL_PLAINTEXT`: log in with name and password (mechanism PLAIN), on networks that are trusted.",
    )
    kafka_username: str = Field(default="newsweave", description="Name to log in with.")
    kafka_password_file: Path | None = Field(
        default=None, description="File that holds Kafka's password alone. Needed with `SASL_PLAINTEXT`."
    )
    topic_prefix: str = Field(default="", description="Put before every topic name, e.g. `staging.`.")
    topic_partitions: int = Field(
        default=6, ge=1, description="Partitions of topics that a service has to create. More: more replicas."
    )
    topic_replication: int = Field(default=1, ge=1, description="Copies of each partition when created.")
    redis_url: str = Field(default="redis://127.0.0.1:6379/0", description="Redis 8 or newer.")
    redis_password_file: Path | None = Field(
        default=None, description="File that holds Redis' password alone; unset: none, or the one in the address."
    )
    redis_timeout_seconds: float = Field(default=10.0, gt=0, description="Longest wait for one Redis answer.")
    http_host: str = Field(default="127.0.0.1", description="Address the HTTP server listens on.")
    http_port: int = Field(default=8000, ge=0, le=65535, description="Port the HTTP server listens on.")
    trusted_hosts: str = Field(
        default="",
        description="Names by which requests may call this service in `Host` (and other sites in `Origin`), comma "
        "separated, beside loopback and `http_host`. `*.example.org`: all below it; `*`: any, the check is off.",
    )
    head_timeout_seconds: float = Field(
        default=10.0,
        gt=0,
        description="How long a connection may take to send the whole head of its next request. Longer: closed.",
    )
    max_connections: int = Field(
        default=500,
        ge=1,
        description="Open HTTP connections; further ones get 503. Never more than the open files that the system "
        "allows the process, less 100.",
    )
    client_share: float = Field(
        default=0.75,
        gt=0,
        le=1,
        description="Share of the HTTP connections that one address may hold; loopback and an IPv6 /64 are one each. "
        "In ingest also of the places and of the memory for bodies, as long as others want some.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks of the proxies in front, comma separated. Only their `X-Forwarded-For` is "
        "believed; without it all clients behind a proxy count as one.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least severe lines that are logged. DEBUG: also all that the Kafka client says."
    )
    log_format: Literal["json", "console"] = Field(default="json", description="One JSON object a line, or text.")
    max_batch_messages: int = Field(
        default=200,
        ge=1,
        description="Most messages handled between two commits: the bound on work in flight.",
    )
    max_batch_bytes: int = Field(
        default=16 * 1024 * 1024,
        ge=1,
        description="Most bytes of values handled between two commits; a larger message is a batch of its own.",
    )
    max_batch_seconds: float = Field(
        default=1.0,
        ge=0,
        description="A batch takes no further message after so long: what is done is handed on, the rest comes next.",
    )
    poll_timeout_ms: int = Field(default=200, ge=1, description="Longest wait for messages in one poll.")
    fetch_max_wait_ms: int = Field(
        default=100,
        ge=1,
        description="How long the broker may hold a fetch open. High: waiting costs less. Apache Kafka answers at once "
        "when a message comes, so that 1000 costs no time there; the embedded broker looks twice in that time.",
    )
    session_timeout_ms: int = Field(
        default=10_000,
        ge=1_000,
        description="Silence after which the group gives a consumer's partitions away.",
    )
    heartbeat_interval_ms: int = Field(default=1_000, ge=100, description="Pause between signs of life.")
    max_poll_interval_ms: int = Field(
        default=300_000,
        ge=1_000,
        description="Silence of the consumer loop after which it leaves its group. Polling goes on beside long work.",
    )
    rebalance_timeout_ms: int = Field(
        default=300_000,
        ge=1_000,
        description="Longest wait of a rebalance for the batches in hand. What takes longer loses its partitions, and "
        "is repeated by their new owner.",
    )
    retry_seconds: float = Field(
        default=60.0,
        ge=0,
        description="How long a step is tried again before the service stops. 0: never. A full store does not count.",
    )
    startup_seconds: float = Field(
        default=60.0, gt=0, description="How long to wait for broker and store at the start."
    )
    drain_seconds: float = Field(
        default=20.0,
        gt=0,
        description="After SIGTERM: how long batches and HTTP requests in hand may take to finish. What does not is "
        "repeated by whoever comes next.",
    )
    failure_window_messages: int = Field(
        default=200, ge=1, description="Messages looked back on by the limit on failures."
    )
    failure_minimum_messages: int = Field(
        default=50,
        ge=1,
        description="Messages among them that the handler rejected before the limit can stop the service.",
    )
    failure_share: float = Field(
        default=0.9, gt=0, le=1, description="Share of rejected messages among them that stops the service."
    )
    newer_messages: Literal["stop", "dead_letter"] = Field(
        default="stop",
        description="What to do with a message of a newer version of its contract that cannot be read.",
    )

    @model_validator(mode="after")
    def _password_where_one_is_needed(self) -> Self:
        if self.kafka_security_protocol == "SASL_PLAINTEXT" and self.kafka_password_file is None:
            raise ValueError("NEWSWEAVE_KAFKA_SECURITY_PROTOCOL=SASL_PLAINTEXT needs NEWSWEAVE_KAFKA_PASSWORD_FILE")
        return self

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        _networks(value)
        return value

    @field_validator("trusted_hosts")
    @classmethod
    def _are_names(cls, value: str) -> str:
        for name in filter(None, (part.strip() for part in value.split(","))):
            if not _HOST_NAME.fullmatch(name) and not _is_ipv6(name):
                raise ValueError(f"{name!r}: give names without scheme and port, such as news.example")
        return value

    @property
    def trusted_origins(self) -> frozenset[str]:
        """Origins of other sites' pages that may send requests, beside those whose names are trusted as hosts."""
        return frozenset()

    @property
    def proxy_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """`trusted_proxies`, read."""
        return _networks(self.trusted_proxies)


class AskedSettings(RuntimeSettings):
    """Of services that compute something for others beside the pipeline."""

    ask_max_bytes: int = Field(
        default=1024 * 1024,
        ge=1,
        description="Largest body of a request to compute something beside the pipeline: to read or embed a draft.",
    )
    ask_concurrency: int = Field(default=8, ge=1, description="Such requests in hand at a time; further ones get 503.")
    ask_seconds: float = Field(default=10.0, gt=0, description="Longest time for such a request; then it gets 503.")


def _is_ipv6(name: str) -> bool:
    bare = name[1:-1] if name.startswith("[") and name.endswith("]") else name
    try:
        return ip_address(bare).version == IPV6
    except ValueError:
        return False


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses or networks, comma separated. Raises ValueError for what is neither."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
