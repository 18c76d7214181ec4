"""Pydantic's errors in words for whoever sent the data. Never the input itself: it may be large, secret or garbage."""

from collections.abc import Mapping, Sequence
from typing import Any


def field_path(location: Sequence[str | int]) -> str:
    """Pydantic's location of an error with dots: ("query", "limit") -> "query.limit"."""
    return ".".join(str(part) for part in location)


def plain_message(error: Mapping[str, Any]) -> str:
    """Pydantic's message without the exception class that it puts before messages of our own validators."""
    message = str(error["msg"])
    return message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
