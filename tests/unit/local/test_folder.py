"""The data folder: its lock and its notes."""

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
