import os
import socket
from pathlib import Path

import pytest
from rich.console import Console

from services.local.errors import UserError
from services.local.serving import running
from services.local.settings import LocalSettings


def test_a_stack_that_does_not_start_leaves_the_permissions_of_later_files_as_they_were(tmp_path: Path) -> None:
    before = os.umask(0o022)
    settings = LocalSettings(data=tmp_path / "data", state=tmp_path / "state")
    try:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with (
                pytest.raises(UserError, match="in use"),
                running(settings, data=None, port=port, ingest_port=None, console=Console(quiet=True)),
            ):
                pass
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)
