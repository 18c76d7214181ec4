"""Settings of the embedded stack and the `newsweave` command. Options on the command line come first."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _data_home() -> Path:
    """XDG base directory for data: https://specifications.freedesktop.org/basedir-spec/latest/."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _state_home() -> Path:
    """XDG base directory for state."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")


def _samples() -> Path:
    """The sample articles: packaged beside this module, else those of the repository."""
    packaged = Path(__file__).with_name("samples")
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "samples"


class LocalSettings(BaseSettings):
    """Environment variables: `NEWSWEAVE_` + the field's name in upper case; `KAFKA_HOME` has its own name."""

    model_config = SettingsConfigDict(env_prefix="NEWSWEAVE_", extra="ignore", frozen=True, populate_by_name=True)

    data: Path = Field(
        default_factory=lambda: _data_home() / "newsweave",
        description="Folder of the embedded stack: Redis data, logs, ports.",
    )
    state: Path = Field(
        default_factory=lambda: _state_home() / "newsweave",
        description="Folder that says which stack runs, so that other commands find it.",
    )
    samples: Path = Field(default_factory=_samples, description="Folder of sample articles for the demo.")
    api_url: str | None = Field(default=None, description="Address of the api service to talk to.")
    ingest_url: str | None = Field(default=None, description="Address of the ingest service to talk to.")
    feeds_file: Path | None = Field(default=None, description="File of the feeds that ingest polls.")
    keys_file: Path | None = Field(
        default=None, description="File of the services' API keys. Unset: keys.json in the data folder."
    )
    api_key_file: Path | None = Field(
        default=None, description="File that holds the API key to show, where a service asks for one."
    )
    kafka_home: Path | None = Field(
        default=None,
        validation_alias="KAFKA_HOME",
        description="Apache Kafka 4 folder. Unset: the bundled broker, which keeps topics in memory only.",
    )
    start_seconds: float = Field(
        default=120.0, gt=0, description="How long the services may take to get ready, together."
    )
    stop_seconds: float = Field(
        default=25.0, gt=0, description="How long a service may take to end before it is killed."
    )
    http_timeout_seconds: float = Field(
        default=30.0, gt=0, description="Longest wait for one answer of the HTTP services."
    )
    visible_seconds: float = Field(
        default=120.0,
        gt=0,
        description="How long without any progress until submitted articles count as lost.",
    )
