"""Answers of tools, as tests of the server for language models read them."""

from typing import Any

from mcp_types import CallToolResult, TextContent


def size(answer: CallToolResult) -> int:
    """Bytes on the wire."""
    return len(answer.model_dump_json(by_alias=True, exclude_none=True).encode())


def text_of(answer: CallToolResult) -> str:
    """What is read as text."""
    (content,) = answer.content
    assert isinstance(content, TextContent)
    return content.text


def content_of(answer: CallToolResult) -> dict[str, Any]:
    """What is read as JSON."""
    assert not answer.is_error, text_of(answer)
    content: dict[str, Any] | None = answer.structured_content
    assert content is not None
    return content
