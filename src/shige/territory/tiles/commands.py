"""Make an edition of vector tiles: files, written once, compressed and never changed."""

import gzip
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import translation

from shige.trust.commands import record
from shige.trust.gate import Viewer, require

from ..facts import TilesMade
from ..models import TileSet
from . import Drawn, grids, ground, pyramid

KEPT = 2
"""Editions of a kind that stay: pages that are open may still ask for the one before."""

SOURCES: dict[str, tuple[Callable[[], Iterable[Drawn]], range]] = {
    TileSet.Kind.BASE: (ground.base_things, ground.ZOOMS),
    TileSet.Kind.GRIDS: (grids.grid_things, grids.ZOOMS),
}


@transaction.atomic
def make_tiles(viewer: Viewer, kind: str) -> TileSet:
    """Draw the base map or the grids in force anew, and put the edition in use."""
    require(viewer, "territory.import")
    things, zooms = SOURCES[kind]
    made = TileSet.objects.create(kind=kind, tiles=0)
    with translation.override(settings.LANGUAGE_CODE):
        made.tiles = write(things(), zooms, folder_of(kind, made.pk))
    made.save(update_fields=["tiles"])
    record(viewer, "tiles.made", "tiles", made.pk, 1, fact=TilesMade(kind=kind, tiles=made.tiles))
    transaction.on_commit(lambda: drop_old(kind))
    return made


def folder_of(kind: str, edition: int) -> Path:
    """Return where the files of an edition lie."""
    return Path(settings.DATA) / "tiles" / kind / str(edition)


def write(things: Iterable[Drawn], zooms: range, folder: Path) -> int:
    """Write the tiles of an edition; return how many."""
    shutil.rmtree(folder, ignore_errors=True)
    count = 0
    for (zoom, column, row), content in pyramid(things, zooms):
        file = folder / str(zoom) / str(column) / f"{row}.mvt.gz"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(gzip.compress(content, mtime=0))
        count += 1
    return count


def drop_old(kind: str) -> None:
    """Remove the files of editions that nobody asks for any more."""
    old = TileSet.objects.filter(kind=kind).order_by("-pk").values_list("pk", flat=True)[KEPT:]
    for edition in old:
        shutil.rmtree(folder_of(kind, edition), ignore_errors=True)
