"""The door of a web process: an event loop waits for slow senders, threads work on whole requests only.

granian's own WSGI threads read the body of a request themselves: ten connections that never finished theirs
held all of them. Here (RSGI) nothing that waits for a client takes a thread or a database connection. What is
read and sent is bounded in time and size, for each network address and altogether (``body``, ``line``). The
WSGI application is named by ``SHIGE_APPLICATION``.
"""

import asyncio
import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from itertools import islice
from typing import IO, Any, Final

from granian._granian import RSGIHTTPProtocol, RSGIProtocolClosed
from granian.rsgi import Scope

from shige.trust.origin import behind, is_within, network

from . import body as bodies
from . import line as lines
from .body import RefusedError, Room, Share, within_time
from .environ import environ_of

THREADS: Final = 4
"""Requests worked on at once in each web process, each with a database connection of its own."""

MOST_WAITING: Final = 400
"""Whole requests that wait for a thread; a further one is told to come again."""

IN_MEMORY: Final = 2**20
PIECE: Final = 2**18
"""Bytes of a long answer that a thread hands over at once."""

PIECE_SECONDS: Final = 60.0
"""For a client to take one of them."""

ANSWER_SECONDS: Final = 900.0
"""For a client to take a whole long answer."""

COUNT_SECONDS: Final = 1.0
"""After which it is looked again who has too many connections."""

Headers = list[tuple[str, str]]


@dataclass
class Answer:
    """What the application answered: status and headers, and the body whole or still to be read."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    whole: bytes = b""
    rest: Any = None

    def start(self, status: str, headers: Headers, exc_info: object = None) -> None:
        """Take status and headers, as WSGI hands them over."""
        self.status, self.headers = int(status.split(" ", 1)[0]), headers


class Door:
    """One process's door to a WSGI application, which is loaded when the process begins to serve."""

    def __init__(self, application: Any = None, proxies: Sequence[str] = ()) -> None:
        self.application = application
        self.proxies = proxies
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="web")
        self.waiting = 0
        self.room = Room()
        self.guard: asyncio.Task[None] | None = None

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Load the application, and bound the connections of this process."""
        module, _, name = os.environ["SHIGE_APPLICATION"].partition(":")
        self.application = getattr(import_module(module), name)
        self.proxies = os.environ.get("SHIGE_PROXIES", "").replace(",", " ").split()
        self.guard = loop.create_task(self.guard_connections())

    async def __rsgi__(self, scope: Scope, protocol: RSGIHTTPProtocol) -> None:
        """Read a request, let a thread work on it, and send the answer."""
        if scope.proto != "http":
            return
        try:
            with (
                tempfile.SpooledTemporaryFile(IN_MEMORY) as body,
                self.room.share(self.counted(self.sender(scope))) as share,
            ):
                await self.read(scope, protocol, body, share)
                answer = await self.work(environ_of(scope, body, share.size))
                await self.send(scope, protocol, answer)
        except RefusedError as refused:
            with contextlib.suppress(RSGIProtocolClosed):
                protocol.response_empty(refused.status, [("connection", "close"), ("retry-after", "5")])

    def sender(self, scope: Scope) -> str:
        """Return the address that a request comes from, behind the proxies."""
        forwarded = ",".join(value for name, value in scope.headers.items() if name == "x-forwarded-for")
        return behind(scope.client.rpartition(":")[0].strip("[]"), forwarded, self.proxies)

    def counted(self, address: str) -> str | None:
        """Return whose address it is; None for a proxy's and for those of this machine.

        Behind a proxy on this machine that nobody named in ``SHIGE_PROXIES`` all would share one count.
        """
        return None if is_within(address, ["127.0.0.0/8", "::1", *self.proxies]) else network(address)

    async def guard_connections(self) -> None:
        """End connections that stand still, and those of addresses that have too many, all the time."""
        while not lines.end_unread():  # granian begins to listen after this has begun
            await asyncio.sleep(COUNT_SECONDS / 10)
        while True:
            await asyncio.sleep(COUNT_SECONDS)
            lines.cut_surplus(self.counted)

    async def read(self, scope: Scope, protocol: RSGIHTTPProtocol, body: IO[bytes], share: Share) -> None:
        """Read the body into a file; ``share`` grows by its bytes.

        Raises
        ------
        RefusedError
            400 where it breaks off, 408 where it comes too slowly, 413 where it is too large, 429 where its
            sender, 503 where everybody has too much on the way.
        """
        declared = declared_by(scope)
        if declared is None and "transfer-encoding" not in scope.headers:
            return
        self.room.check(share, declared or 0)
        try:
            async for piece in within_time(protocol, declared or 0):
                share.grow(len(piece))
                body.write(piece)
        except TimeoutError:
            raise RefusedError(408) from None
        except OSError:  # no room on the disk for what is being sent
            raise RefusedError(503) from None
        if share.size < (declared or 0) and scope.method != "PATCH":
            raise RefusedError(400)  # the line broke: half a form is no form; of an upload each piece counts
        body.seek(0)

    async def work(self, environ: dict[str, Any]) -> Answer:
        """Let a thread answer; one request too many is refused at once."""
        if self.waiting >= MOST_WAITING:
            raise RefusedError(503)
        self.waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, self.answered, environ)
        finally:
            self.waiting -= 1

    def answered(self, environ: dict[str, Any]) -> Answer:
        """Call the application, in a thread of this process; short answers are read whole there."""
        answer = Answer()
        parts = self.application(environ, answer.start)
        length = dict((name.lower(), value) for name, value in answer.headers).get("content-length", "")
        if getattr(parts, "streaming", False) and not (length.isdecimal() and int(length) <= PIECE):
            answer.rest = parts
            return answer
        try:
            answer.whole = b"".join(parts)
        finally:
            close(parts)
        return answer

    async def send(self, scope: Scope, protocol: RSGIHTTPProtocol, answer: Answer) -> None:
        """Send an answer, as long as whoever asked is there."""
        with contextlib.suppress(RSGIProtocolClosed):
            if answer.rest is None:
                protocol.response_bytes(answer.status, answer.headers, answer.whole)
            else:
                await self.stream(scope, protocol, answer)

    async def stream(self, scope: Scope, protocol: RSGIHTTPProtocol, answer: Answer) -> None:
        """Send a long answer piece by piece; while the client reads, no thread is held."""
        loop, parts = asyncio.get_running_loop(), iter(answer.rest)
        line = lines.Line(scope.client)
        try:
            transport = protocol.response_stream(answer.status, answer.headers)
            async with asyncio.timeout(ANSWER_SECONDS):
                while piece := await loop.run_in_executor(self.threads, taken, parts):
                    await transport.send_bytes(piece)
                    await line.read_by_client(PIECE // 4, PIECE_SECONDS)
        except TimeoutError:
            line.cut()
        finally:
            line.close()
            await loop.run_in_executor(self.threads, close, answer.rest)


def declared_by(scope: Scope) -> int | None:
    """Return how long a body says that it is; RefusedError (413) where that is too long, or no number."""
    declared = scope.headers.get("content-length")
    if not declared:
        return None
    if not declared.isdecimal() or int(declared) > bodies.LARGEST:
        raise RefusedError(413)
    return int(declared)


def taken(parts: Iterator[bytes]) -> bytes:
    """Return the next pieces of an answer, joined to about ``PIECE``; nothing at its end."""
    gathered = bytearray()
    while len(gathered) < PIECE:
        some = b"".join(islice(parts, 8))
        if not some:
            break
        gathered += some
    return bytes(gathered)


def close(parts: Any) -> None:
    """Close what the application returned, as WSGI asks."""
    with contextlib.suppress(AttributeError):
        parts.close()


door = Door()
