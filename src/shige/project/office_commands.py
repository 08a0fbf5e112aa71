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
    """Prove that nobody changed it, nor who looked at what, up to the last checkpoint."""
    with running(data):
        from shige.project.verdict import in_words
        from shige.trust.checkpoints import KeyFileError
        from shige.trust.verification import verify

        try:
            verdict = verify()
        except KeyFileError as error:
            raise click.ClickException(str(error)) from error
    for line in in_words(verdict):
        click.echo(line)
    if verdict.fault:
        where = f"position {verdict.fault.position}" if verdict.fault.position else "no position"
        raise click.ClickException(
            f"The journal was tampered with: {verdict.fault.said} ({verdict.fault.kind}, first at {where})."
        )


@journal.command("accept")
@click.argument("reason")
@data_option
def accept_journal(reason: str, data: Path) -> None:
    """Sign that the journal was replaced for a REASON, such as a fail-over that lost its end."""
    with running(data):
        from shige.trust.commands import declare_break

        declare_break(reason)
    click.echo("Written down as a signed break: `shige journal verify` names it from now on.")


@journal.command("rotate")
@data_option
def rotate_journal(data: Path) -> None:
    """Put a new key of checkpoints and stamps in use, announced by the old one."""
    with running(data):
        from shige.trust.commands import rotate_checkpoint_key
        from shige.trust.gate import SYSTEM

        name = rotate_checkpoint_key(SYSTEM)
    click.echo(f"Key {name} is in use: keep copies of the key file and of its public halves (.pub) anew.")


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


@click.group()
def retention() -> None:
    """What is deleted because its time is over."""


@retention.command("accept")
@data_option
def accept_retention(data: Path) -> None:
    """Let retention go on after the database's clock has jumped, or the program stood still for a day."""
    with running(data):
        from shige.trust.commands import accept_clock
        from shige.trust.gate import SYSTEM

        now = accept_clock(SYSTEM)
    click.echo(f"Retention goes on by the database's clock: it is {now:%Y-%m-%d %H:%M:%S} UTC.")
