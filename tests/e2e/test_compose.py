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
from services.runtime.admin import ensure_topics
from services.runtime.errors import TransientError
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


async def test_a_kafka_client_on_the_host_can_read_along_with_the_password(
    submitted: Deployment, tmp_path: Path
) -> None:
    password = tmp_path / "kafka_password"
    password.write_text(submitted.compose("exec", "-T", "kafka", "cat", "/run/newsweave/kafka_password"))
    settings = RuntimeSettings(
        kafka_bootstrap_servers=f"127.0.0.1:{submitted.ports['kafka']}",
        kafka_security_protocol="SASL_PLAINTEXT",
        kafka_password_file=password,
    )
    records = await read_topic(settings, EVENT_UPDATED.name)
    shown = {item["event_id"] for item in submitted.events()}
    assert shown <= {Event.model_validate_json(record.value).event_id for record in records}


async def test_without_the_password_kafka_and_redis_answer_nobody(submitted: Deployment) -> None:
    with pytest.raises(TransientError):
        await ensure_topics(RuntimeSettings(kafka_bootstrap_servers=f"127.0.0.1:{submitted.ports['kafka']}"))
    assert "NOAUTH" in submitted.compose("exec", "-T", "redis", "redis-cli", "flushall")


@pytest.mark.parametrize("service", [*SERVICES, "kafka", "redis"])
def test_no_password_stands_in_a_command_line_an_environment_or_a_log(submitted: Deployment, service: str) -> None:
    passwords = submitted.compose("exec", "-T", service, "sh", "-c", "cat /run/newsweave/*_password").encode()
    assert len(passwords) == 86
    shown = json.dumps(submitted.inspect(service)) + submitted.compose("logs", "--no-color", service)
    shown += submitted.compose("exec", "-T", service, "sh", "-c", "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ || :")
    for password in (passwords[:43], passwords[43:]):
        assert password.decode() not in shown


@pytest.mark.parametrize("service", [*SERVICES, "kafka", "redis"])
def test_memory_processes_and_cores_are_limited(deployment: Deployment, service: str) -> None:
    limits = deployment.inspect(service)["HostConfig"]
    assert 64 * 2**20 <= limits["Memory"] <= 4 * 2**30
    assert 16 <= limits["PidsLimit"] <= 1024
    assert 0 < limits["NanoCpus"] <= 2_000_000_000


def test_redis_has_a_limit_of_its_own_below_that_of_its_container(deployment: Deployment) -> None:
    script = "REDISCLI_AUTH=$(cat /run/newsweave/redis_password) redis-cli config get maxmemory"
    told = deployment.compose("exec", "-T", "redis", "sh", "-c", script).split()
    assert told == ["maxmemory", str(2**30)]
    assert int(told[1]) < deployment.inspect("redis")["HostConfig"]["Memory"]


@pytest.mark.parametrize("service", ["extract", "dedupe", "redis"])
def test_what_needs_no_port_is_on_the_stores_network_alone(deployment: Deployment, service: str) -> None:
    assert list(deployment.inspect(service)["NetworkSettings"]["Networks"]) == [f"{deployment.project}_stores"]


def test_services_answer_to_their_names_and_to_no_other(deployment: Deployment) -> None:
    for name in ("ingest", "api"):
        for host, status in {f"{name}:80": 200, "evil.example": 421}.items():
            answer = httpx.get(f"{deployment.url(name)}/healthz", headers={"Host": host}, trust_env=False)
            assert answer.status_code == status


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
