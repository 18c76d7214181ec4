"""Which redis-server is run, and what is said when there is none."""

from pathlib import Path

import pytest

from services.local import broker, redis
from services.local.errors import NoBuildError


def fake_server(folder: Path, version: str) -> Path:
    binary = folder / "redis-server"
    binary.write_text(f"#!/bin/sh\necho 'Redis server v={version} sha=00000000:0 malloc=libc bits=64'\n")
    binary.chmod(0o755)
    return binary


@pytest.fixture
def _no_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis, "find_spec", lambda _name: None)


@pytest.mark.usefixtures("_no_bundle")
def test_a_redis_on_path_is_run_where_none_is_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    binary = fake_server(tmp_path, "8.4.0")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert redis.find_redis_server() == binary


@pytest.mark.usefixtures("_no_bundle")
def test_an_old_redis_on_path_is_refused_with_the_ways_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_server(tmp_path, "7.0.15")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(NoBuildError, match=r"version 7; 8 is needed(.|\n)*docker compose(.|\n)*KAFKA_HOME"):
        redis.find_redis_server()


@pytest.mark.usefixtures("_no_bundle")
def test_no_redis_at_all_is_refused_with_the_ways_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoBuildError, match=r"(.|\n)*docker compose(.|\n)*redis-server of version 8"):
        redis.find_redis_server()


def test_no_broker_for_the_platform_is_refused_with_the_ways_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "find_spec", lambda _name: None)
    with pytest.raises(NoBuildError, match=r"(.|\n)*docker compose(.|\n)*KAFKA_HOME"):
        broker.EmbeddedBroker(tmp_path).start()
