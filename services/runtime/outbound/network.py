"""Connections that go to no other address than the one that was checked."""

import asyncio
import socket
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any, Protocol

import httpcore

from services.runtime.outbound.addresses import Address, AddressPolicy
from services.runtime.outbound.refused import RefusedAddress

if "sniffio" not in sys.modules and find_spec("sniffio") is None:
    # httpcore asks for it six times a request, and each time Python would look through all folders: a tenth of what a
    # request costs. https://docs.python.org/3/reference/import.html#the-module-cache
    sys.modules["sniffio"] = None  # type: ignore[assignment]

RESOLVER_THREADS = 16
"""Own threads: a slow name server must not take those in which requests are worked on."""
MAX_ATTEMPTS = 4
"""Addresses of one host that are tried."""


class Resolver(Protocol):
    """Finds the addresses of a host name."""

    async def __call__(self, host: str) -> list[Address]:
        """All addresses, the best first. Raises OSError if there is none."""
        ...


class SystemResolver:
    """Asks the system, in threads."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(RESOLVER_THREADS, thread_name_prefix="resolver")

    async def __call__(self, host: str) -> list[Address]:
        """See `Resolver`."""
        loop = asyncio.get_running_loop()
        texts = await loop.run_in_executor(self._threads, _resolve, host)
        return [ip_address(text) for text in dict.fromkeys(texts)]

    def close(self) -> None:
        """Wait for nothing that is still asked."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _resolve(host: str) -> list[str]:
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label of more than 63 characters
        raise OSError(f"{host} is not a name: {error}") from error
    return [str(row[4][0]) for row in rows]


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Resolves, checks and connects in one step, so that no second answer of a name server can come in between.

    Every connection of the pool begins here, and only here: redirects and reconnections are checked by themselves.
    TLS goes on with the host's name, for SNI and the certificate.
    """

    def __init__(self, policy: AddressPolicy, resolver: Resolver, inner: httpcore.AsyncNetworkBackend) -> None:
        self._policy = policy
        self._resolver = resolver
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first of the host's permitted addresses that answers.

        Raises:
            RefusedAddress: the host has no permitted address.
            httpcore.ConnectError: it has no address at all, or none answers.
            httpcore.ConnectTimeout: it took longer than `timeout` seconds in all.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout if timeout is not None else None
        try:
            async with asyncio.timeout_at(end):
                addresses = await self._addresses(host)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time") from error
        failure: Exception | None = None
        tried = addresses[:MAX_ATTEMPTS]
        for number, address in enumerate(tried):
            # The first address may be one that swallows everything (IPv6 without a way out): leave time for the next.
            share = (end - loop.time()) / (len(tried) - number) if end is not None else None
            try:
                return await self._inner.connect_tcp(
                    str(address), port, share, local_address=local_address, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        assert failure is not None  # there is at least one address
        raise failure

    async def _addresses(self, host: str) -> list[Address]:
        try:
            addresses = [ip_address(host)]
        except ValueError:
            try:
                addresses = await self._resolver(host)
            except OSError as error:
                raise httpcore.ConnectError(f"the name {host} does not resolve: {error}") from error
        if not addresses:
            raise httpcore.ConnectError(f"the name {host} has no address")
        permitted = self._policy.permitted(host, addresses)
        if not permitted:
            first = addresses[0]
            raise RefusedAddress(f"{host} is at {first}, which is {self._policy.refusal(first)}")
        return permitted
