"""`newsweave keys`: what it prints, and what it leaves in the file."""

import json
import stat
from pathlib import Path

import pytest

from services.local.folder import DataFolder
from services.runtime.api_keys import ApiKeys, read_keys
from tests.unit.local.test_commands import Newsweave, newsweave

__all__ = ["newsweave"]  # the fixture


def test_a_new_key_is_printed_once_and_its_hash_is_kept(newsweave: Newsweave, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    told = newsweave("keys", "add", "Harbour Courier", "--domain", "WWW.Courier.example", "--file", str(file))
    assert told.returncode == 0, told.stderr
    key = told.stdout.strip()
    assert key not in file.read_text()
    entry = ApiKeys(read_keys(file)).find(key)
    assert entry is not None
    assert (entry.name, entry.scopes, entry.domains) == ("Harbour Courier", ("articles:write",), ("courier.example",))
    assert key not in told.stderr


def test_without_a_file_the_keys_are_in_the_data_folder_which_a_stack_can_take(
    newsweave: Newsweave, tmp_path: Path
) -> None:
    assert newsweave("keys", "add", "one", "--scope", "admin", "--scope", "trace:read").returncode == 0
    folder = DataFolder(tmp_path / "data")
    (entry,) = read_keys(folder.keys_file)
    assert entry.scopes == ("admin", "trace:read")
    assert stat.S_IMODE(folder.keys_file.stat().st_mode) == 0o600
    folder.lock()
    folder.unlock()


def test_the_setting_names_the_file(newsweave: Newsweave, tmp_path: Path) -> None:
    newsweave("keys", "add", "one", NEWSWEAVE_KEYS_FILE=str(tmp_path / "mine.json"))
    assert len(read_keys(tmp_path / "mine.json")) == 1
    assert stat.S_IMODE((tmp_path / "mine.json").stat().st_mode) == 0o644  # a container reads it as another user


def test_a_revoked_key_is_listed_as_such_and_holds_no_longer(newsweave: Newsweave, tmp_path: Path) -> None:
    file = str(tmp_path / "keys.json")
    first = newsweave("keys", "add", "first", "--file", file).stdout.strip()
    second = newsweave("keys", "add", "second", "--file", file).stdout.strip()
    assert newsweave("keys", "revoke", first.split("_")[1], "--file", file).returncode == 0
    listed = json.loads(newsweave("keys", "list", "--json", "--file", file).stdout)
    assert [(each["name"], each["revoked_at"] is None) for each in listed] == [("first", False), ("second", True)]
    assert "sha256" not in listed[0]
    keys = ApiKeys(read_keys(Path(file)))
    assert keys.find(first) is None
    assert keys.find(second) is not None
    assert "second" in newsweave("keys", "list", "--file", file).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["revoke", "00000000"], "has no key 00000000"),
        (["add", "x", "--domain", "not a domain"], "is not a domain"),
        (["add", "x", "--domain", "https://a.example"], "is not a domain"),
    ],
)
def test_what_the_user_can_put_right_is_said(newsweave: Newsweave, arguments: list[str], message: str) -> None:
    told = newsweave("keys", *arguments)
    assert told.returncode == 1
    assert message in told.stderr


def test_a_file_of_something_else_is_left_as_it_is(newsweave: Newsweave, tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text("[1]")
    assert newsweave("keys", "add", "x", "--file", str(tmp_path / "notes.json")).returncode == 1
    assert (tmp_path / "notes.json").read_text() == "[1]"


def test_a_name_is_shown_as_it_was_given_whatever_stands_in_it(newsweave: Newsweave, tmp_path: Path) -> None:
    file = str(tmp_path / "keys.json")
    told = newsweave("keys", "add", "[/x] desk [red]", "--file", file)
    assert told.returncode == 0, told.stderr
    assert "[/x] desk [red]" in told.stderr
    assert "[/x] desk [red]" in newsweave("keys", "list", "--file", file).stdout


def test_a_key_without_a_name_is_not_made(newsweave: Newsweave, tmp_path: Path) -> None:
    told = newsweave("keys", "add", " ", "--file", str(tmp_path / "keys.json"))
    assert (told.returncode, told.stdout) == (1, "")
    assert "give the key a name" in told.stderr
    assert not (tmp_path / "keys.json").exists()
