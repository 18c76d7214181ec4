"""The extract service: reads articles, publishes them with the claims in them."""

import asyncio

from services.contracts.topics import ARTICLE_INGESTED
from services.extract.extraction import load
from services.extract.handler import ExtractHandler
from services.extract.settings import ExtractSettings
from services.runtime.process import open_service


async def main() -> None:
    """Run until SIGTERM or SIGINT. The service is not ready before the parser is loaded, off the event loop."""
    settings = ExtractSettings()
    async with open_service("extract", settings, consumes=[ARTICLE_INGESTED]) as service:
        await asyncio.to_thread(load)
        await service.consume(ARTICLE_INGESTED, ExtractHandler(max_seconds=settings.max_batch_seconds))
