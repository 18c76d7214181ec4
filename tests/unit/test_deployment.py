"""What docker-compose.yml promises, without an engine: limits, networks, ports, passwords."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("ingest", "extract", "dedupe", "api")
STORES = ("kafka", "redis")
MEBIBYTES = {"m": 1, "mb": 1, "g": 1024, "gb": 1024}


def default(value: object) -> str:
    """What a value is when no variable is set: `${NAME:-value}`."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(value))


def mebibytes(value: object) -> int:
    number, unit = re.fullmatch(r"(\d+)([a-z]+)", default(value)).groups()  # type: ignore[union-attr]
    return int(number) * MEBIBYTES[unit]


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_has_limits_of_memory_processes_and_cores(name: str) -> None:
    service = SERVICES[name]
    assert 16 <= mebibytes(service["mem_limit"]) <= 4096
    assert 16 <= service["pids_limit"] <= 1024
    assert 0 < float(default(service["cpus"])) <= 2


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_without_privileges_on_a_read_only_file_system(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_redis_refuses_writes_before_its_container_is_out_of_memory() -> None:
    redis = SERVICES["redis"]
    # Half is left for what changes while the append-only file is rewritten.
    assert mebibytes(redis["environment"]["REDIS_MAXMEMORY"]) * 2 <= mebibytes(redis["mem_limit"])
    start = (ROOT / "deploy/redis/start.sh").read_text(encoding="utf-8")
    assert "maxmemory $REDIS_MAXMEMORY\nmaxmemory-policy noeviction\n" in start


def test_kafkas_heap_leaves_room_in_its_container() -> None:
    kafka = SERVICES["kafka"]
    heap = re.search(r"-Xmx(\d+m)", default(kafka["environment"]["KAFKA_HEAP_OPTS"]))
    assert heap is not None
    assert mebibytes(heap[1]) * 2 <= mebibytes(kafka["mem_limit"])


def test_the_stores_are_on_a_network_without_a_way_out_and_redis_on_no_other() -> None:
    assert COMPOSE["networks"]["stores"] == {"internal": True}
    assert {name: SERVICES[name]["networks"] for name in (*OURS, *STORES)} == {
        "ingest": ["stores", "front"],
        "extract": ["stores"],
        "dedupe": ["stores"],
        "api": ["stores", "front"],
        "kafka": ["stores", "kafka-clients"],
        "redis": ["stores"],
    }


def test_ports_are_published_on_loopback_and_of_the_stores_only_kafkas() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert sorted(published) == ["api", "ingest", "kafka"]
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)


@pytest.mark.parametrize("name", ["ingest", "api"])
def test_no_key_is_asked_for_as_long_as_a_port_is_on_loopback_and_keys_are_in_the_checkout(name: str) -> None:
    service = SERVICES[name]
    assert default(service["environment"]["NEWSWEAVE_EXPOSED"]) == "no"
    folder = Path(service["environment"]["NEWSWEAVE_KEYS_FILE"]).parent
    assert f"./deploy/keys:{folder}:ro" in service["volumes"]
    assert (ROOT / "deploy" / "keys").is_dir()


def test_every_listener_of_kafka_that_leaves_its_container_asks_for_a_password() -> None:
    properties = dict(
        line.split("=", 1)
        for line in (ROOT / "deploy/kafka/server.properties").read_text(encoding="utf-8").splitlines()
        if "=" in line and not line.startswith("#")
    )
    protocols = dict(each.split(":") for each in properties["listener.security.protocol.map"].split(","))
    for listener in properties["listeners"].split(","):
        name, address = listener.split("://")
        assert protocols[name] == "SASL_PLAINTEXT" or address.startswith("127.0.0.1:")


@pytest.mark.parametrize("name", [*OURS, *STORES])
def test_passwords_reach_containers_as_files_that_they_cannot_write(name: str) -> None:
    service = SERVICES[name]
    assert "passwords:/run/newsweave:ro" in service["volumes"]
    told = {key: value for key, value in service["environment"].items() if "PASSWORD" in key}
    assert all(str(value).startswith("/run/newsweave/") for value in told.values())
    if name in OURS:
        assert sorted(told) == ["NEWSWEAVE_KAFKA_PASSWORD_FILE", "NEWSWEAVE_REDIS_PASSWORD_FILE"]
        assert service["environment"]["NEWSWEAVE_KAFKA_SECURITY_PROTOCOL"] == "SASL_PLAINTEXT"


@pytest.mark.parametrize("name", OURS)
def test_a_service_answers_to_its_name_in_the_network(name: str) -> None:
    trusted = default(SERVICES[name]["environment"]["NEWSWEAVE_TRUSTED_HOSTS"]).split(",")
    assert name in trusted


@pytest.mark.parametrize("name", OURS)
def test_an_image_holds_every_room_that_its_service_imports(name: str) -> None:
    stages = re.split(r"^FROM ", (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    (stage,) = (stage for stage in stages if stage.splitlines()[0].endswith(f" AS {name}"))
    held = set(re.findall(r"^COPY --from=code /code/services/(\w+) ", stage, flags=re.MULTILINE))
    left, wanted = [name], {name}
    while left:
        for module in (ROOT / "services" / left.pop()).rglob("*.py"):
            for room in re.findall(
                r"^\s*(?:from|import) services\.(\w+)", module.read_text(encoding="utf-8"), re.MULTILINE
            ):
                if room not in wanted:
                    wanted.add(room)
                    left.append(room)
    assert held == wanted


@pytest.mark.parametrize("name", ["extract", "dedupe"])
def test_api_finds_who_reads_its_drafts_at_the_port_that_the_image_listens_on(name: str) -> None:
    stages = re.split(r"^FROM ", (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    (stage,) = (stage for stage in stages if stage.splitlines()[0].endswith(f" AS {name}"))
    port = re.search(r"NEWSWEAVE_HTTP_PORT=(\d+)", stage)
    assert port is not None
    address = SERVICES["api"]["environment"][f"NEWSWEAVE_{name.upper()}_URL"]
    assert address == f"http://{name}:{port[1]}"
    assert set(SERVICES["api"]["networks"]) & set(SERVICES[name]["networks"])
