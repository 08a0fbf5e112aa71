"""Connections of this process as the kernel has them: what a client has not read, and how they end.

granian takes any amount of an answer at once and keeps it in memory until the client reads; it tells neither
how far that is, nor ends a connection that stands still. The kernel (Linux) does both.
"""

import asyncio
import contextlib
import fcntl
import os
import socket
import struct
import termios
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

UNREAD_MILLISECONDS: Final = 30_000
"""How long a client may leave what was sent to it unread before the kernel ends the connection."""

MOST_OF_ONE: Final = 128
"""Connections from one network address to one web process."""

WORTH_COUNTING: Final = 256
"""Descriptors of this process below which nobody counts connections."""

SHORTEST: Final = 0.005
LONGEST: Final = 0.05
"""Seconds between looks at what a client has not read yet."""

DESCRIPTORS: Final = Path("/proc/self/fd")


class Line:
    """The connection of one request, seen from aside: nothing is read from it or written to it here.

    One that is not found, because the client has gone, is never waited for.
    """

    def __init__(self, client: str) -> None:
        """Find the connection of ``address:port``, as granian writes a client."""
        self._end: socket.socket | None = None
        address, _, port = client.rpartition(":")
        for end, peer in _connections():
            if self._end is None and peer == (address.strip("[]"), int(port)):
                self._end = end
            else:
                end.close()

    async def read_by_client(self, rest: int, seconds: float) -> None:
        """Wait until the client has taken all that was sent but ``rest`` bytes.

        Raises
        ------
        TimeoutError
            That takes longer than ``seconds``.
        """
        pause = SHORTEST
        async with asyncio.timeout(seconds):
            while self._end is not None:
                await asyncio.sleep(pause)  # before the first look too: another thread of granian's sends
                if unsent(self._end) <= rest:
                    return
                pause = min(2 * pause, LONGEST)

    def cut(self) -> None:
        """End the connection."""
        if self._end is not None:
            cut(self._end)

    def close(self) -> None:
        """Look at it no more; the connection itself goes on."""
        if self._end is not None:
            self._end.close()


def unsent(end: socket.socket) -> int:
    """Return how many bytes of a connection the other end has not taken yet."""
    return int(struct.unpack("i", fcntl.ioctl(end.fileno(), termios.TIOCOUTQ, bytes(4)))[0])


def cut(end: socket.socket) -> None:
    """End a connection."""
    with contextlib.suppress(OSError):  # it has ended by itself
        end.shutdown(socket.SHUT_RDWR)


def end_unread() -> bool:
    """Let the kernel end every connection whose client reads nothing for a while; say whether it could.

    Each connection inherits that from the socket that listens: before there is one, nothing can be done.
    """
    listens = False
    for end in _sockets():
        with contextlib.closing(end):
            if end.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MILLISECONDS)
                listens = True
    return listens


def cut_surplus(counted: Callable[[str], str | None]) -> int:
    """End connections of those who have more than ``MOST_OF_ONE``; return how many.

    Parameters
    ----------
    counted
        Says whose an address is; None for one that is not counted, such as a proxy's.
    """
    if len(_numbers()) < WORTH_COUNTING:
        return 0
    counts: dict[str, int] = defaultdict(int)
    ended = 0
    for end, (address, _) in _connections():
        with contextlib.closing(end):
            network = counted(address)
            if network is None:
                continue
            counts[network] += 1
            if counts[network] > MOST_OF_ONE:
                cut(end)
                ended += 1
    return ended


def _connections() -> Iterator[tuple[socket.socket, tuple[str, int]]]:
    """Yield the connections of this process, each to be closed by the caller, with their other ends."""
    for end in _sockets():
        peer = _peer(end)
        if peer is None:
            end.close()
        else:
            yield end, peer


def _sockets() -> Iterator[socket.socket]:
    """Yield descriptors of our own, to be closed by the caller, of the TCP sockets of this process."""
    for number in _numbers():
        try:
            held = os.dup(number)
        except OSError:  # closed since
            continue
        try:
            end = socket.socket(fileno=held)
        except OSError:  # no socket
            os.close(held)
            continue
        if end.type == socket.SOCK_STREAM and end.family in (socket.AF_INET, socket.AF_INET6):
            yield end
        else:
            end.close()


def _numbers() -> list[int]:
    return [int(each.name) for each in DESCRIPTORS.iterdir()] if DESCRIPTORS.is_dir() else []


def _peer(end: socket.socket) -> tuple[str, int] | None:
    try:
        address, port, *_ = end.getpeername()
    except OSError:  # not connected
        return None
    return str(address), int(port)
