"""The embedded stack: Redis, a broker and the four services as child processes on loopback."""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console

from services.local.broker import choose_broker
from services.local.disk import Disk
from services.local.errors import UserError
from services.local.folder import DataFolder, Pointer, RunningStack
from services.local.ports import LOOPBACK, free_ports, is_free
from services.local.processes import Child, describe_exit, put_aside, stop_together
from services.local.progress import Bar, progress
from services.local.redis import EmbeddedRedis
from services.local.restarts import RestartPolicy, Verdict
from services.local.service_process import ServiceProcess
from services.local.settings import LocalSettings
from services.local.waiting import StopRequest, wait_until

SERVICES = ("ingest", "extract", "dedupe", "api")
_SERVERS = ("redis", "broker")


class Stack:
    """Starts on entering, stops on leaving; in between, `tend` it at least every second."""

    def __init__(
        self, settings: LocalSettings, *, ports: Mapping[str, int], stop: StopRequest, console: Console
    ) -> None:
        """Set up, start nothing.

        Args:
            settings: Where the data is, and the bounds.
            ports: Ports of services that the user asked for, by name; the others are free ones.
            stop: Asks to give up waiting.
            console: Where progress goes.
        """
        self.folder = DataFolder(settings.data)
        self._settings = settings
        self._told_ports = ports
        self._stop = stop
        self._console = console
        self._pointer = Pointer(settings.state)
        self._last_ports = self.folder.ports_of_last_time()
        path, log = self.folder.path, self.folder.log
        self._redis = EmbeddedRedis(path / "redis", preferred_port=self._last_ports.get("redis"), log=log("redis"))
        self._broker = choose_broker(
            path / "kafka",
            kafka_home=settings.kafka_home,
            preferred_port=self._last_ports.get("broker"),
            log=log("broker"),
        )
        self._services: list[ServiceProcess] = []
        self._restarts = {name: RestartPolicy() for name in (*_SERVERS, *SERVICES)}
        self._disk = Disk(path, self._say)
        self._is_noted = False
        """Whether stack.json says what runs now."""

    @property
    def running(self) -> RunningStack:
        """Where everything is."""
        ports = {service.name: service.port for service in self._services}
        ports |= {"redis": self._redis.port, "broker": self._broker.port}
        urls = {service.name: service.url for service in self._services}
        urls |= {"page": urls["api"], "kafka": self._broker.bootstrap_servers, "redis": self._redis.url}
        children = {name: child.pid for name, child in self._children().items() if child is not None}
        return RunningStack(data=self.folder.path, pid=os.getpid(), ports=ports, pids=children, urls=urls)

    @property
    def redis(self) -> tuple[str, Path]:
        """Redis' address without its password, and the file that has the password."""
        return self._redis.address, self._redis.password_file

    @property
    def keeps_messages(self) -> bool:
        """Whether the broker keeps its topics between runs."""
        return self._broker.keeps_messages

    def __enter__(self) -> Self:
        """Start all and wait until every service is ready.

        Raises:
            UserError: The folder or a port is taken, or cannot be written; a server is missing, a process failed.
            Interrupted: A request to stop was made. Nothing is left running.
        """
        self._check_ports()
        lock = self.folder.lock()
        try:
            self._check_disk()
            # A server that outlived us would keep the folder locked, and its files from a second writer.
            self._redis.keep_open = self._broker.keep_open = (lock,)
            for name in (*_SERVERS, *SERVICES):
                put_aside(self.folder.log(name))
            with progress(self._console, "Starting", total=len(_SERVERS) + len(SERVICES)) as bar:
                self._start(bar)
            self.folder.write_running(self.running)
            self._is_noted = True
            self._pointer.set(self.folder.path)
        except OSError as error:
            self._stop_all()
            raise UserError(f"cannot start on the data folder {self.folder.path}: {error}") from error
        except BaseException:
            self._stop_all()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop all, the services first. Returns when every process has ended."""
        self._stop_all()

    def tend(self) -> None:
        """Start again what has died. A full disk ends nothing: what it stops is started again and again.

        Raises:
            ProcessError: One died too often in a minute, and not while the disk was full.
        """
        self._disk.look(time.monotonic())
        self._revive("redis", self._redis.child, lambda: self._redis.start(self._stop))
        self._revive("broker", self._broker.child, self._restart_broker)
        for service in self._services:
            self._revive(service.name, service.child, service.launch)
        if not self._is_noted and not self._disk.is_full:
            self._note_running()

    def _start(self, bar: Bar) -> None:
        for server in (self._redis, self._broker):
            bar.note(server.name)
            server.start(self._stop)
            bar.advance()
        ports = free_ports({name: self._told_ports.get(name) or self._last_ports.get(name) for name in SERVICES})
        addresses = {f"NEWSWEAVE_{name.upper()}_URL": f"http://{LOOPBACK}:{port}" for name, port in ports.items()}
        for name in SERVICES:
            service = ServiceProcess(
                name,
                port=ports[name],
                log=self.folder.log(name),
                environment=self._service_environment(name) | addresses,
                stop_seconds=self._settings.stop_seconds,
            )
            self._services.append(service)
            service.launch()
        self._wait_until_ready(bar)

    def _service_environment(self, name: str) -> dict[str, str]:
        feeds = self._settings.feeds_file
        polls = {"NEWSWEAVE_FEEDS_FILE": str(feeds)} if name == "ingest" and feeds is not None else {}
        return polls | {
            "NEWSWEAVE_KAFKA_BOOTSTRAP_SERVERS": self._broker.bootstrap_servers,
            "NEWSWEAVE_KAFKA_IDEMPOTENCE": str(self._broker.idempotence).lower(),
            "NEWSWEAVE_FETCH_MAX_WAIT_MS": str(self._broker.fetch_max_wait_ms),
            "NEWSWEAVE_TOPIC_PARTITIONS": "1",
            "NEWSWEAVE_TOPIC_REPLICATION": "1",
            "NEWSWEAVE_KAFKA_SECURITY_PROTOCOL": "PLAINTEXT",
            "NEWSWEAVE_REDIS_URL": self._redis.address,
            "NEWSWEAVE_REDIS_PASSWORD_FILE": str(self._redis.password_file),
            # Read where NEWSWEAVE_EXPOSED=yes says that a proxy lets others in.
            "NEWSWEAVE_KEYS_FILE": str(self._settings.keys_file or self.folder.keys_file),
            # The shortest that brokers allow by default: a service that was killed gets its partitions back sooner.
            "NEWSWEAVE_SESSION_TIMEOUT_MS": "6000",
        }

    def _wait_until_ready(self, bar: Bar) -> None:
        waiting = list(self._services)

        def all_ready() -> bool:
            for service in list(waiting):
                assert service.child is not None
                code = service.child.exit_code
                if code is not None:
                    raise service.child.failure(f"{describe_exit(code)} at the start")
                if service.is_ready():
                    waiting.remove(service)
                    bar.advance()
            bar.note("waiting for " + ", ".join(service.name for service in waiting) if waiting else "")
            return not waiting

        seconds = self._settings.start_seconds
        if not wait_until(all_ready, within_seconds=seconds, stop=self._stop, every_seconds=0.1):
            late = waiting[0].child
            assert late is not None
            raise late.failure(f"was not ready within {seconds:.0f} s")

    def _revive(self, name: str, child: Child | None, start: Callable[[], None]) -> None:
        """Start a process again, if it has died."""
        if not self._has_died(name, child):
            return
        try:
            start()
        except (UserError, OSError) as error:
            if not self._disk.look_now(time.monotonic()):
                raise
            self._say(f"{name} does not start while the disk is full: {str(error).splitlines()[0]}")
            return
        self._note_running()

    def _has_died(self, name: str, child: Child | None) -> bool:
        """Whether to start it again; an error if that has been done too often."""
        if child is None or child.exit_code is None:
            return False
        what = describe_exit(child.exit_code)
        if self._stop.made:  # it may have got the same signal
            return False
        now = time.monotonic()
        full = self._disk.is_full or self._disk.look_now(now)
        verdict = self._restarts[name].decide(now, disk_is_full=full)
        if verdict is Verdict.WAIT:
            return False
        if verdict is Verdict.GIVE_UP:
            budget = self._restarts[name].budget
            raise child.failure(
                f"{what}, after {budget.limit} restarts within {budget.window_seconds:.0f} s. Stopping everything"
            )
        self._say(f"{name} {what}: starting it again")
        return True

    def _restart_broker(self) -> None:
        """Start the broker again; with an empty log, also the services, which have to find it anew."""
        self._broker.start(self._stop)
        if not self._broker.keeps_messages:
            self._say("what was in flight is lost with the broker's memory")
            for service in self._services:
                if service.child is not None:
                    service.child.kill()  # nothing of what it holds can be published any more
                service.launch()

    def _children(self) -> dict[str, Child | None]:
        children = {"redis": self._redis.child, "broker": self._broker.child}
        return children | {service.name: service.child for service in self._services}

    def _note_running(self) -> None:
        """Write what runs to stack.json; if the disk does not take it, `tend` does so later."""
        try:
            self.folder.write_running(self.running)
        except OSError as error:
            if self._is_noted:
                self._say(f"cannot write stack.json: {error.strerror}. It is written as soon as that works again")
            self._is_noted = False
        else:
            self._is_noted = True

    def _say(self, text: str) -> None:
        """Tell the user. The console may be a file on the full disk: that must not end the stack."""
        with suppress(OSError):
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def _check_ports(self) -> None:
        for name, port in self._told_ports.items():
            if not is_free(port):
                raise UserError(f"port {port} for {name} is in use: choose another, or leave the option out")

    def _check_disk(self) -> None:
        error = self._disk.try_to_write()
        if error is not None:
            raise UserError(
                f"cannot write to the data folder {self.folder.path}: {error.strerror}. "
                "Make room there, or choose another folder with --data"
            )

    def _stop_all(self) -> None:
        stop_together([service.child for service in self._services if service.child is not None])
        self._broker.stop()
        self._redis.stop()
        self.folder.clear_running()
        self._pointer.clear(self.folder.path)
        self.folder.unlock()
