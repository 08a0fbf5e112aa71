"""Commands of the members' register."""

from pathlib import Path

import click

from shige.machine.processes.program import data_option, running


@click.group()
def members() -> None:
    """The members' register."""


@members.command("rotate")
@data_option
def rotate_key(data: Path) -> None:
    """Put a new key in use; keep the key file in a safe place afterwards."""
    with running(data):
        from shige.trust.gate import SYSTEM

        from .commands import rotate

        count = rotate(SYSTEM)
    click.echo(f"{count} entries are sealed by a new key: keep a copy of the key file anew.")
