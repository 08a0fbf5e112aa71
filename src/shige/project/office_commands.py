"""Commands for whoever runs an office's program: accounts, the journal, the vault's keys."""

from pathlib import Path

import click

from shige.project.program import DATA, running

data_option = click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), default=DATA, help="The data folder."
)


@click.group()
def user() -> None:
    """Accounts of people who work here."""


@user.command("add")
@click.argument("username")
@click.option("--name", prompt="Service name", help="The name as on a notice sign.")
@click.option("--role", default="system_admin", show_default=True, help="A role of the profile.")
@click.option("--area", help="Code of the area to serve; without it, the whole jurisdiction.")
@click.password_option(help="The first password.", envvar="SHIGE_PASSWORD")
@data_option
def add_user(username: str, name: str, role: str, area: str | None, password: str, data: Path) -> None:
    """Make an account and appoint it to a post; a second factor is set up at the first sign-in."""
    with running(data):
        from django.core.exceptions import ValidationError

        from shige.project.first_account import add_account

        try:
            post = add_account(username, name, password, role, area)
        except ValidationError as error:
            raise click.ClickException(" ".join(error.messages)) from error
    click.echo(f"{username} may sign in at /accounts/login/ and serves as {post}.")


@click.group()
def journal() -> None:
    """The journal of everything that changed."""


@journal.command("verify")
@data_option
def verify_journal(data: Path) -> None:
    """Read the whole journal and prove that nobody changed it."""
    with running(data):
        from shige.trust.commands import sequence, verify

        while sequence():
            pass
        verdict = verify()
    if verdict.fault:
        raise click.ClickException(f"The journal was tampered with: {verdict.fault}.")
    click.echo(f"{verdict.entries} entries, unbroken.")


@click.group()
def vault() -> None:
    """The vault of personal data."""


@vault.command("rotate")
@data_option
def rotate_vault(data: Path) -> None:
    """Put a new master key in use; keep the key file in a safe place afterwards."""
    with running(data):
        from shige.trust.commands import rotate
        from shige.trust.gate import SYSTEM

        count = rotate(SYSTEM)
    click.echo(f"{count} data keys are wrapped by a new master key.")
