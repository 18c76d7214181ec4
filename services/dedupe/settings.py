"""Settings of the dedupe service."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from services.dedupe.embedding.factory import EmbedderKind
from services.dedupe.embedding.model_files import MODEL_NAME
from services.runtime.settings import AskedSettings


class DedupeSettings(AskedSettings):
    """What the dedupe service runs, with which model."""

    http_port: int = Field(default=8003, ge=0, le=65535, description="Port of health and metrics.")
    max_batch_messages: int = Field(
        default=500, ge=1, description="Most messages handled between two commits: the bound on work in flight."
    )
    roles: Literal["all", "embed", "assign", "merge"] = Field(
        default="all",
        description="Stages that this process runs. Embedding and merging scale with replicas; assigning is one writer "
        "a shard.",
    )
    embedder: EmbedderKind = Field(default="openvino", description="What runs the embedding model.")
    embedding_model: str = Field(
        default=MODEL_NAME, description="Name of the model; with `sentence-transformers` any name or folder."
    )
    embedding_model_dir: Path | None = Field(
        default=None, description="Folder of the built openvino model. Default: where `make setup` puts it."
    )
    embedding_threads: int = Field(default=2, ge=1, description="Processor cores that embedding may use.")
    embed_batch_messages: int = Field(
        default=32, ge=1, description="Most articles embedded between two commits; low: articles go on sooner."
    )
    remembered_vectors: int = Field(
        default=20_000,
        ge=0,
        description="Texts whose vectors embed and merge remember, each for itself: reprints are embedded once. "
        "About 2 KB each.",
    )
    shard: str = Field(
        default="main", min_length=1, description="Shard that this replica's embed stage sends articles to."
    )
    live_days: float = Field(
        default=7.0, gt=0, description="Days of event time without a new article after which an event closes."
    )
    kept_articles: int = Field(
        default=500,
        ge=0,
        description="Live articles whose text and claims stay in assign's memory, the latest used; others are read "
        "again when they change their event. About 300 KB each.",
    )
    kept_event_articles: int = Field(
        default=300,
        ge=0,
        description="Articles whose events stay in merge's memory, the latest used; others are read again when their "
        "next change comes. Some 1 MB each in an event of several, with what is known of its claims.",
    )
    publish_interval_ms: int = Field(default=1000, ge=0, description="A busy event is published at most this often.")
    big_event_share: float = Field(
        default=0.1,
        gt=0,
        le=1,
        description="Share of the time that building one big event may take: with .1 it waits 9 times as long as its "
        "last build took before the next, at most 60 s; with 1 it never waits.",
    )
    slow_build_seconds: float = Field(
        default=1.0, gt=0, description="Processor time of an event's build from which it is logged."
    )
