"""HTTP/1.1 connections with the limits that uvicorn lacks: time for a request's head, and connections per client."""

import asyncio
import resource
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any, cast

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from services.runtime.http_client_address import client_key
from services.runtime.metrics import CONNECTIONS_CLOSED
from services.runtime.settings import RuntimeSettings

OTHER_FILES = 100
"""Open files that a service needs beside its HTTP connections: broker, store, logs, models."""

ABORT = "newsweave.abort"
"""Among the `extensions` of a request's scope: ends the connection at once, whatever is still to be sent. For an answer
whose client takes no more of it: to close the connection would wait for the client."""

MAX_BYTES_AHEAD = 64 * 1024
"""Of requests that a client sends before it has its answer."""

_TOO_MANY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True)
class ConnectionLimits:
    """How many connections a server keeps open, and how long it waits for a request's head."""

    head_seconds: float
    total: int
    per_client: int
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks whose addresses stand for many clients: only `total` bounds them."""

    @classmethod
    def of(cls, settings: RuntimeSettings) -> "ConnectionLimits":
        """The limits that the settings give, within the open files that the system allows the process."""
        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        total = settings.max_connections
        if files != resource.RLIM_INFINITY:
            total = max(1, min(total, files - OTHER_FILES))
        return cls(
            head_seconds=settings.head_timeout_seconds,
            total=total,
            per_client=max(1, int(total * settings.client_share)),
            proxies=settings.proxy_networks,
        )

    def is_proxy(self, host: str) -> bool:
        """Whether the address is that of a trusted proxy."""
        return any(ip_address(host) in network for network in self.proxies)


class LimitedConfig(uvicorn.Config):
    """uvicorn's configuration, with the limits that `LimitedProtocol` keeps."""

    limits: ConnectionLimits


class LimitedProtocol(H11Protocol):
    """One connection. It is closed when a head takes too long, whatever the client sends meanwhile.

    The time runs from the connection's start, and from the end of an answer, to the next complete head. So it also
    bounds what is left of a body that was answered early, and an answer that the client does not read.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """As uvicorn's. `config` is a `LimitedConfig`."""
        super().__init__(config, server_state, app_state, _loop)
        assert isinstance(config, LimitedConfig)
        self._limits = config.limits
        self._head_timer: asyncio.TimerHandle | None = None
        self._unsent_bytes = 0
        self.client_key: str | None = None
        """Whose the connection is; None: it is not counted by client."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Take the connection, or answer 503 where there are too many."""
        super().connection_made(transport)
        self._await_head()
        if self._is_one_too_many():
            CONNECTIONS_CLOSED.labels("too_many").inc()
            transport.write(_TOO_MANY)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came in. Requests that are sent ahead of an answer are kept up to a bound, and closed beyond it."""
        if self._is_ahead() and len(self.conn.trailing_data[0]) + len(data) > MAX_BYTES_AHEAD:
            CONNECTIONS_CLOSED.labels("ahead").inc()
            self.transport.abort()
            return
        super().data_received(data)

    def handle_events(self) -> None:
        """Work on what came in."""
        super().handle_events()
        if self.cycle is not None:  # its task begins after this
            extensions = cast("dict[str, Any]", self.cycle.scope.setdefault("extensions", {}))
            extensions[ABORT] = self.transport.abort
        if self._is_ahead():
            # uvicorn reads no further while a request waits for its turn, and so does not see that the client left.
            self.flow.resume_reading()
        self._watch()

    def _is_ahead(self) -> bool:
        """Whether what comes now belongs to the request after the one in hand."""
        in_hand = self.cycle is not None and not self.cycle.response_complete
        return in_hand and self.conn.their_state is h11.DONE

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._watch()

    def _is_one_too_many(self) -> bool:
        if len(self.connections) > self._limits.total:
            return True
        host = self.client[0] if self.client else None
        if host is None or self._limits.is_proxy(host):
            return False
        ours = self.client_key = client_key(host)
        return (
            sum(1 for connection in self.connections if getattr(connection, "client_key", None) == ours)
            > self._limits.per_client
        )

    def _watch(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_timer()
        elif self._head_timer is None:
            self._await_head()

    def _await_head(self) -> None:
        self._unsent_bytes = self.transport.get_write_buffer_size()
        self._head_timer = self.loop.call_later(self._limits.head_seconds, self._give_up)

    def _give_up(self) -> None:
        unsent = self.transport.get_write_buffer_size()
        if 0 < unsent < self._unsent_bytes:  # the client still reads the last answer
            self._await_head()
        else:
            self._head_timer = None
            CONNECTIONS_CLOSED.labels("late").inc()
            self.transport.abort()

    def _stop_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
