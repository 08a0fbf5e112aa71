"""How fast the tiles of the map are served."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from tests.program import Running

from shige.territory.commands.tiles import folder_of
from shige.territory.models import TileSet

from .timing import Line, latency
from .visiting import Visitor, repeat

COUNT = 300
MOST_SECONDS = 10.0


def lines(running: Running) -> Iterator[Line]:
    """Fetch tiles of both maps, spread over all zooms."""
    for kind in (TileSet.Kind.GRIDS, TileSet.Kind.BASE):
        edition = TileSet.objects.filter(kind=kind).latest("pk").pk
        paths = addresses(kind, edition)
        times = repeat(Visitor(running.address), cycle(paths).__next__, COUNT, MOST_SECONDS)
        yield from latency(f"map tile, {kind.value}", times, f"{len(paths)} different tiles, one client")


def addresses(kind: str, edition: int) -> list[str]:
    """Return the addresses of at most ``COUNT`` tiles of an edition, evenly from all of them."""
    folder = folder_of(kind, edition)
    files = sorted(path.relative_to(folder) for path in Path(folder).rglob("*.mvt"))
    return [f"/tiles/{kind}/{edition}/{file.as_posix()}" for file in files[:: max(1, len(files) // COUNT)]]
