"""Apache Kafka from a folder of the user's own (KAFKA_HOME): one broker that is also the controller."""

import asyncio
import os
import shutil
import subprocess
import uuid
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from services.contracts.topics import MAX_MESSAGE_BYTES
from services.local.errors import UserError
from services.local.ports import LOOPBACK, accepts_connections, free_port
from services.local.processes import Child, Command
from services.local.server import Server
from services.runtime.settings import RuntimeSettings

_HEAP = "-Xms256m -Xmx512m"
_FORMAT_SECONDS = 60.0
_MARGIN_BYTES = 1024 * 1024
"""Keys, headers and framing on top of the largest value."""


class ApacheKafka(Server):
    """One Kafka 4 node on loopback. Keeps its messages in `folder` between runs."""

    name = "broker"
    idempotence = True
    keeps_messages = True
    fetch_max_wait_ms = 1_000
    """It answers a waiting fetch at once when a message comes: the longer a fetch may wait, the fewer are made."""
    start_seconds = 60.0

    def __init__(
        self,
        folder: Path,
        *,
        home: Path,
        port: int | None = None,
        preferred_port: int | None = None,
        log: Path | None = None,
    ) -> None:
        """As `Server`; `home` is the distribution's folder, with `bin` in it."""
        super().__init__(folder, port=port, preferred_port=preferred_port, log=log)
        self.home = home

    @property
    def bootstrap_servers(self) -> str:
        """Address for Kafka clients."""
        return f"{LOOPBACK}:{self.port}"

    def _command(self, port: int) -> Command:
        properties = self.folder / "server.properties"
        properties.write_text(self._properties(port, free_port()), encoding="utf-8")
        if not (self._data / "meta.properties").exists():
            self._format(properties)
        return Command(
            name=self.name,
            argv=[str(self._script("kafka-server-start.sh")), str(properties)],
            log=self.log,
            environment=self._environment(),
            stop_seconds=20.0,
            keep_open=self.keep_open,
        )

    def _answers(self, port: int, child: Child) -> bool:
        return child.exit_code is None and accepts_connections(port) and _serves(f"{LOOPBACK}:{port}")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _script(self, name: str) -> Path:
        script = self.home / "bin" / name
        if not script.is_file():
            raise UserError(f"KAFKA_HOME={self.home} is no Apache Kafka folder: it has no bin/{name}")
        return script

    def _environment(self) -> dict[str, str]:
        return {
            "KAFKA_HEAP_OPTS": os.environ.get("KAFKA_HEAP_OPTS", _HEAP),
            # The distribution may be read-only; by default Kafka's scripts write logs into it.
            "LOG_DIR": str(self.folder / "logs"),
        }

    def _format(self, properties: Path) -> None:
        """Give the data folder its cluster id, once."""
        if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
            raise UserError(
                "Apache Kafka needs Java 17 or newer, and there is no java on PATH (Debian: apt-get install "
                "openjdk-17-jre-headless). Or unset KAFKA_HOME to run the bundled broker."
            )
        cluster_id = urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()
        command = [
            str(self._script("kafka-storage.sh")),
            "format",
            "-c",
            str(properties),
            f"--cluster-id={cluster_id}",
        ]
        try:
            done = subprocess.run(  # noqa: S603 - the user's own Kafka
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=_FORMAT_SECONDS,
                env={**os.environ, **self._environment()},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UserError(f"cannot format {self._data} for Apache Kafka: {error}") from error
        if done.returncode != 0:
            raise UserError(f"cannot format {self._data} for Apache Kafka:\n{done.stdout}{done.stderr}")

    def _properties(self, port: int, controller_port: int) -> str:
        largest = MAX_MESSAGE_BYTES + _MARGIN_BYTES
        values = {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@{LOOPBACK}:{controller_port}",
            "listeners": f"PLAINTEXT://{LOOPBACK}:{port},CONTROLLER://{LOOPBACK}:{controller_port}",
            "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{port}",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs": _escape(str(self._data)),
            "num.partitions": 1,
            "auto.create.topics.enable": "false",
            "message.max.bytes": largest,
            "replica.fetch.max.bytes": largest,
            # One node: every internal topic has one replica, and few partitions start faster.
            "offsets.topic.num.partitions": 4,
            "offsets.topic.replication.factor": 1,
            "transaction.state.log.num.partitions": 4,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "share.coordinator.state.topic.replication.factor": 1,
            "share.coordinator.state.topic.min.isr": 1,
            "group.initial.rebalance.delay.ms": 0,
            # After a kill -9 the node waits for its own session of before to end.
            "broker.heartbeat.interval.ms": 500,
            "broker.session.timeout.ms": 3000,
        }
        return "".join(f"{name}={value}\n" for name, value in values.items())


def _serves(bootstrap_servers: str) -> bool:
    # aiokafka takes a while to import, which only those who bring a Kafka of their own need wait for.
    from services.runtime.admin import lists_a_broker  # noqa: PLC0415

    settings = RuntimeSettings(kafka_bootstrap_servers=bootstrap_servers, kafka_security_protocol="PLAINTEXT")
    with ThreadPoolExecutor(max_workers=1) as aside:  # whoever asks may run an event loop already
        return aside.submit(asyncio.run, lists_a_broker(settings)).result()


def _escape(value: str) -> str:
    """A value of a Java properties file."""
    return value.replace("\\", "\\\\")
