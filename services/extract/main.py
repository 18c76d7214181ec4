"""The extract service: reads articles, publishes them with the claims in them."""

from services.contracts.topics import ARTICLE_INGESTED
from services.extract.handler import ExtractHandler
from services.extract.settings import ExtractSettings
from services.runtime.process import open_service


async def main() -> None:
    """Run until SIGTERM or SIGINT."""
    async with open_service("extract", ExtractSettings(), consumes=[ARTICLE_INGESTED]) as service:
        await service.consume(ARTICLE_INGESTED, ExtractHandler())
