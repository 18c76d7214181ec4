"""What to tell somebody whose platform has no bundled server."""

import platform

from services.local.errors import NoBuildError


def no_build(what: str, why: str) -> NoBuildError:
    """The error for a missing server, with the two ways on."""
    return NoBuildError(
        f"No {what} for this platform ({platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}): {why}.\n"
        "Two ways on:\n"
        "  1. docker compose up -d --build --wait, then newsweave with --url;\n"
        "  2. servers of your own: set KAFKA_HOME to an Apache Kafka 4 folder (needs Java 17 or newer)\n"
        "     and put a redis-server of version 8 or newer on PATH."
    )
