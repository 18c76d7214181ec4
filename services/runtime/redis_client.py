"""Redis, with its failures told apart."""

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    BusyLoadingError,
    ConnectionError,  # noqa: A004
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
    TimeoutError,  # noqa: A004
    WatchError,
)

from services.runtime.errors import StoreFull, TransientError
from services.runtime.passwords import redis_password
from services.runtime.settings import RuntimeSettings

PROBE_PREFIX = "runtime:probe:"
PROBE_SECONDS = 60
"""How long a write probe stays in Redis."""
MOST_CONNECTIONS = 2_000
"""Of one client: more than the requests that come at once. Redis takes 10,000 clients."""

_FULL = {
    "OOM": "Redis is out of memory and takes no writes: raise maxmemory, or free memory",
    "MISCONF": "Redis cannot write to its disk and takes no writes: free space on the disk of its data",
}
"""Redis' error codes for a full store, and what to do about each."""


def open_redis(settings: RuntimeSettings) -> Redis:
    """A client that answers in bytes. It connects at first use.

    A command that finds its connection closed is sent once more on a new one: after a restart of Redis every pooled
    connection is stale, and only its use shows that. All our commands may run twice, except a scan in parts: hold one
    connection with WATCH for that. Further retries are up to the runtime.
    """
    return Redis.from_url(
        settings.redis_url,
        password=redis_password(settings),  # the address' own, if it has one, comes first
        socket_timeout=settings.redis_timeout_seconds,
        socket_connect_timeout=settings.redis_timeout_seconds,
        retry=Retry(NoBackoff(), 1, supported_errors=(ConnectionError,)),
        max_connections=MOST_CONNECTIONS,  # redis-py's own bound is 100: the next command fails at once
        decode_responses=False,
    )


def text_of(value: bytes | str) -> str:
    """A value of Redis as text: a client may answer in either."""
    return value.decode() if isinstance(value, bytes) else value


@contextmanager
def redis_errors() -> Iterator[None]:
    """Translate the errors of Redis that may pass; the block's other errors stay as they are.

    Raises:
        StoreFull: Redis refuses writes because its memory or its disk is full.
        TransientError: Redis is unreachable, loading or read-only.
    """
    try:
        yield
    except (ConnectionError, TimeoutError, BusyLoadingError, ReadOnlyError) as error:
        raise TransientError(f"Redis does not answer: {error}") from error
    except WatchError as error:
        # redis-py raises this, too, when the connection closes while keys are watched.
        if isinstance(error.__context__, ConnectionError):
            raise TransientError(f"Redis does not answer: {error}") from error
        raise
    except ResponseError as error:
        what_to_do = _FULL.get(_code(error))
        if what_to_do is None:
            raise
        raise StoreFull(what_to_do) from error


def _code(error: ResponseError) -> str:
    """The error code that Redis answered with: the first word.

    redis-py cuts it off for errors that have a class of their own. In a pipeline it puts the command and "caused
    error: (" before the answer; Redis itself puts "because of: " before the reason why it discards a transaction.
    """
    if isinstance(error, OutOfMemoryError):
        return "OOM"
    answer = str(error).rpartition("caused error: (")[2].rpartition("because of: ")[2]
    return answer.lstrip("'\"").partition(" ")[0]


async def check_reads(redis: Redis) -> None:
    """See that Redis answers. Not by PING, which it refuses as if it were a write while its disk is full.

    Raises:
        TransientError: it does not.
    """
    with redis_errors():
        await redis.dbsize()


def write_probe(redis: Redis, service: str) -> Awaitable[Any]:
    """Write the probe of `service`, which Redis refuses when it takes no writes. `redis` may be a pipeline."""
    return cast("Awaitable[Any]", redis.set(PROBE_PREFIX + service, b"", ex=PROBE_SECONDS))


async def check_writes(redis: Redis, service: str) -> None:
    """See that Redis takes writes.

    Raises:
        StoreFull: it does not.
        TransientError: it does not answer.
    """
    with redis_errors():
        await write_probe(redis, service)
