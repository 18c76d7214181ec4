"""Addresses that may be asked: http or https, a host name of the internet, a port for the web. Pure."""

import re
from collections.abc import Container
from dataclasses import dataclass
from ipaddress import ip_address

import httpx

from services.runtime.outbound.refused import RefusedAddress

MAX_ADDRESS_CHARS = 4096
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$")
_INTERNAL_NAMES = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa")
"""Names that are resolved inside a machine, a house or a company, if at all."""


@dataclass(frozen=True)
class WebAddress:
    """An address as it goes into a request, in one form: whoever checks it and whoever connects see the same."""

    scheme: str
    """`http` or `https`."""
    host: str
    """ASCII, lower case, without a dot at the end; an IPv6 address without brackets."""
    port: int
    """Always given."""
    target: str
    """Path and query, percent-encoded; begins with `/`."""

    @property
    def authority(self) -> str:
        """Host and port as in the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"


@dataclass(frozen=True)
class AddressRules:
    """Which ports and names are fine."""

    ports: Container[int]
    """Ports that may be asked."""
    names: frozenset[str] = frozenset()
    """Host names that are fine although they are internal."""

    def read(self, url: str, *, base: WebAddress | None = None) -> WebAddress:
        """Read an address; a relative one goes from `base`. The fragment is dropped.

        Raises:
            RefusedAddress: it is not an address of the web that may be asked.
        """
        if len(url) > MAX_ADDRESS_CHARS:
            raise RefusedAddress(f"an address of {len(url):,} characters")
        try:
            parsed = httpx.URL(str(base)).join(url) if base else httpx.URL(url)
            port = parsed.port
        except (httpx.InvalidURL, ValueError) as error:
            raise RefusedAddress(f"not an address: {error}") from error
        if parsed.scheme not in _DEFAULT_PORTS:
            raise RefusedAddress(f"an address of scheme {parsed.scheme or 'none'!r}")
        if parsed.userinfo:
            raise RefusedAddress("an address with user name or password")
        address = WebAddress(
            parsed.scheme,
            parsed.raw_host.decode("ascii").lower().removesuffix("."),
            port if port is not None else _DEFAULT_PORTS[parsed.scheme],
            parsed.raw_path.decode("ascii") or "/",
        )
        self._check(address)
        return address

    def _check(self, address: WebAddress) -> None:
        if address.port not in self.ports:
            raise RefusedAddress(f"port {address.port} is not one for the web")
        host = address.host
        if host in self.names or _is_literal(host):  # literals are checked where they are connected to
            return
        if any(host == name or host.endswith(f".{name}") for name in _INTERNAL_NAMES):
            raise RefusedAddress(f"{host} is an internal name")
        if _ENDS_IN_NUMBER.search(host):
            # What is left of old ways to write IPv4: 2130706433, 0x7f.1, 0177.0.0.1.
            raise RefusedAddress(f"{host} is an IPv4 address in another form")
        if not _HOST_NAME.fullmatch(host):
            raise RefusedAddress(f"{host!r} is not a host name of the internet")


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return "%" not in host  # a zone belongs to a machine, not to the internet
