"""What operators run: `docker compose up`, the demo's articles through the published ports, the merged events."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.contracts.event import Event
from services.contracts.topics import EVENT_UPDATED
from services.local.ports import free_port
from services.runtime.settings import RuntimeSettings
from tests.support.rig import read_topic

# Building the images takes minutes where no layer is cached.
pytestmark = [pytest.mark.containers, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
SERVICES = ("ingest", "extract", "dedupe", "api")


@dataclass
class Deployment:
    """A project of its own, on free ports, so that it runs beside a real one."""

    project: str
    ports: dict[str, int]
    log: Path

    def url(self, service: str) -> str:
        return f"http://127.0.0.1:{self.ports[service]}"

    def compose(self, *arguments: str, timeout_seconds: float = 120.0) -> str:
        """Run `docker compose`; its output."""
        ports = {f"NEWSWEAVE_{name.upper()}_PORT": str(port) for name, port in self.ports.items()}
        # Builders without BuildKit build the stages that images share once per image, unless they take turns.
        environment = {**os.environ, **ports, "COMPOSE_PARALLEL_LIMIT": "1", "COMPOSE_PROGRESS": "plain"}
        return _run(
            ["docker", "compose", "--project-name", self.project, *arguments], environment, self.log, timeout_seconds
        )

    def inspect(self, service: str) -> dict[str, Any]:
        """What the engine says of a service's container."""
        container = self.compose("ps", "--quiet", service).strip()
        (found,) = json.loads(_run(["docker", "inspect", container], dict(os.environ), self.log, 30.0))
        assert isinstance(found, dict)
        return found

    def events(self) -> list[dict[str, Any]]:
        found = httpx.get(f"{self.url('api')}/v1/events", trust_env=False).raise_for_status().json()["events"]
        assert isinstance(found, list)
        return found


def _run(command: list[str], environment: dict[str, str], log: Path, timeout_seconds: float) -> str:
    # Output goes to files: a daemon that a command leaves behind would keep a pipe open for ever.
    with log.open("ab") as errors, log.with_suffix(".out").open("w+b") as output:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            check=False,
            timeout=timeout_seconds,
        )
        output.seek(0)
        said = output.read().decode()
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{said[-2000:]}\n{log.read_text()[-4000:]}"
    return said


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    ports = {name: free_port() for name in ("ingest", "api", "kafka")}
    found = Deployment(f"newsweave-test-{os.getpid()}", ports, tmp_path_factory.mktemp("compose") / "compose.log")
    try:
        found.compose("build", timeout_seconds=700)
        found.compose("up", "--detach", "--wait", "--wait-timeout", "150", timeout_seconds=180)
        yield found
    finally:
        # pytest shows it beside a failure.
        sys.stdout.write(found.compose("logs", "--no-color", "--tail", "40"))
        found.compose("down", "--volumes", "--timeout", "30")


@pytest.fixture(scope="module")
def submitted(deployment: Deployment) -> Deployment:
    """The same, after the samples went in through the published port."""
    command = [sys.executable, "-m", "services.local", "submit", "samples", "--wait"]
    addresses = ["--url", deployment.url("ingest"), "--api-url", deployment.url("api")]
    _run([*command, *addresses], dict(os.environ), deployment.log, 150.0)
    return deployment


def test_the_samples_become_the_expected_events(submitted: Deployment) -> None:
    expected = json.loads((ROOT / "samples" / "expected.json").read_text(encoding="utf-8"))
    found = {
        frozenset(article["url"] for article in _event(submitted, item["event_id"])["articles"])
        for item in submitted.events()
    }
    assert found == {frozenset(event["articles"]) for event in expected["events"]}


def test_the_web_page_shows_each_event(submitted: Deployment) -> None:
    page = httpx.get(submitted.url("api"), headers={"Accept": "text/html"}, trust_env=False)
    assert page.status_code == httpx.codes.OK
    for item in submitted.events():
        assert item["event_id"] in page.text


async def test_a_kafka_client_on_the_host_can_read_along(submitted: Deployment) -> None:
    settings = RuntimeSettings(kafka_bootstrap_servers=f"127.0.0.1:{submitted.ports['kafka']}")
    records = await read_topic(settings, EVENT_UPDATED.name)
    shown = {item["event_id"] for item in submitted.events()}
    assert shown <= {Event.model_validate_json(record.value).event_id for record in records}


def test_a_restart_keeps_what_there_was(submitted: Deployment) -> None:
    before = submitted.events()
    submitted.compose("down", "--timeout", "40")
    submitted.compose("up", "--detach", "--wait", "--wait-timeout", "150", timeout_seconds=180)
    assert submitted.events() == before


@pytest.mark.parametrize("service", SERVICES)
def test_services_run_without_privileges_on_read_only_file_systems(deployment: Deployment, service: str) -> None:
    found = deployment.inspect(service)
    assert found["Config"]["User"] == "newsweave"
    assert found["HostConfig"]["ReadonlyRootfs"] is True
    assert found["HostConfig"]["CapDrop"] == ["ALL"]
    assert "no-new-privileges:true" in found["HostConfig"]["SecurityOpt"]


@pytest.mark.parametrize("service", [*SERVICES, "kafka", "redis"])
def test_ports_are_published_on_loopback_only(deployment: Deployment, service: str) -> None:
    bindings = deployment.inspect(service)["HostConfig"]["PortBindings"] or {}
    assert {binding["HostIp"] for each in bindings.values() for binding in each} <= {"127.0.0.1"}


def test_no_image_carries_torch_and_only_the_build_needs_nncf(deployment: Deployment) -> None:
    code = "from importlib.util import find_spec; print([n for n in ('torch', 'nncf', 'transformers') if find_spec(n)])"
    for service in SERVICES:
        assert deployment.compose("exec", "-T", service, "python", "-c", code).strip() == "[]"


def _event(deployment: Deployment, event_id: str) -> dict[str, Any]:
    answer = httpx.get(f"{deployment.url('api')}/v1/events/{event_id}", trust_env=False).raise_for_status().json()
    assert isinstance(answer, dict)
    return answer
