"""Settings of feeds."""

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.ingest.feeds.decoding import MAX_BYTES
from services.ingest.submission import check_url


class FeedSettings(BaseSettings):
    """Which feeds are polled, and how much at a time."""

    model_config = SettingsConfigDict(env_prefix="NEWSWEAVE_", extra="ignore", frozen=True)

    feeds_file: Path | None = Field(
        default=None, description="YAML file of the feeds to poll, read again when it changes. Unset: none are polled."
    )
    feed_concurrency: int = Field(
        default=16, ge=1, description="Feeds polled at a time. Each may hold a feed and a page in memory."
    )
    feed_max_items: int = Field(
        default=200,
        ge=1,
        description="New items taken of a feed in one poll, the newest; the rest comes with the next poll, a minute "
        "later. The outcome is then `capped`.",
    )
    feed_max_bytes: int = Field(
        default=10 * 1024 * 1024, ge=1, le=MAX_BYTES, description="Largest feed, as sent and as unpacked."
    )
    feed_lease_seconds: float = Field(
        default=300.0,
        gt=0,
        description="How long after a replica was last heard of another may take its feeds over. While it is at work "
        "on a feed it says so, three times in that time.",
    )
    websub_callback_base_url: str = Field(
        default="",
        description="Address under which hubs reach ingest from the internet, such as https://news.example: feeds that "
        "name a WebSub hub are subscribed to, and hubs call `/websub/…` below it. Empty: no feed is.",
    )
    websub_lease_seconds: int = Field(
        default=10 * 24 * 3600,
        ge=300,
        description="How long the subscriptions last that we ask hubs for. A hub may choose another time.",
    )

    @field_validator("websub_callback_base_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        address = value.strip().rstrip("/")
        if address and ("?" in check_url(address) or "#" in address):
            raise ValueError("give an address without query and fragment, such as https://news.example")
        return address
