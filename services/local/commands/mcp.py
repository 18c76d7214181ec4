"""`newsweave mcp`."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from services.client.async_client import AsyncNewsweave
from services.client.connecting import key_in
from services.client.errors import NotReachableError
from services.local.commands.options import ApiUrlOption, DataOption, progress_console
from services.local.discovery import find_service
from services.local.errors import UserError
from services.local.settings import LocalSettings

if TYPE_CHECKING:
    from services.mcp.server import Connect

EXAMPLES = (
    "newsweave mcp                                    # started by an MCP host, over standard input and output",
    "claude mcp add newsweave -- newsweave mcp",
    "newsweave mcp --http 127.0.0.1:8765              # clients connect to http://127.0.0.1:8765/mcp",
)
PATIENCE_SECONDS = 10.0
"""How long a tool waits where the api asks it to come back later: a model waits with it."""

HttpOption = Annotated[
    str | None,
    typer.Option("--http", metavar="HOST:PORT", help="Serve streamable HTTP at /mcp. Default: standard input, output."),
]
TrustedHostOption = Annotated[
    list[str] | None,
    typer.Option(
        "--trusted-host", metavar="NAME", help="With --http: a further name under which clients may reach it."
    ),
]


def mcp(
    http: HttpOption = None,
    trusted_hosts: TrustedHostOption = None,
    *,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Serve eight read-only tools to language models, over the Model Context Protocol.

    They search events, show one, tell what changed, check a text, and say what somebody said, what numbers are given,
    where reports come from, and what Newsweave cannot tell. Every sentence comes with its place in its article and
    links. The api may be started, stopped and moved meanwhile.

    Over HTTP there is no login: whoever reaches the port can read. Requests from pages of other sites are refused.
    """
    # Half a second that no other command is to wait.
    from services.mcp.server import create_server  # noqa: PLC0415
    from services.mcp.serving import listen, serve_http, serve_stdio  # noqa: PLC0415

    server = create_server(api_connector(url, data))
    if http is None:
        asyncio.run(serve_stdio(server))
        return
    host, port = _read_address(http)
    try:
        listener = listen(host, port)
    except OSError as error:
        raise UserError(f"cannot listen on {http} ({error}). Give another address or port with --http") from error
    progress_console().print(f"MCP at http://{http}/mcp, until Ctrl-C", highlight=False, markup=False)
    asyncio.run(serve_http(server, listener, trusted_hosts or ()))


def api_connector(url: ApiUrlOption, data: DataOption) -> "Connect":
    """What finds the api and its key for each call, and keeps connections for as long as both stay the same."""
    settings = LocalSettings()
    kept: tuple[str, str | None, AsyncNewsweave] | None = None

    def connect() -> tuple[str, AsyncNewsweave]:
        nonlocal kept
        try:
            address = find_service("api", settings, url=url, data=data)
        except (UserError, OSError) as error:
            raise NotReachableError(str(error)) from error
        key = key_in(settings.api_key_file) if settings.api_key_file else None
        if kept is None or kept[:2] != (address, key):
            timeout = settings.http_timeout_seconds
            # Calls that are still under way have the client before this one: it goes with the last of them.
            client = AsyncNewsweave(address, api_key=key, timeout_seconds=timeout, patience_seconds=PATIENCE_SECONDS)
            kept = (address, key, client)
        return address, kept[2]

    return connect


def _read_address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) <= 65535:  # noqa: PLR2004 - TCP
        raise UserError(f"--http {text}: give HOST:PORT, such as 127.0.0.1:8765")
    return host.strip("[]"), int(port)
