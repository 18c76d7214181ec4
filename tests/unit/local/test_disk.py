"""The look at the disk of a data folder."""

import sys
from pathlib import Path

import pytest

from services.local.disk import LOOK_SECONDS, Disk

PROBE = ".disk-probe"
needs_full_device = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")


@needs_full_device
def test_a_full_disk_is_told_once_and_so_is_room(tmp_path: Path) -> None:
    said: list[str] = []
    disk = Disk(tmp_path, said.append)
    assert not disk.look_now(0.0)
    (tmp_path / PROBE).symlink_to("/dev/full")
    assert disk.look_now(1.0)
    assert len(said) == 1
    assert "No space left on device" in said[0]
    assert str(tmp_path) in said[0]
    (tmp_path / PROBE).unlink(missing_ok=True)
    assert not disk.look_now(3.0)
    assert said[1:] == [f"{tmp_path} can be written again"]


def test_a_look_leaves_nothing_behind(tmp_path: Path) -> None:
    assert not Disk(tmp_path, print).look_now(0.0)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_for_another_reason_counts_as_full(tmp_path: Path) -> None:
    said: list[str] = []
    assert Disk(tmp_path / "gone", said.append).look_now(0.0)
    assert "No such file or directory" in said[0]


def test_it_looks_once_in_a_while_only(tmp_path: Path) -> None:
    said: list[str] = []
    disk = Disk(tmp_path / "folder", said.append)
    disk.look(0.0)
    assert disk.is_full
    (tmp_path / "folder").mkdir()
    disk.look(LOOK_SECONDS / 2)
    assert disk.is_full
    disk.look(LOOK_SECONDS)
    assert not disk.is_full
