"""Ingest: takes articles in by HTTP and publishes them, clean and identified."""

from services.ingest.app import Gate, create_app
from services.ingest.handler import Intake
from services.ingest.revisions import RedisRecords
from services.ingest.settings import IngestSettings
from services.runtime.process import open_service


async def main() -> None:
    """Run until SIGTERM or SIGINT."""
    settings = IngestSettings()
    gate = Gate(settings.max_requests_in_flight, settings.client_share)
    # The HTTP server answers before broker and store are connected; until then the gate says "starting".
    async with open_service("ingest", settings, create_app(settings, gate)) as service:
        gate.intake = Intake(
            service.producer,
            RedisRecords(service.redis, keep_days=settings.record_days),
            service.clock,
            publish_timeout_seconds=settings.publish_timeout_seconds,
        )
        await service.wait()
