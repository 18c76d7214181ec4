"""api where others can reach it, as a process."""

import os
import subprocess
import sys
from pathlib import Path

from services.local.ports import free_port
from tests.support.ingest_service import ROOT


def test_without_keys_it_ends_at_once_and_says_what_to_do(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "services.api"],
        env=os.environ
        | {"NEWSWEAVE_HTTP_HOST": "0.0.0.0", "NEWSWEAVE_HTTP_PORT": str(free_port()), "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 1
    assert told.stderr.startswith("api does not start: it listens on 0.0.0.0, where others can reach it")
    assert "newsweave keys add" in told.stderr
    assert "Traceback" not in told.stderr
