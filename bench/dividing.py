"""How long `shige divide` takes on the shared places, from files to files."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from tests.program import SHIGE, environment

from .timing import Line

SHARED = Path(__file__).parents[2] / "shared" / "data" / "units"
PLACES = ("suzhou", "shanghai")
PROCESSES = min(2, os.cpu_count() or 1)


def lines() -> list[Line]:
    """Divide each place once with one process and once with two; one run before fills numba's cache."""
    if not SHARED.exists():
        return [Line("divide", None, "", "left out: ../shared/data is not on this machine")]
    seconds(PLACES[0], 1)
    found = []
    for place in PLACES:
        for jobs in range(1, PROCESSES + 1):
            took, said = seconds(place, jobs)
            found.append(Line(f"divide {place}, {jobs} process{'es' * (jobs > 1)}", took, "s", said))
    return found


def seconds(place: str, jobs: int) -> tuple[float, str]:
    """Return how long the whole command took, start of Python included, and what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        files = [SHARED / f"{place}_{kind}.geojson" for kind in ("units", "barriers", "areas")]
        options = ["--barriers", files[1], "--areas", files[2], "--output", folder, "--jobs", str(jobs)]
        began = time.perf_counter()
        done = subprocess.run(
            [*SHIGE, "divide", files[0], *options],
            env=environment(),
            check=True,
            capture_output=True,
            text=True,
        )
        return time.perf_counter() - began, done.stdout.strip()
