"""The commands `shige import matters`, which takes over another system's, and `shige matter`."""

from pathlib import Path

import click

from shige.machine.processes.program import data_option, running
from shige.territory.cli import DRY_RUN, FILE, handed_in, import_group, leave, speaking, stop_at


@import_group.command()
@click.argument("file", type=FILE)
@click.option("--street", required=True, help="Code of the street that takes what lies outside every grid.")
@click.option(
    "--mapping", type=FILE, help="What columns, types and states mean (TOML); else the usual headers."
)
@DRY_RUN
@data_option
def matters(file: Path, street: str, mapping: Path | None, dry_run: bool, data: Path) -> None:
    """Import matters (CSV, Excel), all rows or nothing; rows that are known already are left alone."""
    with speaking(data):
        from django.core.exceptions import ValidationError
        from django.utils.translation import gettext as _

        from shige.territory.intake.tables import UnreadableFile
        from shige.territory.models import Area
        from shige.trust.gate import SYSTEM

        from .categories import category_name
        from .importing.columns import MappingError, load_mapping
        from .importing.commands import import_matters
        from .importing.rows import read_matters

        area = Area.objects.filter(code=street, level="street").first()
        if area is None:
            raise click.ClickException(
                _("There is no street %(code)s; give its 12-digit code.") % {"code": street}
            )
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
            moved = _("Row %(row)d speaks of an emergency: %(category)s, not %(given)s.")
            names = {"category": category_name(draft.category), "given": category_name(draft.given)}
            click.echo(moved % {"row": draft.row, **names})
        if dry_run:
            click.echo(_("%(count)d matters can be imported.") % {"count": len(intake.drafts)})
            click.echo(_("Nothing was saved."))
            return
        try:
            done = import_matters(SYSTEM, intake, area)
        except ValidationError as error:
            raise click.ClickException(" ".join(error.messages)) from None
        said = _("%(added)d matters were imported, %(open)d of them open; %(known)d were known already.")
        click.echo(said % {"added": done.added, "open": done.open, "known": done.known})


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
