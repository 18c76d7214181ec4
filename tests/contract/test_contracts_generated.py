"""The committed schemas and documents follow from the models, and the models break no reader."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.contracts.generate import breaks, main, out_of_date

Json = dict[str, Any]

REPOSITORY = Path(__file__).resolve().parents[2]
EVENT = "services/contracts/schemas/event.updated.v1.json"
RELEASED_EVENT = "services/contracts/released/event.updated.v1.json"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with everything generated and released."""
    assert main(["--root", str(tmp_path), "--release"]) == 0
    return tmp_path


def check(root: Path) -> int:
    return main(["--root", str(root), "--check"])


def change(path: Path, edit: Callable[[Json], None]) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    edit(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def remember_a_field_that_is_gone(document: Json) -> None:
    document["properties"]["mood"] = {"type": "string"}
    document["required"].append("mood")


def test_the_generated_files_of_this_repository_are_current() -> None:
    assert out_of_date(REPOSITORY) == []


def test_the_models_break_no_reader_of_a_released_schema() -> None:
    assert breaks(REPOSITORY) == []


def test_what_was_just_generated_passes_the_check(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(root) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", [EVENT, "services/contracts/asyncapi.json", "docs/topics.md"])
def test_a_file_that_is_not_current_is_named_with_the_command_to_run(
    root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (root / name).write_text("old", encoding="utf-8")
    assert check(root) == 1
    assert capsys.readouterr().err == (
        f"{name} is not current: run `python -m services.contracts.generate` and commit the result\n"
    )
    assert main(["--root", str(root)]) == 0
    assert check(root) == 0


def test_the_schema_of_a_topic_that_is_gone_is_left_over_until_generated_anew(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stray = root / "services/contracts/schemas/weather.changed.v1.json"
    stray.write_text("{}", encoding="utf-8")
    assert check(root) == 1
    assert "weather.changed.v1.json belongs to no topic" in capsys.readouterr().err
    main(["--root", str(root)])
    assert not stray.exists()


def test_a_topic_that_was_never_released_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / RELEASED_EVENT).unlink()
    assert check(root) == 1
    assert (
        f"{RELEASED_EVENT} is missing: run `python -m services.contracts.generate --release`" in capsys.readouterr().err
    )


def test_the_check_fails_for_a_breaking_change_and_says_what_to_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root / RELEASED_EVENT, remember_a_field_that_is_gone)
    assert check(root) == 1
    told = capsys.readouterr().err
    assert "Event.mood: the field is removed" in told
    assert "publish a new topic event.updated.v2" in told


def test_the_check_passes_when_a_field_was_added_since_the_release(root: Path) -> None:
    def forget_a_field(document: Json) -> None:
        del document["properties"]["timeline"]
        document["required"].remove("timeline")

    change(root / RELEASED_EVENT, forget_a_field)
    assert check(root) == 0


def test_a_released_topic_cannot_just_go_away(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = "weather.changed.v1"
    (root / f"services/contracts/released/{gone}.json").write_text("{}", encoding="utf-8")
    assert check(root) == 1
    assert f"{gone}: breaks readers" in capsys.readouterr().err


def test_a_breaking_change_is_not_released(root: Path) -> None:
    change(root / RELEASED_EVENT, remember_a_field_that_is_gone)
    before = (root / RELEASED_EVENT).read_bytes()
    assert main(["--root", str(root), "--release"]) == 1
    assert (root / RELEASED_EVENT).read_bytes() == before


def test_a_release_takes_the_current_schemas(root: Path) -> None:
    assert (root / RELEASED_EVENT).read_bytes() == (root / EVENT).read_bytes()


def test_a_release_of_other_schemas_needs_a_higher_contract_version(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def forget_a_field(document: Json) -> None:
        del document["properties"]["timeline"]
        document["required"].remove("timeline")

    assert main(["--root", str(root), "--release"]) == 0  # nothing has changed
    change(root / RELEASED_EVENT, forget_a_field)
    assert main(["--root", str(root), "--release"]) == 1
    assert "raise CONTRACT_VERSION in services/contracts/envelope.py" in capsys.readouterr().err
    (root / "services/contracts/released/version.txt").write_text("0\n", encoding="utf-8")
    assert main(["--root", str(root), "--release"]) == 0
