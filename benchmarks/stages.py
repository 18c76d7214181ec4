"""Every stage of the pipeline as a process of its own, so that the processor time of each can be read (Linux)."""

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from services.dedupe.main import STAGES
from services.local.broker import choose_broker
from services.local.errors import UserError
from services.local.ports import free_port
from services.local.processes import Child, describe_exit
from services.local.redis import EmbeddedRedis
from services.local.service_process import ServiceProcess
from services.local.waiting import StopRequest, wait_until

PARTS: Mapping[str, tuple[str, str]] = {
    "ingest": ("ingest", ""),
    "extract": ("extract", ""),
    **{stage: ("dedupe", stage) for stage in STAGES},
    "project": ("api", "projector"),
}
"""Stages in the order in which an article passes them: the service, and the role that it runs in."""
SERVERS = ("redis", "broker")
START_SECONDS = 120.0
STOP_SECONDS = 25.0


class Stages:
    """Redis, a broker, and a process for each of `PARTS`. Starts on entering, stops on leaving."""

    def __init__(self, folder: Path, stop: StopRequest) -> None:
        """Set up, start nothing."""
        kafka_home = os.environ.get("KAFKA_HOME")
        self._redis = EmbeddedRedis(folder / "redis")
        self._broker = choose_broker(folder / "kafka", kafka_home=Path(kafka_home) if kafka_home else None)
        self._folder = folder
        self._stop = stop
        self._running = ExitStack()
        self._parts: dict[str, ServiceProcess] = {}

    @property
    def urls(self) -> dict[str, str]:
        """Where ingest, Redis and the broker are."""
        return {
            "ingest": self._parts["ingest"].url,
            "redis": self._redis.url,
            "kafka": self._broker.bootstrap_servers,
        }

    @property
    def keeps_messages(self) -> bool:
        """Whether it is Apache Kafka rather than the bundled broker."""
        return self._broker.keeps_messages

    def __enter__(self) -> Self:
        """Start all and wait until every stage is ready.

        Raises:
            UserError: A server or a stage did not start.
        """
        with ExitStack() as starting:
            starting.enter_context(self._redis)
            starting.enter_context(self._broker)
            for part in PARTS:
                self._launch(part, starting)
            if not wait_until(self._are_ready, within_seconds=START_SECONDS, stop=self._stop, every_seconds=0.2):
                raise UserError(f"not all stages were ready within {START_SECONDS:.0f} s")
            self._running = starting.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop all."""
        self._running.close()

    def tend(self) -> None:
        """Check that all still run.

        Raises:
            ProcessError: One has ended.
        """
        for child in self._children().values():
            if child.exit_code is not None:
                raise child.failure(f"ended: {describe_exit(child.exit_code)}")

    def processor_seconds(self) -> dict[str, float]:
        """What each stage, with the processes that it started, has used so far; Redis and the broker too."""
        sessions = {child.pid: name for name, child in self._children().items()}
        used = dict.fromkeys(sessions.values(), 0.0)
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (found := _session_and_seconds(entry)) and found[0] in sessions:
                used[sessions[found[0]]] += found[1]
        return used

    def _children(self) -> dict[str, Child]:
        children = {name: part.child for name, part in self._parts.items()}
        children |= {"redis": self._redis.child, "broker": self._broker.child}
        return {name: child for name, child in children.items() if child is not None}

    def _launch(self, part: str, starting: ExitStack) -> None:
        service, role = PARTS[part]
        environment = {
            "NEWSWEAVE_KAFKA_BOOTSTRAP_SERVERS": self._broker.bootstrap_servers,
            "NEWSWEAVE_KAFKA_IDEMPOTENCE": str(self._broker.idempotence).lower(),
            "NEWSWEAVE_FETCH_MAX_WAIT_MS": str(self._broker.fetch_max_wait_ms),
            "NEWSWEAVE_TOPIC_PARTITIONS": "1",
            "NEWSWEAVE_TOPIC_REPLICATION": "1",
            "NEWSWEAVE_REDIS_URL": self._redis.address,
            "NEWSWEAVE_REDIS_PASSWORD_FILE": str(self._redis.password_file),
            "NEWSWEAVE_SESSION_TIMEOUT_MS": "6000",
        }
        if role:
            environment["NEWSWEAVE_ROLES"] = role
        process = self._parts[part] = ServiceProcess(
            service,
            port=free_port(None),
            log=self._folder / f"{part}.log",
            environment=environment,
            stop_seconds=STOP_SECONDS,
        )
        process.launch()
        assert process.child is not None
        starting.callback(process.child.stop)

    def _are_ready(self) -> bool:
        self.tend()
        return all(part.is_ready() for part in self._parts.values())


def _session_and_seconds(process: Path) -> tuple[int, float] | None:
    """Session and processor seconds of a process and of its children that have ended; None if it is gone."""
    try:
        fields = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[3]), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def quiet(stages: Stages, names: Sequence[str], seconds: float = 1.0) -> None:
    """Return once the stages are done with what they had: they use next to no processor for a moment."""
    before = stages.processor_seconds()
    while True:
        time.sleep(seconds)
        now = stages.processor_seconds()
        if sum(now[name] - before[name] for name in names) < 0.2 * seconds:
            return
        before = now
