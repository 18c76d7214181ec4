"""What tests can run against beyond this process, whether it is here, and what came of it."""

import gc
import os
import shutil
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import docker
from docker.errors import DockerException

from tests.support.brokers import kafka_home

PROCESSES = {"tansu": "embedded broker", "redis-server": "embedded Redis", "kafka-server-start.sh": "Apache Kafka"}
"""Servers that tests start themselves, by the name of the program."""


@dataclass
class Backend:
    """One thing that some tests need. `missing` says why it is not here, or None."""

    name: str
    marker: str
    missing: Callable[[], str | None]
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def ran(self) -> int:
        """Tests that really ran on it, whatever came of them."""
        return self.outcomes["passed"] + self.outcomes["failed"]

    def line(self) -> str:
        """One line of the summary."""
        if self.ran:
            failed = f", {self.outcomes['failed']} of them failed" if self.outcomes["failed"] else ""
            skipped = f"; {self.outcomes['skipped']} skipped" if self.outcomes["skipped"] else ""
            return f"{self.name}: ran {self.ran} tests{failed}{skipped}"
        reason = self.missing() or "none of its tests was selected"
        return f"{self.name}: DID NOT RUN, {reason}"


def backends() -> list[Backend]:
    """All of them, in the order of the summary."""
    return [
        Backend("Apache Kafka", "apache_kafka", _apache_kafka),
        Backend("Chromium", "browser", _chromium),
        Backend("container engine", "containers", container_engine),
        Backend("reference model on torch", "reference", _reference_model),
        Backend("seeds folder", "seeds", _seeds),
    ]


def _apache_kafka() -> str | None:
    home = kafka_home()
    if home is None:
        return "KAFKA_HOME is not set"
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        return f"KAFKA_HOME={home}, but there is no java on PATH"
    return None


def chromium() -> str | None:
    """The program that tests/browser drives, or None."""
    return os.environ.get("NEWSWEAVE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def _chromium() -> str | None:
    return None if chromium() else "no chromium on PATH (apt-get install chromium), and NEWSWEAVE_CHROMIUM is not set"


@cache
def container_engine() -> str | None:
    """Why containers cannot be run here, or None. Asked once."""
    with warnings.catch_warnings():
        # Where nobody answers the client leaves its socket open, which would fail the whole run at its end.
        warnings.simplefilter("ignore", ResourceWarning)
        reason = _ask_engine()
        gc.collect()
    return reason


def _ask_engine() -> str | None:
    try:
        client = docker.from_env(timeout=10)
        client.ping()
        client.close()
    except DockerException as error:
        return f"no container engine answers ({type(error).__name__}: {str(error)[:160]})"
    return None


def _reference_model() -> str | None:
    absent = [name for name in ("sentence_transformers", "torch") if find_spec(name) is None]
    return f"{' and '.join(absent)} not installed (make setup-dev)" if absent else None


def _seeds() -> str | None:
    folder = os.environ.get("NEWSWEAVE_SEEDS_DIR")
    if not folder:
        return "NEWSWEAVE_SEEDS_DIR is not set"
    return None if Path(folder).is_dir() else f"NEWSWEAVE_SEEDS_DIR={folder} is no folder"
