"""The extract service: reads articles, publishes them with the claims in them; reads drafts when it is asked."""

import asyncio

from services.contracts.topics import ARTICLE_INGESTED
from services.extract.draft_reading import bound_reading, create_app, read_draft
from services.extract.extraction import load
from services.extract.handler import ExtractHandler
from services.extract.settings import ExtractSettings
from services.runtime.process import open_service


async def main() -> None:
    """Run until SIGTERM or SIGINT. The service is not ready before the parser is loaded, off the event loop."""
    settings = ExtractSettings()
    reading = bound_reading(settings.ask_max_bytes, settings.ask_concurrency, settings.ask_seconds)
    async with open_service("extract", settings, create_app(reading), consumes=[ARTICLE_INGESTED]) as service:
        await asyncio.to_thread(load)
        reading.work = read_draft
        await service.consume(ARTICLE_INGESTED, ExtractHandler(max_seconds=settings.max_batch_seconds))
