"""The dedupe service: embeds articles, places them in events, merges their claims."""

import asyncio

import structlog

from services.contracts.topics import ARTICLE_EMBEDDED, CLAIMS_EXTRACTED, EVENT_PLACED
from services.dedupe.assign_handler import AssignHandler
from services.dedupe.clustering.cells import VectorCells
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.shard import Shard
from services.dedupe.draft_embedding import bound_embedding, create_app, embed_with
from services.dedupe.embed_handler import EmbedHandler
from services.dedupe.embedding.caching_embedder import CachingEmbedder
from services.dedupe.embedding.cpu_instructions import machine_kind
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.port import Embedder
from services.dedupe.merge_handler import MergeHandler
from services.dedupe.settings import DedupeSettings
from services.dedupe.signals.background_corpus import BackgroundCorpus
from services.dedupe.signals.terms import TermStatistics
from services.dedupe.store.event_store import EventStore
from services.dedupe.store.shard_store import OFFSETS_NAMESPACE, ShardStore
from services.dedupe.unpublished_events import UnpublishedEvents
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.process import Service, open_service

NAME = "dedupe"
STAGES = {"embed": CLAIMS_EXTRACTED, "assign": ARTICLE_EMBEDDED, "merge": EVENT_PLACED}
"""What each stage reads."""

log = structlog.get_logger()


async def main() -> None:
    """Run until SIGTERM or SIGINT."""
    settings = DedupeSettings()
    consumes = [topic for stage, topic in STAGES.items() if settings.roles in {"all", stage}]
    writes_store = settings.roles != "embed"
    embedding = bound_embedding(settings.ask_max_bytes, settings.ask_concurrency, settings.ask_seconds)
    async with (
        open_service(NAME, settings, create_app(embedding), consumes=consumes, writes_store=writes_store) as service,
        asyncio.TaskGroup() as tasks,
    ):
        if ARTICLE_EMBEDDED in consumes:
            tasks.create_task(run_assign_stage(service, settings))
        if CLAIMS_EXTRACTED in consumes or EVENT_PLACED in consumes:
            embedder = await _load_embedder(settings)
            embedding.work = embed_with(embedder)
        if CLAIMS_EXTRACTED in consumes:
            tasks.create_task(run_embed_stage(service, settings, embedder))
        if EVENT_PLACED in consumes:
            tasks.create_task(run_merge_stage(service, settings, embedder))


async def _load_embedder(settings: DedupeSettings) -> Embedder:
    """One model for all stages, which take turns at it. Loading it takes a second, off the event loop."""
    embedder = await asyncio.to_thread(
        load_embedder,
        settings.embedder,
        settings.embedding_model,
        settings.embedding_model_dir,
        settings.embedding_threads,
    )
    log.info("embedding", model=embedder.model_id, machine=machine_kind())
    return embedder


async def run_embed_stage(service: Service, settings: DedupeSettings, embedder: Embedder) -> None:
    """Run the embed stage."""
    await service.consume(
        CLAIMS_EXTRACTED,
        EmbedHandler(
            CachingEmbedder(embedder, settings.remembered_vectors),
            settings.shard,
            machine_kind(),
            max_seconds=settings.max_batch_seconds,
        ),
        max_batch_messages=settings.embed_batch_messages,
    )


async def run_assign_stage(service: Service, settings: DedupeSettings) -> None:
    """Run the assign stage."""
    decision, statistics, background_corpus, cells = await asyncio.to_thread(
        lambda: (
            Decision.load_bundled(),
            TermStatistics.load_bundled(),
            BackgroundCorpus.load_bundled(),
            VectorCells.load_bundled(),
        )
    )
    handler = AssignHandler(
        ShardStore(service.redis),
        KeptOffsets(service.redis, OFFSETS_NAMESPACE, service.cluster_id),
        lambda: Shard(
            decision,
            statistics,
            live_days=settings.live_days,
            background_corpus=background_corpus,
            cells=cells,
            kept_articles=settings.kept_articles,
        ),
        max_seconds=settings.max_batch_seconds,
    )
    await service.consume(ARTICLE_EMBEDDED, handler)


async def run_merge_stage(service: Service, settings: DedupeSettings, embedder: Embedder) -> None:
    """Run the merge stage."""
    handler = MergeHandler(
        EventStore(service.redis),
        KeptOffsets(service.redis, OFFSETS_NAMESPACE, service.cluster_id),
        CachingEmbedder(embedder, settings.remembered_vectors),
        service.cluster_id,
        unpublished=UnpublishedEvents(1 / settings.big_event_share - 1, settings.publish_interval_ms / 1000),
        kept_articles=settings.kept_event_articles,
        slow_build_seconds=settings.slow_build_seconds,
        max_seconds=settings.max_batch_seconds,
    )
    await service.consume(EVENT_PLACED, handler)
