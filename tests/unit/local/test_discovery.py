"""Which service a command talks to."""

from pathlib import Path

import pytest

from services.local.discovery import find_service
from services.local.errors import UserError
from services.local.folder import DataFolder, Pointer, RunningStack
from services.local.settings import LocalSettings


@pytest.fixture
def settings(tmp_path: Path) -> LocalSettings:
    return LocalSettings(data=tmp_path / "default", state=tmp_path / "state")


def run(settings: LocalSettings, data: Path, port: int) -> None:
    """Make a stack on `data` appear to run."""
    data.mkdir()
    urls = {"api": f"http://127.0.0.1:{port}", "ingest": f"http://127.0.0.1:{port + 1}"}
    DataFolder(data).write_running(RunningStack(data=data, pid=1, ports={}, pids={}, urls=urls))
    Pointer(settings.state).set(data)


def test_the_stack_started_last_is_found_without_any_flag(settings: LocalSettings, tmp_path: Path) -> None:
    run(settings, tmp_path / "first", 1000)
    run(settings, tmp_path / "second", 2000)
    assert find_service("api", settings) == "http://127.0.0.1:2000"
    assert find_service("ingest", settings) == "http://127.0.0.1:2001"
    assert find_service("api", settings, data=tmp_path / "first") == "http://127.0.0.1:1000"


def test_the_stack_on_the_default_folder_is_found_when_a_later_one_has_stopped(
    settings: LocalSettings, tmp_path: Path
) -> None:
    run(settings, settings.data, 1000)
    run(settings, tmp_path / "later", 2000)
    DataFolder(tmp_path / "later").clear_running()
    assert find_service("api", settings) == "http://127.0.0.1:1000"


def test_the_environment_comes_before_the_running_stack_and_a_flag_before_both(
    settings: LocalSettings, tmp_path: Path
) -> None:
    run(settings, tmp_path / "running", 1000)
    settings = settings.model_copy(update={"api_url": "http://set.example/"})
    assert find_service("api", settings) == "http://set.example"
    assert find_service("api", settings, url="http://told.example") == "http://told.example"
    assert find_service("api", settings, data=tmp_path / "running") == "http://127.0.0.1:1000"
    assert find_service("ingest", settings) == "http://127.0.0.1:1001"


def test_when_nothing_runs_the_error_says_what_to_do(settings: LocalSettings) -> None:
    with pytest.raises(UserError, match=r"newsweave up.*--url, or NEWSWEAVE_INGEST_URL"):
        find_service("ingest", settings)
