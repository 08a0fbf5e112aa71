"""How long a start takes: an empty folder with the sample made, and the same folder again."""

import time
from pathlib import Path

from tests.program import started

from .timing import Line


def lines(data: Path) -> list[Line]:
    """Start the program on an empty folder, stop it, and start it again."""
    first, second = seconds(data), seconds(data)
    return [
        Line("first start", first, "s", "empty folder to serving, database and sample jurisdiction made"),
        Line("second start", second, "s", "the same folder again"),
    ]


def seconds(data: Path) -> float:
    """Return the time from the command to the first page that can be served."""
    began = time.perf_counter()
    with started(data) as running:
        return running.ready - began
