"""`shige divide`: from files to files, without a database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from shige.division import divide
from shige.division.agreement import disagreements
from shige.division.previous import read_assignment
from shige.division.units import LEVELS, Previous
from shige.profile.loader import load
from shige.tables.geojson import from_geojson
from shige.tables.headers import AREAS, BARRIERS, Columns, unit_columns
from shige.tables.places import Feature, all_problems, located
from shige.tables.problems import Problem, UnreadableTable
from shige.tables.words import NO_UNITS, TRUST, of_terminal

from .input import read_areas, read_barriers, read_units, ways_left_out
from .output import write_division
from .workers import cluster

_NAMED = 50  # faults that are named
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_Read = TypeVar("_Read")


@click.command("divide")
@click.argument("units", type=_FILE)
@click.option("--barriers", type=_FILE, help="Roads, railways and rivers (GeoJSON).")
@click.option("--areas", type=_FILE, help="Polygons of the communities (GeoJSON).")
@click.option(
    "--profile", default="chengdu", show_default=True, help="Jurisdiction profile: a name or a file."
)
@click.option("--previous", type=_FILE, help="assignment.csv of the division in force.")
@click.option("--trust-places", is_flag=True, help="Divide although the files seem to be of other places.")
@click.option(
    "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write."
)
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 1024), help="Processes.")
@click.option(
    "--scheduler", metavar="ADDRESS", help="Dask scheduler, e.g. tcp://127.0.0.1:8786, to divide on."
)
def command(
    units: Path, barriers: Path | None, areas: Path | None, profile: str, previous: Path | None,
    output: Path, jobs: int, scheduler: str | None, trust_places: bool,
) -> None:  # fmt: skip
    """Divide the communities of UNITS (GeoJSON) into general, micro- and exclusive grids.

    Writes assignment.csv, grids.geojson and report.json into the output folder. A grid that cannot keep a
    rule is listed in the report with the reason.
    """
    try:
        rules = load(profile)
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    kinds = rules.grids.kinds
    say = of_terminal()
    outlines = _read(areas, Columns(AREAS), ("community",), read_areas) if areas else None
    read = _read(
        units, unit_columns(kinds), ("id", "community", "households"),
        lambda rows: read_units(rows, outlines, [kind.code for kind in kinds]),
    )  # fmt: skip
    if not read:
        raise click.ClickException(f"{units}: {say(NO_UNITS)}")
    lines = _read(barriers, Columns(BARRIERS), ("class",), read_barriers) if barriers else []
    in_force = _previous(previous) if previous else None
    apart = [problem.said(say) for problem in disagreements(read, outlines or {}, in_force, lines)]
    if apart and not trust_places:
        raise click.ClickException("\n".join([*apart, say(TRUST)]))
    for said in apart:
        click.echo(said, err=True)
    try:
        with cluster(scheduler) if scheduler else nullcontext() as executor, _watched() as progress:
            division = divide(
                read, lines, rules, in_force,
                areas=outlines, jobs=jobs, executor=executor, progress=progress,
            )  # fmt: skip
        write_division(division, output)
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    numbers = division.metrics
    counts = ", ".join(f"{numbers[f'{level}_grids']} {level}" for level in LEVELS)
    click.echo(
        f"{numbers['units']} units, grids: {counts}; {numbers['violations']} broken rules, see report.json"
    )


@contextmanager
def _watched() -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar while communities are divided, where somebody looks at a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = TextColumn("dividing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _read(
    path: Path,
    columns: Columns,
    needed: Sequence[str],
    reader: Callable[[list[Feature]], tuple[_Read, list[Problem]]],
) -> _Read:
    """Read a GeoJSON file and say what was read otherwise, or stop with everything that is wrong with it."""
    say = of_terminal()
    try:
        table = from_geojson(path.read_bytes(), columns)
    except UnreadableTable as error:
        raise click.ClickException(f"{path}: {error.problem.told(say)}") from error
    features, problems, notes = located(table)
    result, further = reader(features)
    found = all_problems(table, [*table.without(needed), *problems], further)
    if found:
        raise click.ClickException(_listed(path, [problem.told(say) for problem in found]))
    if "class" in columns.wanted:
        notes += ways_left_out(features)
    for note in [*table.notes, *notes]:
        click.echo(f"{path}: {note.said(say)}", err=True)
    return result


def _listed(path: Path, faults: Sequence[str]) -> str:
    """Name what is wrong with a file, as much of it as a person reads."""
    more = [f"  and {len(faults) - _NAMED} more"] if len(faults) > _NAMED else []
    said = f"{len(faults)} fault{'s' * (len(faults) > 1)}"
    return "\n".join([f"{path}: {said}", *(f"  {fault}" for fault in faults[:_NAMED]), *more])


def _previous(path: Path) -> Previous:
    """Read the assignment, and the serials from the report beside it, which also knows withdrawn codes."""
    try:
        previous = read_assignment(path)
    except ValueError as error:
        raise click.ClickException(_listed(path, str(error).splitlines())) from error
    report = path.with_name("report.json")
    if not report.exists():
        return previous
    try:
        told = {
            str(code): int(serial)
            for code, serial in json.loads(report.read_text("utf-8"))["serials"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return previous  # another file of that name
    known = previous.serials
    return Previous(
        previous.pieces, {c: max(told.get(c, 0), known.get(c, 0)) for c in told.keys() | known.keys()}
    )
