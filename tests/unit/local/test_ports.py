"""Free ports."""

import socket

from services.local.ports import accepts_connections, free_port, free_ports, is_free


def test_a_free_port_can_be_listened_on() -> None:
    port = free_port()
    assert is_free(port)
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free(port)
        assert accepts_connections(port)


def test_the_preferred_port_is_taken_when_it_is_free() -> None:
    wanted = free_port()
    assert free_port(wanted) == wanted


def test_another_port_is_taken_when_the_preferred_one_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        assert free_port(taken) != taken


def test_nothing_answers_on_a_free_port() -> None:
    assert not accepts_connections(free_port())


def test_many_free_ports_are_all_different_and_preferred_ones_are_kept() -> None:
    wanted = free_port()
    ports = free_ports({"ingest": None, "api": wanted, "extract": None, "dedupe": wanted})
    assert ports["api"] == wanted
    assert len(set(ports.values())) == 4
    assert all(map(is_free, ports.values()))
