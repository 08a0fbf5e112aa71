"""Slow senders wait at the door without holding a thread; what is too slow or too large is turned away."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from shige.project import front
from shige.project.front import Door


class Headers(dict):
    """Headers as granian gives them: by lower-case name."""


@dataclass
class Protocol:
    """A client that sends pieces, with a pause before each, and keeps what it is answered."""

    pieces: list[bytes] = field(default_factory=list)
    pause: float = 0.0
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            await asyncio.sleep(self.pause)
            yield piece

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, headers

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Protocol":
        self.status, self.headers = status, headers
        return self

    async def send_bytes(self, piece: bytes) -> None:
        self.body += piece


def request(path: str = "/", **headers: str) -> Any:
    named = Headers({name.replace("__", "-"): value for name, value in headers.items()})
    return SimpleNamespace(
        proto="http", http_version="1.1", method="POST", scheme="http", path=path, query_string="a=%20",
        client="[2001:db8::1]:4711", server="127.0.0.1:80", authority=None, headers=named,
    )  # fmt: skip


def answered(protocol: Protocol, scope: Any, application: Any) -> Protocol:
    asyncio.run(Door(application).__rsgi__(scope, protocol))
    return protocol


def echo(environ: dict[str, Any], start: Any) -> list[bytes]:
    """Answer the body, with what the request looked like in a header."""
    said = "|".join(str(environ.get(name)) for name in ("PATH_INFO", "REMOTE_ADDR", "HTTP_X_FORWARDED_FOR"))
    start("200 OK", [("x-seen", said), ("set-cookie", "a=1"), ("set-cookie", "b=2")])
    return [environ["wsgi.input"].read()]


def test_half_a_form_is_no_form_but_a_piece_of_an_upload_counts() -> None:
    scope = request(content__length="9")
    assert answered(Protocol([b"ab"]), scope, echo).status == 400
    scope.method = "PATCH"
    assert answered(Protocol([b"ab"]), scope, echo).body == b"ab"


def test_a_body_in_pieces_comes_whole() -> None:
    got = answered(Protocol([b"ab", b"", b"c"]), request(content__length="3"), echo)
    assert (got.status, got.body) == (200, b"abc")
    assert [value for name, value in got.headers if name == "set-cookie"] == ["a=1", "b=2"]


def test_the_path_is_as_wsgi_wants_it_and_a_header_with_underscores_is_dropped() -> None:
    got = answered(Protocol(), request("/中%20", x_forwarded_for="9.9.9.9"), echo)
    assert dict(got.headers)["x-seen"] == f"{'/中%20'.encode().decode('latin-1')}|2001:db8::1|None"


def test_silence_within_a_body_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "IDLE_SECONDS", 0.05)
    assert answered(Protocol([b"a", b"b"], pause=1.0), request(content__length="2"), echo).status == 408


def test_a_body_that_trickles_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "IDLE_SECONDS", 0.05)
    monkeypatch.setattr(front, "SLOWEST", 1_000_000)
    slow = Protocol([b"a"] * 100, pause=0.02)
    assert answered(slow, request(content__length="100"), echo).status == 408


@pytest.mark.parametrize("length", [str(front.LARGEST_BODY + 1), "many"])
def test_a_body_that_is_too_large_is_not_read(length: str) -> None:
    assert answered(Protocol([b"a"]), request(content__length=length), echo).status == 413


def test_a_body_that_grows_beyond_the_limit_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "LARGEST_BODY", 10)
    endless = Protocol([b"abcd"] * 5)
    assert answered(endless, request(transfer__encoding="chunked"), echo).status == 413


def test_what_is_held_together_is_bounded_and_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MOST_HELD", 10)
    door = Door(echo)
    for _ in range(3):
        refused, taken = Protocol([b"abcd"] * 5), Protocol([b"abcd"])
        asyncio.run(door.__rsgi__(request(content__length="20"), refused))
        asyncio.run(door.__rsgi__(request(content__length="4"), taken))
        assert (refused.status, taken.status) == (503, 200) and door.held == 0


def test_hundreds_of_unfinished_bodies_hold_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "IDLE_SECONDS", 30.0)
    door = Door(echo)

    async def play() -> list[int]:
        slow = [
            asyncio.create_task(door.__rsgi__(request(content__length="9"), Protocol([b"a", b"b"], 60.0)))
            for _ in range(200)
        ]
        await asyncio.sleep(0)
        quick = [Protocol([b"abc"]) for _ in range(40)]
        async with asyncio.timeout(20):  # with a thread for each slow one these would wait for ever
            await asyncio.gather(*(door.__rsgi__(request(content__length="3"), each) for each in quick))
        for task in slow:
            task.cancel()
        return [each.status for each in quick]

    assert asyncio.run(play()) == [200] * 40


class Long:
    """A long answer that notes its end."""

    streaming = True

    def __init__(self) -> None:
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield from (b"x" * 4096 for _ in range(300))

    def close(self) -> None:
        self.closed = True


def test_a_long_answer_comes_in_pieces_and_is_closed() -> None:
    long = Long()

    def application(environ: dict[str, Any], start: Any) -> Long:
        start("200 OK", [])
        return long

    got = answered(Protocol(), request(), application)
    assert len(got.body) == 300 * 4096 and long.closed


def test_one_request_too_many_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MOST_WAITING", 0)
    got = answered(Protocol(), request(), echo)
    assert got.status == 503 and ("retry-after", "5") in got.headers
