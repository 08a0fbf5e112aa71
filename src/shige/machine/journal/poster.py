"""Brings checkpoints to an address of the operator; whatever happens there, the sequencer goes on."""

import urllib.request
from collections import deque
from threading import Condition, Thread
from urllib.parse import urlsplit

import structlog

MOST = 1000
"""Lines that wait at most: each is chained to those before, so that a later one vouches for a lost one."""

PATIENCE = 10.0
FIRST_DELAY, LONGEST_DELAY = 1.0, 60.0

log = structlog.get_logger()


class Poster:
    """Posts lines one after the other (``application/x-ndjson``), again and again until each is taken.

    Parameters
    ----------
    url : str
        An http or https address that answers with a status of 2xx.
    first_delay : float
        Seconds before a line that was not taken is sent again; then ever longer, to a minute.
    """

    def __init__(self, url: str, first_delay: float = FIRST_DELAY) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise ValueError("SHIGE_CHECKPOINT_URL must begin with http:// or https://")
        self._url, self._first_delay = url, first_delay
        self._lines: deque[bytes] = deque(maxlen=MOST)
        self._changed = Condition()
        self._ending = False
        self._thread = Thread(target=self._run, name="checkpoints", daemon=True)
        self._thread.start()

    def post(self, line: bytes) -> None:
        """Send a line some time; returns at once."""
        with self._changed:
            self._lines.append(line)
            self._changed.notify()

    def end(self, patience: float = 3.0) -> None:
        """Send what waits once more, for at most some seconds."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        self._thread.join(patience)

    def _run(self) -> None:
        delay = self._first_delay
        while (line := self._next()) is not None:
            if self._sent(line):
                delay = self._first_delay
                self._done(line)
            elif self._waited(delay):
                delay = min(delay * 2, LONGEST_DELAY)
            else:
                return

    def _next(self) -> bytes | None:
        """Wait for a line; None at the end."""
        with self._changed:
            while not self._lines and not self._ending:
                self._changed.wait()
            return self._lines[0] if self._lines else None

    def _done(self, line: bytes) -> None:
        with self._changed:
            if self._lines and self._lines[0] is line:  # else it was pushed out by newer ones meanwhile
                self._lines.popleft()

    def _waited(self, delay: float) -> bool:
        """Wait, or less where something comes in; False at the end, where nothing is tried again."""
        with self._changed:
            if not self._ending:
                self._changed.wait(delay)
            return not self._ending

    def _sent(self, line: bytes) -> bool:
        request = urllib.request.Request(  # noqa: S310 (only http and https, see above)
            self._url, line + b"\n", {"Content-Type": "application/x-ndjson"}
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
                return True
        except (OSError, ValueError) as error:
            log.warning("checkpoint was not taken", error=str(error))
            return False
