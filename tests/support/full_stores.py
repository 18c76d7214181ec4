"""A Redis whose memory or disk is full, on purpose, and has room again."""

import dataclasses
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import ResponseError

from services.local.processes import Command
from services.local.redis import EmbeddedRedis
from services.local.waiting import wait_until

needs_prlimit = pytest.mark.skipif(sys.platform != "linux", reason="bounds the files of another process")


class RedisThatMayFill(EmbeddedRedis):
    """A Redis that gets an error, and not a signal, when it writes past the limit on the size of a file."""

    def _command(self, port: int) -> Command:
        command = super()._command(port)
        return dataclasses.replace(command, argv=["sh", "-c", 'trap "" XFSZ; exec "$@"', "sh", *command.argv])


@contextmanager
def running_redis_that_may_fill(folder: Path) -> Iterator[EmbeddedRedis]:
    """Like `running_redis`; `full_disk` works on it."""
    with RedisThatMayFill(folder) as server:
        yield server


@contextmanager
def full_memory(server: EmbeddedRedis) -> Iterator[None]:
    """`server` is out of memory for as long as the block runs."""
    with Redis.from_url(server.url) as client:
        client.config_set("maxmemory", "1")
        try:
            yield
        finally:
            client.config_set("maxmemory", "0")


@contextmanager
def full_disk(server: EmbeddedRedis) -> Iterator[None]:
    """`server`, which has to be a RedisThatMayFill, cannot write to its disk for as long as the block runs."""
    assert sys.platform == "linux"
    assert server.child is not None
    [file] = (server.folder / "appendonlydir").glob("*.incr.aof")
    with Redis.from_url(server.url) as client:
        resource.prlimit(server.child.pid, resource.RLIMIT_FSIZE, (file.stat().st_size, resource.RLIM_INFINITY))
        try:
            assert wait_until(lambda: _refuses(client), within_seconds=10)
            yield
        finally:
            unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(server.child.pid, resource.RLIMIT_FSIZE, unlimited)


def _refuses(client: "Redis") -> bool:
    try:
        client.set("filler", "x")
    except ResponseError as error:
        return str(error).startswith("MISCONF")
    return False
