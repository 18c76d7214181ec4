"""`newsweave up` with a full disk and a full Redis: it goes on, says so, and needs nobody when there is room again."""

import json
import os
import signal
import sys
from pathlib import Path

import httpx
import pytest
from redis import Redis

from services.local.waiting import wait_until
from tests.support.stack import ROOT, Up, newsweave, newsweave_up

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
SAMPLE = ROOT / "samples" / "port-eldrin-ferry.jsonl"
READYZ = {"ingest": 503, "dedupe": 503, "api": 503, "extract": 200}


def status(url: str) -> int:
    try:
        return httpx.get(url, timeout=10, trust_env=False).status_code
    except httpx.TransportError:  # it is being started again
        return 0


def _is_made(folder: Path) -> bool:
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    return True


def test_a_full_disk_and_a_full_redis_end_nothing_and_all_goes_on_by_itself(tmp_path: Path) -> None:
    article = json.loads(SAMPLE.read_text(encoding="utf-8").splitlines()[0])
    with newsweave_up(tmp_path) as up, Redis.from_url(up.running.urls["redis"]) as redis:
        urls, pids = up.running.urls, up.running.pids
        probe, note = (tmp_path / "data" / name for name in (".disk-probe", ".stack.json.new"))
        # Neither can be written as a file is. The stack may be writing its probe just then.
        assert wait_until(lambda: _is_made(probe), within_seconds=20)
        note.mkdir()
        redis.config_set("maxmemory", "1")
        os.kill(pids["extract"], signal.SIGKILL)
        assert wait_until(
            lambda: "extract was ended by SIGKILL: starting it again" in said(up.output), within_seconds=20
        )
        assert wait_until(lambda: is_up(up) and status(f"{urls['extract']}/readyz") == 200, within_seconds=60)
        for _ in range(5):
            refused = httpx.post(f"{urls['ingest']}/v1/articles", json=article, timeout=10, trust_env=False)
            assert (refused.status_code, "retry-after" in refused.headers) == (503, True)
            assert {name: status(f"{urls[name]}/readyz") for name in READYZ} == READYZ
            assert (status(f"{urls['page']}/"), status(f"{urls['page']}/v1/events")) == (200, 200)
        up.check()
        assert "cannot write to" in said(up.output)
        assert "cannot write stack.json" in said(up.output)
        note.rmdir()
        probe.rmdir()
        redis.config_set("maxmemory", "0")
        told = newsweave(tmp_path, "submit", str(SAMPLE), "--wait")
        assert told.returncode == 0, told.stderr
        assert wait_until(lambda: up.running.pids["extract"] != pids["extract"], within_seconds=20)
        assert {name for name, pid in up.running.pids.items() if pid != pids[name]} == {"extract"}
        assert wait_until(lambda: "can be written again" in said(up.output), within_seconds=20)
        assert "Traceback" not in said(up.output)


def test_a_stack_is_not_started_on_a_full_disk_and_says_why(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "lock").touch()  # a stack ran on it before
    (data / ".disk-probe").symlink_to("/dev/full")
    told = newsweave(tmp_path, "up")
    assert told.returncode == 1
    assert f"cannot write to the data folder {data}: No space left on device" in " ".join(told.stderr.split())
    assert not (data / "redis").exists()


def is_up(up: Up) -> bool:
    up.check()
    return True


def said(output: Path) -> str:
    return output.read_text(encoding="utf-8")
