import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from services.runtime.api_keys import (
    ApiKey,
    ApiKeys,
    KeyFile,
    Scope,
    UnreadableKeys,
    hash_of,
    key_text,
    read_keys,
    write_keys,
)

NOW = datetime(2031, 3, 3, tzinfo=UTC)
TEXT = key_text("0123abcd", "5" * 64)


def an_entry(**changes: object) -> ApiKey:
    fields = {"id": "0123abcd", "name": "courier", "sha256": hash_of(TEXT), "scopes": (Scope.ARTICLES_WRITE,)}
    return ApiKey.model_validate(fields | {"created_at": NOW} | changes)


def test_a_key_is_found_by_what_its_holder_shows() -> None:
    keys = ApiKeys([an_entry(), an_entry(id="ffffffff", sha256="0" * 64)])
    assert keys.find(TEXT) == an_entry()


@pytest.mark.parametrize(
    "shown", ["", "nwk_", key_text("0123abcd", "6" * 64), key_text("ffffffff", "5" * 64), TEXT + " ", TEXT.upper(), "é"]
)
def test_anything_else_finds_none(shown: str) -> None:
    assert ApiKeys([an_entry()]).find(shown) is None


def test_a_revoked_key_holds_no_longer() -> None:
    keys = ApiKeys([an_entry(revoked_at=NOW)])
    assert (keys.find(TEXT), len(keys)) == (None, 0)


def test_a_scope_allows_what_it_names_and_admin_everything() -> None:
    writer, admin = an_entry(), an_entry(scopes=("admin",))
    assert [scope for scope in Scope if writer.allows(scope)] == [Scope.ARTICLES_WRITE]
    assert [scope for scope in Scope if admin.allows(scope)] == list(Scope)


def test_a_key_for_a_domain_submits_for_it_and_what_lies_below() -> None:
    key = an_entry(domains=("courier.example",))
    assert [key.may_submit_for(host) for host in ("courier.example", "news.courier.example")] == [True, True]
    assert [key.may_submit_for(host) for host in ("notcourier.example", "example", "courier.example.evil.example")] == [
        False
    ] * 3
    assert an_entry().may_submit_for("any.example")


def test_the_file_holds_no_key(tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "keys.json"
    write_keys(file, [an_entry()])
    assert read_keys(file) == (an_entry(),)
    assert TEXT not in file.read_text()
    assert [left.name for left in file.parent.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("content", ["", "{", '{"keys": [{"id": "x"}]}', "[]"])
def test_a_file_of_something_else_is_refused_by_its_name(tmp_path: Path, content: str) -> None:
    file = tmp_path / "keys.json"
    file.write_text(content)
    with pytest.raises(UnreadableKeys, match=str(file)):
        KeyFile(file).current()


def test_a_changed_file_is_seen_at_the_next_request(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    keys = KeyFile(file)
    assert not keys.current()
    write_keys(file, [an_entry()])
    assert keys.current().find(TEXT)
    write_keys(file, [an_entry(revoked_at=NOW)])
    assert not keys.current()
    write_keys(file, [an_entry()])
    assert keys.current()
    file.unlink()
    assert not keys.current()


def test_a_file_that_is_broken_later_leaves_the_keys_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    write_keys(file, [an_entry()])
    keys = KeyFile(file)
    assert keys.current()
    file.write_text("{")
    os.utime(file, ns=(1, 1))
    assert keys.current().find(TEXT)
    write_keys(file, [])
    assert not keys.current()


def test_a_file_that_is_broken_when_it_comes_back_refuses_everybody_rather_than_failing(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    write_keys(file, [an_entry()])
    keys = KeyFile(file)
    assert keys.current()
    file.unlink()
    assert not keys.current()
    file.write_text("{")
    assert not keys.current()


def test_a_file_that_could_not_be_opened_is_read_at_the_next_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "keys.json"
    write_keys(file, [an_entry()])
    keys = KeyFile(file)
    assert keys.current()
    write_keys(file, [an_entry(revoked_at=NOW)])

    def fail(path: Path) -> bytes:
        raise OSError(errno.EMFILE, "Too many open files", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fail)
        with structlog.testing.capture_logs() as logged:
            assert keys.current()
            assert keys.current()
        assert [line["event"] for line in logged] == ["the keys of before hold on"]
    assert not keys.current()
