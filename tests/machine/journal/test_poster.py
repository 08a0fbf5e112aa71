"""Lines reach the operator's address in their order, however often it fails, and nobody waits for it."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from shige.machine.journal.poster import Poster


class Receiver(HTTPServer):
    """Refuses the first lines, then takes them."""

    refusals = 2

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.taken: list[bytes] = []


class Taking(BaseHTTPRequestHandler):
    """Answers one line."""

    server: Receiver

    def do_POST(self) -> None:
        """Take a line, or refuse it."""
        said = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.refusals:
            self.server.refusals -= 1
            self.send_response(503)
        else:
            self.server.taken.append(said)
            self.send_response(204)
        self.end_headers()

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_refused_lines_are_sent_again_in_their_order(receiver: Receiver) -> None:
    poster = Poster(f"http://127.0.0.1:{receiver.server_port}/", first_delay=0.01)
    for number in range(3):
        poster.post(b"line %d" % number)
    until = time.monotonic() + 20
    while len(receiver.taken) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    poster.end()
    assert receiver.taken == [b"line 0\n", b"line 1\n", b"line 2\n"]


def test_nobody_waits_for_an_address_that_does_not_answer() -> None:
    poster = Poster("http://127.0.0.1:9/", first_delay=30)
    began = time.monotonic()
    for _ in range(2000):
        poster.post(b"line")
    assert time.monotonic() - began < 1
    poster.end(0.1)


def test_only_addresses_of_the_web_are_taken() -> None:
    with pytest.raises(ValueError, match="http"):
        Poster("file:///etc/passwd")
