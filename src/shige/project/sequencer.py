"""The process that gives the journal its order and writes down outside the database what it is (P7)."""

import os
import signal
from collections.abc import Callable
from threading import Event
from types import FrameType

import django
import structlog

PAUSE = 0.5
"""Seconds in which entries gather: taken at once they come one by one, each with a commit of its own."""

log = structlog.get_logger()


def main() -> None:
    """Sequence the journal and let the figures follow until asked to end; then write the last checkpoint."""
    stop = Event()
    signal.signal(signal.SIGTERM, lambda number, frame: _ask(stop, number, frame))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shige.project.settings")
    django.setup()
    from shige.insight.commands import advance
    from shige.machine.journal.checkpoint_schedule import Anchor

    anchor = Anchor.from_settings()
    while not stop.wait(PAUSE):
        attempt(anchor.step)
        attempt(advance)
    attempt(anchor.end)


def attempt(step: Callable[[], object]) -> None:
    """Do one step; what stands in its way is logged, and the next one tries again."""
    from django.db import InterfaceError, OperationalError, connection

    try:
        step()
    except (OperationalError, InterfaceError) as error:
        log.warning("journal waits for the database", error=str(error).partition("\n")[0])
        connection.close()
    except OSError as error:
        log.error("checkpoint cannot be written", error=str(error))


def _ask(stop: Event, number: int, frame: FrameType | None) -> None:
    stop.set()


if __name__ == "__main__":
    main()
