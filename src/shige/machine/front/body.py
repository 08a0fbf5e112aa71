"""Bodies of requests on their way in: how slow and how large one may be, and all of them together."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

IDLE_SECONDS: Final = 10.0
"""Longest silence within a body; and the time in which some of it has to come, over and over."""

SLOWEST: Final = 4096
"""Bytes a second with which a body has to come, in every ``IDLE_SECONDS`` anew: no speed is saved up."""

LONGEST_SECONDS: Final = 900.0
"""For a whole body. A large one has to come so fast, all the time, that this is enough."""

LARGEST: Final = 256 * 2**20
SMALL: Final = 16 * 2**20
MOST_HELD: Final = 2**30
"""Bytes of unfinished and waiting bodies in one process together."""

KEPT_FOR_SMALL: Final = 2**28
"""Of these, what only bodies up to ``SMALL`` may use: a form with photos finds room beside any large ones."""

MOST_OF_ONE: Final = 2**28
"""Of these, what one network address may use."""

MOST_OPEN_OF_ONE: Final = 64
"""Requests of one network address that are being read, waited for or answered in one process."""


class RefusedError(Exception):
    """A request that is not taken, with the status that says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Pieces(Protocol):
    """What a body is read from."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield it piece by piece."""


@dataclass
class Share:
    """What one request holds: ``network`` is None where it is not counted against others of its address."""

    room: "Room"
    network: str | None
    size: int = 0

    def grow(self, more: int) -> None:
        """Hold so many bytes more.

        Raises
        ------
        RefusedError
            413 where it becomes too large, 429 where its sender holds too much, 503 where all do.
        """
        self.room.check(self, more)
        self.size += more
        self.room.size += more
        if self.network is not None:
            self.room.sizes[self.network] += more


class Room:
    """What all requests of a process hold together, and each network address."""

    def __init__(self) -> None:
        self.size = 0
        self.sizes: dict[str, int] = defaultdict(int)
        self.open: dict[str, int] = defaultdict(int)

    @contextmanager
    def share(self, network: str | None) -> Iterator[Share]:
        """Keep a share for one request until it is answered.

        Raises
        ------
        RefusedError
            429: its sender has too many open.
        """
        if network is not None and self.open[network] >= MOST_OPEN_OF_ONE:
            raise RefusedError(429)
        share = Share(self, network)
        if network is not None:
            self.open[network] += 1
        try:
            yield share
        finally:
            self._release(share)

    def check(self, share: Share, more: int) -> None:
        """Raise RefusedError where a share may not grow by so much."""
        size = share.size + more
        if size > LARGEST:
            raise RefusedError(413)
        if share.network is not None and self.sizes[share.network] + more > MOST_OF_ONE:
            raise RefusedError(429)
        if self.size + more > (MOST_HELD if size <= SMALL else MOST_HELD - KEPT_FOR_SMALL):
            raise RefusedError(503)

    def _release(self, share: Share) -> None:
        self.size -= share.size
        if share.network is None:
            return
        self.sizes[share.network] -= share.size
        self.open[share.network] -= 1
        if not self.open[share.network]:
            del self.open[share.network], self.sizes[share.network]


async def within_time(pieces: Pieces, declared: int) -> AsyncIterator[bytes]:
    """Yield the pieces of a body that says it has ``declared`` bytes (0: it does not say).

    Raises
    ------
    TimeoutError
        After a silence, where it comes too slowly for its size, or takes too long.
    """
    loop, coming = asyncio.get_running_loop(), aiter(pieces)
    began = counted = loop.time()
    size = lately = 0
    while True:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                piece = bytes(await anext(coming))
        except StopAsyncIteration:
            return
        size, lately, now = size + len(piece), lately + len(piece), loop.time()
        if now - began > LONGEST_SECONDS:
            raise TimeoutError
        if now - counted > IDLE_SECONDS:
            if lately < least(max(size, declared)) * (now - counted):
                raise TimeoutError
            counted, lately = now, 0
        yield piece


def least(size: int) -> float:
    """Return with how many bytes a second a body of this size has to come."""
    return max(SLOWEST, size / LONGEST_SECONDS)
