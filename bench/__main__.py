"""`python -m bench [PART ...]` measures the program on this machine and prints one table.

Parts: starting, dividing, loading, filing, waiting, tiles, circling, places, listing, sweeping,
inviting, organising, covering; without any, all of them.
Everything runs on loopback, on a folder of its own that is removed at the end. Nothing is asserted: figures
are to be read.
"""

import os
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

import django
from tests.cluster_fixture import reachable_folder
from tests.program import Running, started

from shige.machine.database.cluster import Cluster
from shige.machine.processes.services import program_environment

from . import dividing, starting
from .timing import Line

SERVED = (
    "loading",
    "filing",
    "waiting",
    "tiles",
    "circling",
    "places",
    "listing",
    "sweeping",
    "inviting",
    "organising",
    "covering",
)
"""Parts that measure one running program, in this order: the last six fill its tables."""

PARTS = ("starting", "dividing", *SERVED)


def main(wanted: list[str]) -> None:
    """Measure the wanted parts and print their lines."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"There is no part {', '.join(sorted(unknown))}; parts are {', '.join(PARTS)}.")
    wanted = wanted or list(PARTS)
    print(f"{os.cpu_count()} cores, {load()} processes busy at the start")
    if "dividing" in wanted:
        show(dividing.lines())
    with reachable_folder() as data:
        if "starting" in wanted:
            show(starting.lines(data))
        measure_served(data, [part for part in SERVED if part in wanted])


def measure_served(data: Path, parts: list[str]) -> None:
    """Measure one running program."""
    if not parts:
        return
    with started(data) as running:
        os.environ.update(program_environment(data, Cluster(data).program_url))
        django.setup()
        for part in parts:
            lines: Callable[[Running], Iterable[Line]] = import_module(f"bench.{part}").lines
            show(lines(running))


def show(lines: Iterable[Line]) -> None:
    """Print each line of the table as soon as it is measured."""
    for line in lines:
        print(line, flush=True)


def load() -> str:
    """Return how busy the machine was during the last minute, as figures depend on it."""
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main(sys.argv[1:])
