"""Slow senders wait at the door without holding a thread; what is too slow or too large is turned away."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from shige.machine.front import body
from shige.machine.front import door as front
from shige.machine.front.door import Door


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


def request(path: str = "/", client: str = "[2001:db8::1]:4711", **headers: str) -> Any:
    named = Headers({name.replace("__", "-"): value for name, value in headers.items()})
    return SimpleNamespace(
        proto="http", http_version="1.1", method="POST", scheme="http", path=path, query_string="a=%20",
        client=client, server="127.0.0.1:80", authority=None, headers=named,
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
    monkeypatch.setattr(body, "IDLE_SECONDS", 0.05)
    assert answered(Protocol([b"a", b"b"], pause=1.0), request(content__length="2"), echo).status == 408


def test_a_body_that_trickles_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "IDLE_SECONDS", 0.05)
    monkeypatch.setattr(body, "SLOWEST", 1_000_000)
    slow = Protocol([b"a"] * 100, pause=0.02)
    assert answered(slow, request(content__length="100"), echo).status == 408


def test_no_speed_is_saved_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A megabyte at once bought four minutes of one byte now and then."""
    monkeypatch.setattr(body, "IDLE_SECONDS", 0.1)
    slow = Protocol([bytes(2**20), *[b"a"] * 100], pause=0.05)
    began = time.monotonic()
    assert answered(slow, request(content__length=str(2**20 + 100)), echo).status == 408
    assert time.monotonic() - began < 2


def test_a_body_has_an_end_however_steadily_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "LONGEST_SECONDS", 0.2)
    steady = Protocol([bytes(2**16)] * 100, pause=0.05)
    assert answered(steady, request(transfer__encoding="chunked"), echo).status == 408


def test_a_large_body_has_to_come_faster_all_the_time() -> None:
    assert body.least(100) == body.SLOWEST
    assert body.least(body.LARGEST) * body.LONGEST_SECONDS >= body.LARGEST


@pytest.mark.parametrize("length", [str(body.LARGEST + 1), "many"])
def test_a_body_that_is_too_large_is_not_read(length: str) -> None:
    assert answered(Protocol([b"a"]), request(content__length=length), echo).status == 413


def test_a_body_that_grows_beyond_the_limit_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "LARGEST", 10)
    endless = Protocol([b"abcd"] * 5)
    assert answered(endless, request(transfer__encoding="chunked"), echo).status == 413


def test_what_is_held_together_is_bounded_and_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "MOST_HELD", 10)
    door = Door(echo)
    for _ in range(3):
        refused, taken = Protocol([b"abcd"] * 5), Protocol([b"abcd"])
        asyncio.run(door.__rsgi__(request(content__length="20"), refused))
        asyncio.run(door.__rsgi__(request(content__length="4"), taken))
        assert (refused.status, taken.status) == (503, 200) and door.room.size == 0


class Unfinished(Protocol):
    """A client that sends something and then nothing more, for as long as one looks."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece
        await asyncio.sleep(60)


def beside(door: Door, unfinished: Any, *others: Any, sent: bytes = b"abcd") -> list[int]:
    """Return what other requests are answered while one is not finished."""

    async def play() -> list[int]:
        slow = asyncio.create_task(door.__rsgi__(unfinished, Unfinished([sent])))
        await asyncio.sleep(0.05)
        quick = [Protocol([b"abcd"]) for _ in others]
        for scope, protocol in zip(others, quick, strict=True):
            await door.__rsgi__(scope, protocol)
        slow.cancel()
        return [each.status for each in quick]

    return asyncio.run(play())


def test_one_address_leaves_room_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "MOST_OF_ONE", 6)
    same, other = (request(client=f"198.51.100.{host}:1", content__length="4") for host in (1, 2))
    mine = request(client="198.51.100.1:9", content__length="6")
    assert beside(Door(echo), mine, same, other) == [429, 200]
    own = request(client="127.0.0.1:1", content__length="4")
    assert beside(Door(echo), own, own) == [200], "from this machine comes a proxy that nobody named"


def test_one_address_has_so_many_requests_open_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "MOST_OPEN_OF_ONE", 1)
    door = Door(echo)
    one, other = (request(client=f"[2001:db8:{net}::{net}]:1", content__length="9") for net in (1, 2))
    other.headers["content-length"] = "4"
    neighbour = request(client="[2001:db8:1::9]:1", content__length="4")
    assert beside(door, one, one, neighbour, other) == [429, 429, 200]
    assert not door.room.open and not door.room.sizes and door.room.size == 0


def test_behind_a_proxy_each_address_counts_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "MOST_OPEN_OF_ONE", 1)
    one, other = (
        request(client="127.0.0.1:1", x__forwarded__for=f"198.51.100.{host}", content__length="4")
        for host in (1, 2)
    )
    assert beside(Door(echo, ["127.0.0.1"]), one, one, other) == [429, 200]
    assert beside(Door(echo), one, one, other) == [200, 200], "nobody's word is taken but a proxy's"


def test_large_bodies_leave_room_to_small_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MOST_HELD": 100, "KEPT_FOR_SMALL": 40, "SMALL": 10}.items():
        monkeypatch.setattr(body, name, value)
    large, small = request(content__length="60"), request(content__length="4")
    assert beside(Door(echo), large, request(content__length="40"), small, sent=bytes(50)) == [503, 200]


def test_what_waits_for_a_thread_counts_until_it_is_answered() -> None:
    door, seen = Door(), []

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.append(door.room.size)
        return echo(environ, start)

    door.application = application
    asyncio.run(door.__rsgi__(request(content__length="4"), Protocol([b"abcd"])))
    assert seen == [4] and door.room.size == 0


def test_hundreds_of_unfinished_bodies_hold_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "IDLE_SECONDS", 30.0)
    door = Door(echo)

    async def play() -> list[int]:
        slow = [
            asyncio.create_task(
                door.__rsgi__(
                    request(client=f"198.51.100.{n}:1", content__length="9"), Protocol([b"a", b"b"], 60.0)
                )
            )
            for n in range(200)
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
