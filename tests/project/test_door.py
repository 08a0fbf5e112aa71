"""Clients that read nothing, send nothing or trickle, against the real server with its real options."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from shige.machine.processes.services import HEADER_MILLISECONDS, web_service

ROOT = Path(__file__).resolve().parents[2]
LONG = 64 * 2**20


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[psutil.Process, int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    service = web_service("tests.project.small_door:application", environment, "127.0.0.1", port)
    argv = [*service.argv[:-1], "tests.project.small_door:door"]
    argv[argv.index("--workers") + 1] = "1"
    process = subprocess.Popen(argv, env=dict(service.env))
    try:
        ends = time.monotonic() + 60
        while not service.is_ready():
            assert time.monotonic() < ends and process.poll() is None
            time.sleep(0.1)
        yield psutil.Process(process.pid), port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def asking(port: int, path: str) -> socket.socket:
    """Ask for a page and read nothing of it yet, with as little room for it as there may be."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(60)
    client.connect(("127.0.0.1", port))
    client.sendall(f"GET {path}?{LONG} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    return client


def family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def held(process: psutil.Process) -> int:
    """Return the memory of the server, in bytes."""
    return sum(each.memory_info().rss for each in family(process))


def connections(process: psutil.Process, port: int) -> int:
    every = (each for one in family(process) for each in one.net_connections("tcp"))
    return sum(1 for each in every if each.laddr.port == port and each.raddr)


@pytest.mark.parametrize("path", ["/long", "/whole"])
def test_who_does_not_read_is_ended(server: tuple[psutil.Process, int], path: str) -> None:
    process, port = server
    clients = [asking(port, path) for _ in range(3)]
    time.sleep(1)
    assert connections(process, port) >= 3
    ends = time.monotonic() + 40
    while connections(process, port):
        assert time.monotonic() < ends
        time.sleep(0.1)
    for client in clients:
        client.close()


def test_an_answer_that_is_not_read_is_not_kept_in_memory(server: tuple[psutil.Process, int]) -> None:
    process, port = server
    asking(port, "/").close()
    before = held(process)
    clients = [asking(port, "/long") for _ in range(8)]
    time.sleep(1)
    assert held(process) - before < LONG, "eight times that would lie there"
    for client in clients:
        client.close()


def test_a_long_answer_that_is_read_comes_whole(server: tuple[psutil.Process, int]) -> None:
    with socket.create_connection(("127.0.0.1", server[1]), 60) as client:
        client.sendall(b"GET /long?%d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % LONG)
        size = 0
        while piece := client.recv(2**20):
            size += len(piece)
        assert size >= LONG


def test_an_idle_connection_is_ended(server: tuple[psutil.Process, int]) -> None:
    """That is granian's doing: its limit for the head of a request holds for waiting for one as well."""
    with asking(server[1], "/") as client:
        assert client.recv(999).startswith(b"HTTP/1.1 200")
        began = time.monotonic()
        while client.recv(999):
            pass
        assert time.monotonic() - began < HEADER_MILLISECONDS / 1000 + 5


def test_a_large_body_that_then_trickles_is_ended_and_meanwhile_others_are_answered(
    server: tuple[psutil.Process, int],
) -> None:
    _, port = server
    with socket.create_connection(("127.0.0.1", port), 60) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % (200 * 2**20))
        for _ in range(190):
            client.sendall(bytes(2**20))
        began, answer = time.monotonic(), b""
        client.settimeout(0.3)
        while not answer:
            assert time.monotonic() - began < 15, "a byte a moment had bought half a day"
            client.sendall(b"a")
            with asking(port, "/") as other:
                assert other.recv(99).startswith(b"HTTP/1.1 200")
            try:
                answer = client.recv(99)
            except TimeoutError:
                continue
        assert answer.startswith(b"HTTP/1.1 408")
