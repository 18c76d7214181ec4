"""Settings of feeds."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.ingest.feeds.decoding import MAX_BYTES


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
