"""How fast the tiles of the map are served."""

import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from tests.program import Running

from shige.territory.models import TileSet
from shige.territory.tiles.commands import folder_of

from .timing import Line, latency
from .visiting import Visitor, repeat

COUNT = 300
MOST_SECONDS = 10.0
MADE_WITHIN = 150.0


def lines(running: Running) -> Iterator[Line]:
    """Fetch tiles of both maps, spread over all zooms."""
    for kind in (TileSet.Kind.GRIDS, TileSet.Kind.BASE):
        edition = newest(kind)
        paths = addresses(kind, edition)
        times = repeat(Visitor(running.address), cycle(paths).__next__, COUNT, MOST_SECONDS)
        yield from latency(f"map tile, {kind.value}", times, f"{len(paths)} different tiles, one client")


def newest(kind: str) -> int:
    """Return the newest edition, waiting for the job that makes it."""
    last = time.monotonic() + MADE_WITHIN
    while time.monotonic() < last:
        edition = TileSet.objects.filter(kind=kind).order_by("-pk").values_list("pk", flat=True).first()
        if edition:
            return edition
        time.sleep(0.5)
    raise SystemExit(f"No {kind} tiles were made within {MADE_WITHIN:.0f} s.")


def addresses(kind: str, edition: int) -> list[str]:
    """Return the addresses of at most ``COUNT`` tiles of an edition, evenly from all of them."""
    folder = folder_of(kind, edition)
    files = sorted(path.relative_to(folder) for path in Path(folder).rglob("*.mvt.gz"))
    return [f"/tiles/{kind}/{edition}/{file.as_posix()}" for file in files[:: max(1, len(files) // COUNT)]]
