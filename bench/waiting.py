"""How long eight clients wait while 200 others hold connections open and never finish what they send."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.program import Running

from .filing import MOST_SECONDS, reports
from .timing import Line, percentile
from .visiting import rush

SLOW = 200
CLIENTS = 8
ROUNDS = 5
COUNT = 300
"""Matters filed in each round, and as many without the slow ones before it."""

HEAD = b"POST /report/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
BODY = HEAD + b"Content-Length: 100000\r\n\r\na="


def lines(running: Running) -> Iterator[Line]:
    """File matters alone and beside the slow ones in turn; the ratio is the median of the rounds."""
    rush(running.address, CLIENTS, reports(64), MOST_SECONDS)
    alone, beside = [], []
    for _ in range(ROUNDS):
        alone.append(p95(running.address))
        with slow_senders(running.address, SLOW):
            beside.append(p95(running.address))
    alone.sort(), beside.sort()
    middle = ROUNDS // 2
    yield Line("filing, 8 clients alone, p95", alone[middle], "ms", f"median of {ROUNDS} rounds of {COUNT}")
    yield Line(f"beside {SLOW} slow senders, p95", beside[middle], "ms", "half send no head, half no body")
    yield Line("ratio", beside[middle] / alone[middle], "", "promised: at most 2")


def p95(address: str) -> float:
    """Return within how many milliseconds 95 of 100 matters were filed."""
    return percentile(rush(address, CLIENTS, reports(COUNT), MOST_SECONDS).times, 95)


@contextmanager
def slow_senders(address: str, count: int) -> Iterator[None]:
    """Hold connections for the time of a block; one that is turned away is opened again."""
    parts, ended = urlsplit(address), threading.Event()

    def hold(number: int) -> None:
        while not ended.is_set():
            with suppress(OSError), socket.create_connection((parts.hostname, parts.port), 10) as line:
                line.sendall(BODY if number % 2 else HEAD)
                line.settimeout(1)
                while not ended.wait(1):
                    line.sendall(b"a" if number % 2 else b"X-Slow: a\r\n")

    threads = [threading.Thread(target=hold, args=(number,), daemon=True) for number in range(count)]
    for thread in threads:
        thread.start()
    ended.wait(2)
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(15)
