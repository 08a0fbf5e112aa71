"""Who does not read what they are sent, or has too many connections, is seen and ended by the kernel."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from shige.machine.front import line
from shige.machine.front.line import Line


@pytest.fixture
def door() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def accepted(door: socket.socket, held: ExitStack) -> tuple[socket.socket, socket.socket, str]:
    """Return both ends of a connection and its client as granian writes it."""
    client = held.enter_context(socket.create_connection(door.getsockname()))
    end, (host, port) = door.accept()
    held.enter_context(end)
    return client, end, f"{host}:{port}"


def test_what_a_client_has_not_read_is_waited_for_and_then_cut(door: socket.socket) -> None:
    with ExitStack() as held:
        client, end, name = accepted(door, held)
        end.setblocking(False)
        sent = end.send(bytes(64 * 2**20))
        seen = Line(name)
        with pytest.raises(TimeoutError):
            asyncio.run(seen.read_by_client(0, 0.2))
        taken = 0
        while taken < sent:
            taken += len(client.recv(2**20))
        asyncio.run(seen.read_by_client(0, 5))
        seen.cut()
        seen.close()
        assert client.recv(1) == b"" and end.fileno() > 0


def test_a_client_that_has_gone_is_not_waited_for() -> None:
    asyncio.run(Line("198.51.100.1:9").read_by_client(0, 0.2))


def test_every_connection_inherits_an_end_where_nothing_is_read(
    door: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "UNREAD_MILLISECONDS", 700)
    assert line.end_unread()
    with ExitStack() as held:
        client, end, _ = accepted(door, held)
        assert end.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 700
        end.settimeout(20)
        with pytest.raises(OSError, match="timed out") as ended:
            end.sendall(bytes(64 * 2**20))
        assert ended.value.errno, "by the kernel, not by our own patience"
        assert client.fileno() > 0


def test_connections_beyond_those_of_one_address_are_ended(
    door: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "MOST_OF_ONE", 6)
    with ExitStack() as held:
        pairs = [accepted(door, held) for _ in range(8)]  # both ends of each lie in this process here
        counted = lambda address: "one" if address == "127.0.0.1" else None  # noqa: E731
        monkeypatch.setattr(line, "WORTH_COUNTING", 10_000)
        assert line.cut_surplus(counted) == 0, "few descriptors: nobody looks"
        monkeypatch.setattr(line, "WORTH_COUNTING", 0)
        assert line.cut_surplus(lambda address: None) == 0
        assert line.cut_surplus(counted) >= 2 * len(pairs) - 6
        for client, *_ in pairs:
            client.settimeout(0.2)
        assert sum(1 for client, *_ in pairs if is_open(client)) <= 6


def is_open(client: socket.socket) -> bool:
    try:
        return client.recv(1) != b""
    except TimeoutError:
        return True
