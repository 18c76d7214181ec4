"""The server in process, before an api that gives made-up answers."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from mcp import Client

from services.client.async_client import AsyncNewsweave
from services.contracts.event import Event
from services.mcp.server import create_server
from tests.support.http_server import Answer, Request, http_server

Models = Callable[[Event], Any]
POSITION = {"Newsweave-Position": "1-0"}


def answers(event: Event, claims: list[dict[str, Any]], bodies: Mapping[str, Any]) -> Callable[[Request], Answer]:
    """An api that has one event, a list of all its claims, and these bodies by path."""

    def answer(request: Request) -> Answer:
        parts = urlsplit(request.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path in bodies:
            body = bodies[parts.path]
            return Answer(body=body(asked) if callable(body) else body, headers=POSITION)
        if parts.path == f"/v1/events/{event.event_id}":
            return Answer(body=event.model_dump_json().encode(), headers=POSITION)
        if parts.path == f"/v1/events/{event.event_id}/claims":
            begin, limit = int(asked.get("cursor", 0)), int(asked["limit"])
            end = begin + limit
            following = str(end) if end < len(claims) else None
            about = {"event_id": event.event_id, "version": event.version, "whole": True, "total": len(claims)}
            return Answer(body=about | {"claims": claims[begin:end], "next": following})
        if parts.path == "/v1/events":
            return Answer(body={"events": [{"event_id": event.event_id}], "next": None, "total": 1})
        return Answer(404, {"title": "No such event", "detail": "There is no such event."})

    return answer


@pytest.fixture
def models() -> Callable[..., Any]:
    """Opens a client of the server, as a host of models does."""

    @asynccontextmanager
    async def opened(
        event: Event,
        claims: list[dict[str, Any]] | None = None,
        mode: str = "auto",
        bodies: Mapping[str, Any] | None = None,
    ) -> AsyncIterator[Client]:
        with http_server(answers(event, claims or [], bodies or {})) as api:
            async with (
                AsyncNewsweave(api.url, patience_seconds=0) as ours,
                Client(create_server(lambda: (api.url, ours)), mode=mode) as client,
            ):
                yield client

    return opened
