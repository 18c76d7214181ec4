"""Redis, with its failures told apart."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, ReadOnlyError, TimeoutError  # noqa: A004

from services.runtime.errors import TransientError
from services.runtime.passwords import redis_password
from services.runtime.settings import RuntimeSettings


def open_redis(settings: RuntimeSettings) -> Redis:
    """A client that answers in bytes. It connects at first use and does not retry: the runtime does."""
    return Redis.from_url(
        settings.redis_url,
        password=redis_password(settings),  # the address' own, if it has one, comes first
        socket_timeout=settings.redis_timeout_seconds,
        socket_connect_timeout=settings.redis_timeout_seconds,
        retry=Retry(NoBackoff(), 0),
        decode_responses=False,
    )


@contextmanager
def redis_errors() -> Iterator[None]:
    """Turn an unreachable, loading or read-only Redis into a TransientError; let other errors through."""
    try:
        yield
    except (ConnectionError, TimeoutError, BusyLoadingError, ReadOnlyError) as error:
        raise TransientError(f"Redis does not answer: {error}") from error
