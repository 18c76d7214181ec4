"""The embedded servers as real processes, and `newsweave up` as its users have it."""

import asyncio
import json
import os
import signal
import socket
import stat
import sys
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from services.local.apache_kafka import ApacheKafka
from services.local.broker import EmbeddedBroker
from services.local.errors import Interrupted, ProcessError, UserError
from services.local.folder import DataFolder
from services.local.ports import accepts_connections, free_port
from services.local.redis import EmbeddedRedis
from services.local.waiting import StopRequest, wait_until
from services.runtime.admin import ensure_topics, lists_a_broker
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import kafka_home, kill, running_broker, running_redis
from tests.support.stack import ROOT, is_gone, newsweave, newsweave_up

SAMPLE = ROOT / "samples" / "port-eldrin-ferry.jsonl"
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
needs_kafka = pytest.mark.skipif(kafka_home() is None, reason="KAFKA_HOME is not set: no Apache Kafka to run")


def settings(broker: EmbeddedBroker | ApacheKafka) -> RuntimeSettings:
    return RuntimeSettings(
        kafka_bootstrap_servers=broker.bootstrap_servers,
        kafka_idempotence=broker.idempotence,
        topic_partitions=1,
    )


def test_redis_has_vector_sets_and_listens_on_loopback_only(tmp_path: Path) -> None:
    with running_redis(tmp_path) as server, Redis.from_url(server.url) as client:
        assert client.execute_command("VADD", "vectors", "VALUES", 2, 0.6, 0.8, "one") == 1
        assert client.config_get("bind") == {"bind": "127.0.0.1"}


def test_redis_does_nothing_for_other_users_of_the_machine(tmp_path: Path) -> None:
    folder = tmp_path / 'a "quoted" \\ folder'
    with running_redis(folder) as server:
        with Redis(port=server.port) as stranger, pytest.raises(AuthenticationError):
            stranger.flushall()
        password = server.password_file.read_text().strip()
        assert len(password) > 40
        assert stat.S_IMODE(server.password_file.stat().st_mode) == 0o600
        assert server.child is not None
        assert password not in " ".join(server.child.command.argv)
        assert password not in server.address
        readable = {file.name for file in folder.rglob("*") if file.is_file() and file.stat().st_mode & 0o077}
        assert readable <= {"redis.log"}  # which this process opens, under whatever umask it has
    with running_redis(folder) as server, Redis.from_url(server.url) as client:
        assert client.ping()
        assert server.password_file.read_text().strip() == password


def test_redis_keeps_what_it_acknowledged_when_it_is_killed(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path)
    server.start()
    port = server.port
    with Redis.from_url(server.url) as client:
        client.set("key", "value")
    kill(server)
    server.start()
    assert server.port == port
    with Redis.from_url(server.url) as client:
        assert client.get("key") == b"value"
    server.stop()
    assert not accepts_connections(port)


def test_a_server_that_cannot_have_its_port_says_so_with_the_end_of_its_log(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = EmbeddedRedis(tmp_path, port=taken.getsockname()[1])
        with pytest.raises(ProcessError, match=r"redis ended with exit code 1(.|\n)*redis.log(.|\n)*in use"):
            server.start()


def test_a_server_with_a_preference_takes_another_port_when_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        preferred = taken.getsockname()[1]
        with EmbeddedRedis(tmp_path, preferred_port=preferred) as server:
            assert server.port != preferred


def test_a_request_to_stop_during_the_start_leaves_nothing_behind(tmp_path: Path) -> None:
    port = free_port()
    stop = StopRequest()
    stop.made = True
    server = EmbeddedBroker(tmp_path, port=port)
    with pytest.raises(Interrupted):
        server.start(stop)
    assert server.child is None
    assert not accepts_connections(port)


async def test_each_start_of_the_embedded_broker_is_another_log(tmp_path: Path) -> None:
    with running_broker("embedded", tmp_path) as broker:
        first = await ensure_topics(settings(broker))
        assert await ensure_topics(settings(broker)) == first
        kill(broker)
        broker.start()
        assert await ensure_topics(settings(broker)) != first


@needs_kafka
@pytest.mark.apache_kafka
async def test_apache_kafka_keeps_its_log_when_it_is_killed(tmp_path: Path) -> None:
    with running_broker("apache", tmp_path) as broker:
        first = await ensure_topics(settings(broker))
        kill(broker)
        broker.start()
        assert await ensure_topics(settings(broker)) == first


async def test_a_port_that_opens_is_no_broker_yet() -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert not await lists_a_broker(RuntimeSettings(kafka_bootstrap_servers=f"127.0.0.1:{port}"))


@needs_kafka
@pytest.mark.apache_kafka
async def test_apache_kafka_lists_a_broker_as_soon_as_it_has_started_again_after_a_kill(tmp_path: Path) -> None:
    with running_broker("apache", tmp_path) as broker:
        kill(broker)
        broker.start()
        assert await lists_a_broker(settings(broker))


def test_a_kafka_home_that_is_none_is_a_user_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"KAFKA_HOME=.* is no Apache Kafka folder"):
        ApacheKafka(tmp_path, home=tmp_path / "nowhere").start()


def headlines(home: Path) -> dict[str, int]:
    """How many articles the events have, by headline."""
    told = newsweave(home, "events", "--json")
    assert told.returncode == 0, told.stderr
    return {event["headline"]: event["counts"]["articles"] for event in json.loads(told.stdout)["events"]}


@needs_proc
def test_what_was_submitted_is_still_shown_after_a_restart_and_no_process_is_left_behind(tmp_path: Path) -> None:
    with newsweave_up(tmp_path) as up:
        told = newsweave(tmp_path, "submit", str(SAMPLE), "--wait")
        assert told.returncode == 0, told.stderr
        before = headlines(tmp_path)
        assert sorted(before.values()) == [7]
        listed = newsweave(tmp_path, "topics", "--json")
        assert listed.returncode == 0, listed.stderr
        assert {each["messages"] > 0 for topic in json.loads(listed.stdout) for each in topic["backlogs"]} == {True}
        pids, urls = up.all_pids(), up.running.urls
        data = tmp_path / "data"
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert [file.name for file in data.rglob("*") if file.stat().st_mode & 0o077] == []
        told_of_redis = next(line for line in up.output.read_text().splitlines() if "redis://" in line)
        assert "@" not in told_of_redis
        assert up.end(signal.SIGINT) == 0
        assert [pid for pid in pids if not is_gone(pid)] == []
    assert newsweave(tmp_path, "events").returncode == 1
    with newsweave_up(tmp_path) as up:
        assert up.running.urls == urls
        assert headlines(tmp_path) == before
        # The broker's log is a new one: what comes now must join what Redis has kept.
        told = newsweave(tmp_path, "submit", str(SAMPLE), "--wait")
        assert told.returncode == 0, told.stderr
        assert headlines(tmp_path) == before


@needs_proc
def test_killed_services_are_started_again_and_all_die_when_the_command_is_killed(tmp_path: Path) -> None:
    with newsweave_up(tmp_path) as up:
        refused = newsweave(tmp_path, "up")
        assert refused.returncode == 1
        assert "runs on" in refused.stderr
        assert "--data" in refused.stderr
        before = up.running.pids
        for name in ("extract", "redis"):
            os.kill(before[name], signal.SIGKILL)
        assert wait_until(
            lambda: all(up.running.pids[name] != before[name] for name in ("extract", "redis")), within_seconds=30
        )
        told = newsweave(tmp_path, "submit", str(SAMPLE), "--wait")
        assert told.returncode == 0, told.stderr
        pids = up.all_pids()
        assert up.end(signal.SIGKILL) == -signal.SIGKILL
        assert wait_until(lambda: all(is_gone(pid) for pid in pids), within_seconds=10)
    folder = DataFolder(tmp_path / "data")
    folder.lock()  # nothing holds it any more
    folder.unlock()


def test_a_service_that_cannot_start_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    with (
        pytest.raises(AssertionError, match="`newsweave up` has ended"),
        newsweave_up(tmp_path, NEWSWEAVE_LOG_LEVEL="NONSENSE"),
    ):
        pass
    told = (tmp_path / "up.log").read_text()
    assert "ended with exit code 1 at the start" in told
    assert "The end of its log" in told
    assert "NONSENSE" in told
    assert not (tmp_path / "data" / "stack.json").exists()


@needs_proc
def test_the_demo_prints_the_event_that_most_samples_tell_and_leaves_nothing_behind(tmp_path: Path) -> None:
    told = newsweave(tmp_path, "demo", "--exit")
    assert told.returncode == 0, told.stderr
    assert "7 articles · 7 outlets" in told.stdout
    assert "What is reported" in told.stdout
    assert "/events/evt_" in told.stdout
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "state" / "running").exists()
    # The demo's own folder is a temporary one: nothing of it is in the user's.
    assert not (tmp_path / "data").exists()
