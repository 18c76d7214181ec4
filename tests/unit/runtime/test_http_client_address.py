"""Whom an address stands for."""

import pytest

from services.runtime.http_client_address import client_key


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("127.0.0.1", "127.8.9.10"),
        ("127.0.0.1", "::1"),
        ("127.0.0.1", "::ffff:127.0.0.2"),
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("2001:db8::1", "2001:db8:0:0:1:2:3:4"),
        ("fe80::1%eth0", "fe80::2%eth1"),
    ],
)
def test_addresses_that_one_client_can_take_by_itself_are_one_client(one: str, another: str) -> None:
    assert client_key(one) == client_key(another)


def test_other_addresses_are_clients_of_their_own() -> None:
    hosts = ["127.0.0.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:0:1::1", "", "unix:", "somebody"]
    assert len({client_key(host) for host in hosts}) == len(hosts)
