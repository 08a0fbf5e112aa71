"""The door of a web process: an event loop waits for slow senders, threads work on whole requests only.

granian's own WSGI threads read the body of a request themselves: ten connections that never finished theirs
held all of them. Here (RSGI) nothing that waits for a client takes a thread or a database connection, and
what is read is bounded in time and size. The WSGI application is named by ``SHIGE_APPLICATION``.
"""

import asyncio
import contextlib
import io
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from itertools import islice
from typing import IO, Any, Final

from granian._granian import RSGIHTTPProtocol, RSGIProtocolClosed
from granian.rsgi import Scope

THREADS: Final = 4
"""Requests worked on at once in each web process, each with a database connection of its own."""

MOST_WAITING: Final = 400
"""Whole requests that wait for a thread; a further one is told to come again."""

IDLE_SECONDS: Final = 10.0
"""Longest silence within a body."""

SLOWEST: Final = 4096
"""Bytes a second that a body has to arrive with on the whole, after its first ``IDLE_SECONDS``."""

LARGEST_BODY: Final = 256 * 2**20
IN_MEMORY: Final = 2**20
MOST_HELD: Final = 2**30
"""Bytes of unfinished and waiting bodies in one process together."""

PIECE: Final = 2**18
"""Bytes of a long answer that a thread hands over at once."""

Headers = list[tuple[str, str]]


class RefusedError(Exception):
    """A request that is not taken, with the status that says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


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

    def __init__(self, application: Any = None) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="web")
        self.waiting = 0
        self.held = 0

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Load the application."""
        module, _, name = os.environ["SHIGE_APPLICATION"].partition(":")
        self.application = getattr(import_module(module), name)

    async def __rsgi__(self, scope: Scope, protocol: RSGIHTTPProtocol) -> None:
        """Read a request, let a thread work on it, and send the answer."""
        if scope.proto != "http":
            return
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                size = await self.read(scope, protocol, body)
                answer = await self.work(environ_of(scope, body, size))
            except RefusedError as refused:
                protocol.response_empty(refused.status, [("connection", "close"), ("retry-after", "5")])
                return
        with contextlib.suppress(RSGIProtocolClosed):  # whoever asked has gone
            if answer.rest is None:
                protocol.response_bytes(answer.status, answer.headers, answer.whole)
            else:
                await self.stream(protocol, answer)

    async def read(self, scope: Scope, protocol: RSGIHTTPProtocol, body: IO[bytes]) -> int:
        """Read the body into a file; return its bytes.

        Raises
        ------
        RefusedError
            400 where it breaks off, 408 where it comes too slowly, 413 where it is too large, 503 where too
            much is held already.
        """
        declared = declared_by(scope)
        if declared is None and "transfer-encoding" not in scope.headers:
            return 0
        size = 0
        try:
            async for piece in within_time(protocol):
                size += len(piece)
                self.held += len(piece)
                if size > LARGEST_BODY:
                    raise RefusedError(413)
                if self.held > MOST_HELD:
                    raise RefusedError(503)
                body.write(piece)
        except TimeoutError:
            raise RefusedError(408) from None
        except OSError:  # no room on the disk for what is being sent
            raise RefusedError(503) from None
        finally:
            self.held -= size
        if size < (declared or 0) and scope.method != "PATCH":
            raise RefusedError(400)  # the line broke: half a form is no form; of an upload each piece counts
        body.seek(0)
        return size

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

    async def stream(self, protocol: RSGIHTTPProtocol, answer: Answer) -> None:
        """Send a long answer piece by piece; while the client reads, no thread is held."""
        loop, parts = asyncio.get_running_loop(), iter(answer.rest)
        try:
            transport = protocol.response_stream(answer.status, answer.headers)
            while piece := await loop.run_in_executor(self.threads, taken, parts):
                await transport.send_bytes(piece)
        finally:
            await loop.run_in_executor(self.threads, close, answer.rest)


def declared_by(scope: Scope) -> int | None:
    """Return how long a body says that it is; RefusedError (413) where that is too long, or no number."""
    declared = scope.headers.get("content-length")
    if not declared:
        return None
    if not declared.isdecimal() or int(declared) > LARGEST_BODY:
        raise RefusedError(413)
    return int(declared)


async def within_time(protocol: RSGIHTTPProtocol) -> AsyncIterator[bytes]:
    """Yield the pieces of a body; TimeoutError after a silence, or where it trickles."""
    loop = asyncio.get_running_loop()
    began, size, pieces = loop.time(), 0, aiter(protocol)
    while True:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                piece = bytes(await anext(pieces))
        except StopAsyncIteration:
            return
        size += len(piece)
        if loop.time() - began > IDLE_SECONDS + size / SLOWEST:
            raise TimeoutError
        yield piece


def environ_of(scope: Scope, body: IO[bytes], size: int) -> dict[str, Any]:
    """Return a request as WSGI has it."""
    client, _, client_port = scope.client.rpartition(":")
    server, _, server_port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "GATEWAY_INTERFACE": "CGI/1.1",
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode(errors="surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": client.strip("[]"),
        "REMOTE_PORT": client_port,
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": server_port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body if size else io.BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:  # would be taken for the header with a dash, such as X-Forwarded-For
            continue
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        apart = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{apart}{value}" if key in environ else value
    if size:
        environ["CONTENT_LENGTH"] = str(size)
    if "HTTP_HOST" not in environ and scope.authority:
        environ["HTTP_HOST"] = scope.authority
    return environ


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
