"""Free TCP ports on loopback."""

import socket
from collections.abc import Mapping
from contextlib import ExitStack

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` of loopback now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose last connections linger in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(preferred: int | None = None) -> int:
    """A port that is free now: `preferred` if it is, else one that the system picks.

    Nothing reserves it: whoever starts a server on it must be ready to try another.
    """
    if preferred is not None and is_free(preferred):
        return preferred
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def free_ports(preferred: Mapping[str, int | None]) -> dict[str, int]:
    """A port that is free now for each name, no two the same: the preferred one if it is free.

    Nothing reserves them, as with `free_port`.
    """
    ports: dict[str, int] = {}
    with ExitStack() as held:
        for name in sorted(preferred, key=lambda name: preferred[name] is None):
            ports[name] = free_port(preferred[name])
            # Listening: two sockets may be bound to one port as long as neither listens.
            held.enter_context(socket.create_server((LOOPBACK, ports[name])))
    return ports


def accepts_connections(port: int, timeout_seconds: float = 0.5) -> bool:
    """Whether something listens on `port` of loopback."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=timeout_seconds):
            return True
    except OSError:
        return False
