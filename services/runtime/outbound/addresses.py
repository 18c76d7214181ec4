"""Which addresses of the internet we may connect to. Pure: names are resolved elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def _named(*rows: tuple[str, str]) -> tuple[tuple[Network, str], ...]:
    return tuple((ip_network(network), name) for network, name in rows)


# A list of our own and not `is_global`: what that says differs between patch releases of Python.
# IANA's special-purpose registries, and the addresses at which clouds give secrets to whoever asks from inside.
_INTERNAL = _named(
    ("169.254.169.254/32", "the metadata service of a cloud"),
    ("168.63.129.16/32", "the metadata service of a cloud"),
    ("fd00:ec2::254/128", "the metadata service of a cloud"),
    ("0.0.0.0/8", "unspecified"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared by a carrier's customers"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved for protocols"),
    ("192.0.2.0/24", "for documentation"),
    ("192.31.196.0/24", "reserved for protocols"),
    ("192.52.193.0/24", "reserved for protocols"),
    ("192.88.99.0/24", "a 6to4 relay"),
    ("192.168.0.0/16", "private"),
    ("192.175.48.0/24", "reserved for protocols"),
    ("198.18.0.0/15", "for benchmarks"),
    ("198.51.100.0/24", "for documentation"),
    ("203.0.113.0/24", "for documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("::ffff:0:0/96", "an IPv4 address in IPv6"),
    ("64:ff9b::/96", "an IPv4 address behind NAT64"),
    ("64:ff9b:1::/48", "an IPv4 address behind NAT64"),
    ("2001::/32", "an IPv4 address behind Teredo"),
    ("2001::/23", "reserved for protocols"),
    ("2001:db8::/32", "for documentation"),
    ("2002::/16", "an IPv4 address behind 6to4"),
    ("3fff::/20", "for documentation"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "private"),
    ("ff00::/8", "multicast"),
)
_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that is given out for use on the internet: what is not in it is reserved."""


@dataclass(frozen=True)
class AddressPolicy:
    """What may be connected to although it is internal."""

    networks: tuple[Network, ...] = ()
    """Networks that may be."""
    names: frozenset[str] = frozenset()
    """Host names, in lower case, that may be wherever they lead."""

    def refusal(self, address: Address) -> str | None:
        """Why we may not connect to this address, in words that follow "it is"; None if we may."""
        if any(address in network for network in self.networks if network.version == address.version):
            return None
        for network, name in _INTERNAL:
            if address.version == network.version and address in network:
                return name
        return "reserved" if isinstance(address, IPv6Address) and address not in _UNICAST else None

    def permitted(self, host: str, addresses: Sequence[Address]) -> list[Address]:
        """Those of a host's addresses that we may connect to, in their order."""
        if host in self.names:
            return list(addresses)
        return [address for address in addresses if self.refusal(address) is None]
