"""The server on standard input and output, or on a port of this machine."""

from collections.abc import Sequence
from typing import Any

import uvicorn
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

PATH = "/mcp"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


async def serve_stdio(server: Server[Any]) -> None:
    """Until standard input ends."""
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


async def serve_http(server: Server[Any], host: str, port: int, trusted_hosts: Sequence[str]) -> None:
    """Streamable HTTP at `/mcp`, until the process is asked to stop.

    Args:
        server: What is served.
        host: Address to listen on.
        port: Port to listen on.
        trusted_hosts: Further names under which clients may reach it.
    """
    config = uvicorn.Config(http_app(server, host, port, trusted_hosts), host=host, port=port, log_level="warning")
    await uvicorn.Server(config).serve()


def http_app(server: Server[Any], host: str, port: int, trusted_hosts: Sequence[str]) -> Starlette:
    """The application. It answers to loopback and the names given alone, and to pages of no other site.

    Each request stands by itself: what a tool answers depends on nothing that came before.
    """
    names = (*_LOOPBACK, *([f"[{host}]" if ":" in host else host]), *trusted_hosts)
    hosts = [each for name in names for each in (name, f"{name}:{port}")]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=hosts,
        allowed_origins=[f"http://{name}" for name in hosts],
    )
    return server.streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=security, host=host
    )
