"""The commands `shige import divisions` and `shige import units`."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from shige.machine.processes.program import data_option, running

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shige.geo.datum import Datum

    from .intake.faults import Fault
    from .intake.ground import ImportFile

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be done, and save nothing.")


@click.group("import")
def import_group() -> None:
    """Import the ground plan: divisions, buildings, roads."""


@import_group.command()
@click.argument("file", type=FILE)
@DRY_RUN
@data_option
def divisions(file: Path, dry_run: bool, data: Path) -> None:
    """Import divisions with their official codes (CSV, Excel): 代码/code, 名称/name."""
    with speaking(data):
        from django.utils.translation import gettext as _
        from django.utils.translation import ngettext

        from shige.trust.gate import SYSTEM

        from .intake.commands.divisions import import_divisions
        from .intake.divisions import read_divisions

        rows, faults, notes = read_divisions(handed_in(file))
        stop_at(faults, notes)
        count = ngettext("%(count)s division in the file.", "%(count)s divisions in the file.", len(rows))
        click.echo(count % {"count": len(rows)})
        if dry_run:
            click.echo(_("Nothing was saved."))
            return
        done = import_divisions(SYSTEM, rows)
        told = {"added": done.added, "renamed": done.renamed}
        click.echo(_("%(added)d divisions added, %(renamed)d renamed.") % told)


@import_group.command()
@click.argument("file", type=FILE)
@click.option("--barriers", type=FILE, help="Roads, railways and rivers.")
@click.option("--areas", type=FILE, help="Outlines of the communities.")
@click.option("--base", type=FILE, help="Water, parks and what else is only drawn.")
@click.option("--datum", type=click.Choice(["wgs84", "gcj02", "bd09"]), default="wgs84", show_default=True)
@click.option("--trust-places", is_flag=True, help="Take the files although they seem to be of other places.")
@DRY_RUN
@data_option
def units(
    file: Path, barriers: Path | None, areas: Path | None, base: Path | None, datum: "Datum",
    trust_places: bool, dry_run: bool, data: Path,
) -> None:  # fmt: skip
    """Import buildings (GeoJSON, CSV, Excel), all files or nothing."""
    with speaking(data):
        from django.utils.translation import gettext as _

        from shige.trust.gate import SYSTEM

        from .intake.commands.units import import_units
        from .intake.ground import read_ground
        from .intake.queries import preview_units

        roads, outlines, drawn = (handed_in(path) if path else None for path in (barriers, areas, base))
        ground = read_ground(handed_in(file), roads, outlines, drawn, datum, trusted=trust_places)
        stop_at(ground.faults, ground.notes)
        for line in preview_units(SYSTEM, ground).lines():
            click.echo(line)
        if dry_run:
            click.echo(_("Nothing was saved."))
            return
        done = import_units(SYSTEM, ground.units, ground.features, ground.areas, ground.unsaid)
        told = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
        click.echo(
            _("%(added)d buildings added, %(changed)d changed, %(unchanged)d as they were.") % told
            + " "
            + _("%(doors)d doors made.") % {"doors": done.doors}
        )


@contextmanager
def speaking(data: Path) -> "Iterator[None]":
    """Have the program for the time of a block, in the language of its profile."""
    with running(data):
        from django.utils.translation import override

        from shige.trust.jurisdiction import profile

        with override(profile().language):
            yield


def handed_in(path: Path) -> "ImportFile":
    """Read a file as it was handed in."""
    from .intake.ground import ImportFile

    return ImportFile(path.name, path.read_bytes())


def stop_at(faults: "Iterable[Fault]", notes: "Iterable[Fault]" = ()) -> None:
    """Print what is told of the files; print every fault, if any, and leave with nothing saved."""
    listed = list(faults)
    for fault in (*notes, *listed):
        click.echo(str(fault), err=True)
    if listed:
        leave(len(listed))


def leave(count: int) -> NoReturn:
    """End the program with status 1."""
    from django.utils.translation import ngettext

    said = ngettext("%(count)s error; nothing was saved", "%(count)s errors; nothing was saved", count)
    click.echo(said % {"count": count}, err=True)
    raise SystemExit(1)
