"""The commands `shige import matters`, which takes over another system's, and `shige matter`."""

from pathlib import Path

import click

from shige.machine.processes.program import data_option, running
from shige.territory.cli import FILE, handed_in, import_group, leave, stop_at


@import_group.command()
@click.argument("file", type=FILE)
@click.option("--street", required=True, help="Code of the street that takes what lies outside every grid.")
@click.option(
    "--mapping", type=FILE, help="What columns, types and states mean (TOML); else the usual headers."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and save nothing.")
@data_option
def matters(file: Path, street: str, mapping: Path | None, dry_run: bool, data: Path) -> None:
    """Import matters (CSV, Excel), all rows or nothing; rows that are known already are left alone."""
    with running(data):
        from django.core.exceptions import ValidationError

        from shige.territory.intake.tables import UnreadableFile
        from shige.territory.models import Area
        from shige.trust.gate import SYSTEM

        from .importing.columns import MappingError, load_mapping
        from .importing.commands import import_matters
        from .importing.rows import read_matters

        area = Area.objects.filter(code=street, level="street").first()
        if area is None:
            raise click.ClickException(f"there is no street {street}; give its 12-digit code")
        handed = handed_in(file)
        try:
            meant = load_mapping(mapping.read_text("utf-8")) if mapping else None
            intake = read_matters(handed.name, handed.content, meant)
        except MappingError as error:
            raise click.ClickException(str(error)) from None
        except UnreadableFile as error:
            click.echo(str(error.fault), err=True)
            leave(1)
        stop_at(intake.faults, intake.notes)
        for draft in intake.moved:
            click.echo(f"row {draft.row} speaks of an emergency: {draft.category}, not {draft.given}")
        if dry_run:
            click.echo(f"{len(intake.drafts)} matters can be imported; nothing was saved")
            return
        try:
            done = import_matters(SYSTEM, intake, area)
        except ValidationError as error:
            raise click.ClickException(" ".join(error.messages)) from None
    click.echo(f"{done.added} matters added, {done.open} of them open; {done.known} were known already")


@click.group()
def matter() -> None:
    """Matters that are filed already."""


@matter.command()
@data_option
def redate(data: Path) -> None:
    """Put approximate dates right, now that the holidays of their year are known."""
    with running(data):
        from shige.trust.gate import SYSTEM

        from .handling.commands.dates import redate_approximate

        count = redate_approximate(SYSTEM)
    click.echo(f"{count} matters dated anew")
