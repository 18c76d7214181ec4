"""The two clients offer the same, and need little."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import newsweave.client
from newsweave.client import AccessError, AsyncNewsweave, BadAddressError, Newsweave

HEAVY = (
    "aiokafka",
    "redis",
    "fastapi",
    "starlette",
    "uvicorn",
    "jinja2",
    "numpy",
    "openvino",
    "spacy",
    "typer",
    "babel",
)
"""What services and commands need, and programs that ask them do not."""


def methods(client: type) -> dict[str, list[str]]:
    """Names of what it offers, each with its parameters and defaults."""
    members = inspect.getmembers(client, inspect.isfunction)
    return {
        name: [str(parameter.replace(annotation=parameter.empty)) for parameter in signature_of(member)]
        for name, member in members
        if not name.startswith("_")
    }


def signature_of(function: object) -> list[inspect.Parameter]:
    assert callable(function)
    return list(inspect.signature(function).parameters.values())


def test_both_clients_have_the_same_methods_with_the_same_parameters() -> None:
    assert methods(AsyncNewsweave) == methods(Newsweave)
    assert len(methods(Newsweave)) > 15


def test_everything_that_is_promised_is_there() -> None:
    assert [name for name in newsweave.client.__all__ if not hasattr(newsweave.client, name)] == []


def test_it_can_be_imported_where_services_cannot_run() -> None:
    blocked = f"import sys; sys.modules.update(dict.fromkeys({HEAVY!r}))"
    code = f"{blocked}; from newsweave.client import Newsweave, AsyncNewsweave; Newsweave('http://127.0.0.1:9').close()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://x", ""])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(BadAddressError, match="is no web address"):
        Newsweave(url)


def test_a_key_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSWEAVE_API_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(AccessError, match="NEWSWEAVE_API_KEY_FILE"):
        Newsweave()
