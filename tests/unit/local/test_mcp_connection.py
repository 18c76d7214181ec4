"""How `newsweave mcp` finds the api and the key to show it, call by call."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp_types import CallToolResult, TextContent

from services.client.errors import AccessError
from services.client.exchange import Request
from services.local.commands.mcp import api_connector
from services.mcp.server import create_server
from tests.support.http_server import Answer, http_server


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "key"
    monkeypatch.setenv("NEWSWEAVE_API_KEY_FILE", str(file))
    return file


def hold(file: Path, text: str) -> None:
    """Let the file hold the text."""
    file.write_text(text)


async def call(url: str, tool: str) -> CallToolResult:
    async with Client(create_server(api_connector(url, None))) as client:
        return await client.call_tool(tool, {})


def text_of(answer: CallToolResult) -> str:
    (content,) = answer.content
    assert isinstance(content, TextContent)
    return content.text


async def test_a_key_that_is_changed_is_shown_from_the_next_call_on(key_file: Path) -> None:
    with http_server(lambda _: Answer(body={})) as server:
        connect = api_connector(server.url, None)
        for key in ("nwk_1_2", "nwk_1_2", "nwk_3_4"):
            hold(key_file, f"{key}\n")
            _, client = connect()
            await client.request(Request("GET", "/"))
    assert [request.authorization for request in server.requests] == [
        "Bearer nwk_1_2",
        "Bearer nwk_1_2",
        "Bearer nwk_3_4",
    ]


def test_connections_are_kept_while_nothing_changes(key_file: Path) -> None:
    hold(key_file, "nwk_1_2")
    connect = api_connector("http://127.0.0.1:9", None)
    assert connect()[1] is connect()[1]


@pytest.mark.parametrize("write", [lambda _: None, lambda file: file.write_bytes(b"\xff\xfe\x00")])
async def test_a_key_file_that_cannot_be_read_is_an_answer_that_names_it(
    key_file: Path, write: Callable[[Path], Any]
) -> None:
    write(key_file)
    answer = await call("http://127.0.0.1:9", "limits")
    assert answer.is_error
    assert f"cannot read the API key in {key_file}" in text_of(answer)


async def test_a_key_that_no_header_can_carry_does_not_reach_a_model(key_file: Path) -> None:
    hold(key_file, "nwk_secret word")
    answer = await call("http://127.0.0.1:9", "limits")
    assert answer.is_error
    assert "secret" not in text_of(answer)
    with pytest.raises(AccessError):
        api_connector("http://127.0.0.1:9", None)()
