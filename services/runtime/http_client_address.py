"""Whom an address stands for when clients share what a service has. Pure."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

LOOPBACK = "loopback"
_NETWORK_BITS = 64
"""Of IPv6, what one customer gets at least."""


@lru_cache(maxsize=4096)
def client_key(host: str) -> str:
    """One text for all addresses that a client can take by itself: this machine's own, or those of an IPv6 network."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return LOOPBACK
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), _NETWORK_BITS), strict=False))
    return str(address)
