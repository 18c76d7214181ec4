"""The server on standard input and output, or on a port of this machine."""

import socket
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


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises OSError where it cannot."""
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)


async def serve_http(server: Server[Any], listener: socket.socket, trusted_hosts: Sequence[str]) -> None:
    """Streamable HTTP at `/mcp`, until the process is asked to stop.

    Args:
        server: What is served.
        listener: Where it listens.
        trusted_hosts: Further names under which clients may reach it.
    """
    host, port = listener.getsockname()[:2]
    config = uvicorn.Config(http_app(server, host, port, trusted_hosts), log_level="warning")
    await uvicorn.Server(config).serve(sockets=[listener])


def http_app(server: Server[Any], host: str, port: int, trusted_hosts: Sequence[str]) -> Starlette:
    """The application. It answers to loopback and the names given alone, and to pages of no other site.

    Each request stands by itself: what a tool answers depends on nothing that came before.
    """
    names = (*_LOOPBACK, *([f"[{host}]" if ":" in host else host]), *trusted_hosts)
    hosts = [written for name in names for written in (name, f"{name}:{port}")]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=hosts,
        allowed_origins=[f"{scheme}://{name}" for scheme in ("http", "https") for name in hosts],
    )
    return server.streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=security, host=host
    )
