"""An article's way from ingest to its event, from what the view has of it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from services.api.models import TraceStage, TraceView
from services.api.trace_facts import Stage
from services.api.view_store import ViewStore
from services.contracts.claim import ExtractedArticle

_NO_TIME = datetime.max.replace(tzinfo=UTC)


async def trace_of(store: ViewStore, article_id: str) -> TraceView | None:
    """All that is known; None where that is nothing. Raises TransientError."""
    stages = [
        TraceStage(
            **point.fact.model_dump(),
            outcome="failed" if point.fact.stage is Stage.DEAD_LETTER else "done",
            at=point.at,
        )
        for point in await store.traces.facts(article_id)
    ]
    stored = await store.article(article_id)
    if stored is not None:
        extracted = ExtractedArticle.model_validate_json(stored.document)
        stages += _of_article(extracted, is_traced=any(stage.stage is Stage.EXTRACTED for stage in stages))
        if stored.event_id is not None:
            version = (await store.marks([stored.event_id])).get(stored.event_id)
            stages.append(
                TraceStage(
                    stage=Stage.IN_EVENT,
                    outcome="done",
                    at=None,
                    event_id=stored.event_id,
                    event_version=version.version if version else None,
                )
            )
    stages.sort(key=lambda stage: stage.at or _NO_TIME)
    return TraceView(article_id=article_id, stages=tuple(stages)) if stages else None


def _of_article(extracted: ExtractedArticle, *, is_traced: bool) -> Iterator[TraceStage]:
    """What the stored article tells by itself. `is_traced`: whether it is known when it was extracted."""
    article = extracted.article
    yield TraceStage(stage=Stage.INGESTED, outcome="done", at=article.fetched_at, revision=article.revision)
    if not is_traced:  # too long ago
        claims = len(extracted.claims)
        yield TraceStage(stage=Stage.EXTRACTED, outcome="done", at=None, revision=article.revision, claims=claims)
