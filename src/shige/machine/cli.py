"""The commands of the operator: `shige up`, `backup`, `restore`, `upgrade-database`."""

from pathlib import Path

import click

from .backup.backup import Keys, erasures_of
from .backup.backup import backup as write_backup
from .backup.backup import restore as read_backup
from .backup.restored import Anchorage
from .database.upgrade import upgrade
from .processes.up import run

_data = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var"),
    envvar="SHIGE_DATA",
    show_default=True,
    help="Folder of the database, files and keys.",
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@_data
@click.option("--no-sample", is_flag=True, help="Leave an empty database empty.")
@click.option("--profile", help="Jurisdiction profile: a name that is shipped, or a TOML file.")
def up(host: str, port: int, data: Path, no_sample: bool, profile: str | None) -> None:
    """Start database, web and jobs; Ctrl-C stops them."""
    chosen = {"SHIGE_PROFILE": profile} if profile else {}
    run(data, host, port, sample=not no_sample, environment=chosen)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_data
@click.option("--with-key", is_flag=True, help="Put the keys in too: whoever has the file reads everything.")
def backup(file: Path, data: Path, with_key: bool) -> None:
    """Write database and files into FILE; the program may run meanwhile."""
    write_backup(data, file, with_key)
    click.echo(f"Written: {file} ({file.stat().st_size:,} bytes)")
    if with_key:
        click.echo("It contains the keys: whoever has it reads everything. Keep it locked away.")
    else:
        keys = Keys.of(data)
        click.echo(
            f"It contains neither the vault's key nor that of the members' register: keep {keys.vault} and "
            f"{keys.members} safe in another place."
        )
    place = Anchorage.of(data)
    click.echo(
        f"No backup contains {place.key}, {place.folder} and {erasures_of(data)}: keep copies of them apart."
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_data
@click.option("--replace", is_flag=True, help="Lose what the database holds now.")
@click.option(
    "--public",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the public half of the key that signed it (checkpoint.pub), where the key is not here.",
)
def restore(file: Path, data: Path, replace: bool, public: Path | None) -> None:
    """Read FILE into an empty database, or with --replace in the place of what is there."""
    outcome = read_backup(data, file, replace, public)
    restored = outcome.restored
    click.echo(f"Restored: {file}, of {outcome.manifest.made:%Y-%m-%d %H:%M} UTC")
    _say_what_was_deleted_again(data, outcome.erased)
    if restored:
        click.echo(
            f"The journal goes to entry {restored.position} now (before: {restored.lost}); "
            f"this is signed as a break in {Anchorage.of(data).folder}."
        )
    if restored and not restored.continues:
        click.echo(
            "It is not an earlier state of the journal that was here: it was changed, or is another's."
        )
    keys = Keys.of(data)
    for whose, path in (("the vault's key", keys.vault), ("the key of the members' register", keys.members)):
        if not path.exists():
            click.echo(f"The backup does not contain {whose}: put it at {path} before the next start.")


def _say_what_was_deleted_again(data: Path, count: int) -> None:
    path = erasures_of(data)
    if path.exists():
        click.echo(f"Deleted again: {count} of what was deleted after the backup was made, by {path}.")
    else:
        click.echo(
            f"There is no list of deletions at {path}: what people had deleted after the backup was made is "
            "back. Put the list there and restore once more."
        )


@click.command("upgrade-database")
@_data
def upgrade_database(data: Path) -> None:
    """Take the database over from an older PostgreSQL; the old files are kept."""
    aside = upgrade(data)
    if aside:
        click.echo(f"Upgraded. The old files are in {aside}: remove them once all is well.")
    else:
        click.echo("The database is of the current version already.")
