"""Settings that say what may be asked, read. Pure."""

from ipaddress import ip_network

from services.runtime.outbound.addresses import AddressPolicy, Network
from services.runtime.outbound.web_address import AddressRules

ANY = "*"
_HIGHEST_PORT = 65_535
_ANY_PORT = range(1, _HIGHEST_PORT + 1)


def checked_ports(text: str) -> str:
    """Ports, comma separated, or `*`. Raises ValueError for what is neither."""
    for port in parts_of(text):
        if port != ANY and not (port.isascii() and port.isdigit() and 0 < int(port) <= _HIGHEST_PORT):
            raise ValueError(f"{port!r} is not a port")
    return text


def policy_of(hosts: str) -> AddressPolicy:
    """Internal networks, addresses and host names that may be asked, comma separated."""
    networks: list[Network] = []
    names: set[str] = set()
    for part in parts_of(hosts):
        try:
            networks.append(ip_network(part))
        except ValueError:
            names.add(part.lower().removesuffix("."))
    return AddressPolicy(networks=tuple(networks), names=frozenset(names))


def rules_of(ports: str, policy: AddressPolicy) -> AddressRules:
    """Which ports and names are fine."""
    given = parts_of(ports)
    return AddressRules(ports=_ANY_PORT if ANY in given else frozenset(map(int, given)), names=policy.names)


def parts_of(text: str) -> list[str]:
    """What stands between commas."""
    return [part for part in (piece.strip() for piece in text.split(",")) if part]
