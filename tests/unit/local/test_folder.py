"""The data folder: its lock and its notes."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from services.local.errors import UserError
from services.local.folder import DataFolder, Pointer, RunningStack


def running(data: Path) -> RunningStack:
    return RunningStack(
        data=data, pid=4711, ports={"api": 8000}, pids={"api": 4712}, urls={"page": "http://127.0.0.1:8000"}
    )


def test_two_stacks_cannot_have_one_folder(tmp_path: Path) -> None:
    first, second = DataFolder(tmp_path), DataFolder(tmp_path)
    first.lock()
    first.write_running(running(tmp_path))
    with pytest.raises(UserError, match=r"runs on .* already \(process 4711, http://127.0.0.1:8000\).*--data"):
        second.lock()
    first.unlock()
    second.lock()
    second.unlock()


def test_the_folder_stays_locked_while_a_server_that_outlived_the_stack_runs(tmp_path: Path) -> None:
    first = DataFolder(tmp_path)
    descriptor = first.lock()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(descriptor,)) as server:
        first.unlock()
        with pytest.raises(UserError):
            DataFolder(tmp_path).lock()
        server.communicate(b"\n")
    again = DataFolder(tmp_path)
    again.lock()
    again.unlock()


def test_a_folder_that_cannot_be_made_is_a_user_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot write to the data folder"):
        DataFolder(tmp_path / "file" / "data").lock()


@pytest.mark.parametrize("existed", [True, False])
def test_only_its_owner_gets_into_the_folder_also_where_it_was_open_before(tmp_path: Path, existed: bool) -> None:
    path = tmp_path / "data"
    if existed:
        path.mkdir()
        (path / "lock").touch()
        path.chmod(0o755)
    folder = DataFolder(path)
    folder.lock()
    folder.write_running(running(path))
    folder.unlock()
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE((path / "stack.json").stat().st_mode) == 0o600


def test_a_folder_with_other_things_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").touch()
    tmp_path.chmod(0o755)
    with pytest.raises(UserError, match="has other things in it"):
        DataFolder(tmp_path).lock()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_running_stack_is_found_until_it_stops(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert folder.read_running() is None
    folder.write_running(running(tmp_path))
    assert folder.read_running() == running(tmp_path)
    folder.clear_running()
    assert folder.read_running() is None


def test_the_ports_of_a_stopped_stack_are_remembered(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert folder.ports_of_last_time() == {}
    folder.write_running(running(tmp_path))
    folder.clear_running()
    assert folder.ports_of_last_time() == {"api": 8000}


def test_a_damaged_note_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "stack.json").write_text('{"data": ')
    (tmp_path / "ports.json").write_text("[]")
    folder = DataFolder(tmp_path)
    assert folder.read_running() is None
    assert folder.ports_of_last_time() == {}


def test_the_stack_started_last_is_the_one_pointed_to(tmp_path: Path) -> None:
    pointer = Pointer(tmp_path / "state")
    assert pointer.get() is None
    pointer.set(tmp_path / "a")
    pointer.set(tmp_path / "b")
    pointer.clear(tmp_path / "a")
    assert pointer.get() == tmp_path / "b"
    pointer.clear(tmp_path / "b")
    assert pointer.get() is None
