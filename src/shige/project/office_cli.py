"""Commands for whoever runs an office's program: accounts, the journal, the vault's keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shige.machine.processes.program import data_option, running

if TYPE_CHECKING:
    from shige.trust.models import Person


@click.group()
def user() -> None:
    """Accounts of people who work here."""


@user.command("add")
@click.argument("username")
@click.option("--name", prompt="Service name", help="The name as on a notice sign.")
@click.option("--role", help="A role of the profile; without one, that of who runs the program.")
@click.option("--area", help="Code of the area to serve; without it, the whole jurisdiction.")
@data_option
def add_user(username: str, name: str, role: str | None, area: str | None, data: Path) -> None:
    """Make an account and appoint it to a post; its holder sets the password by the link that is printed."""
    with running(data):
        from django.core.exceptions import ValidationError

        from .first_account import add_account

        try:
            post, link = add_account(username, name, role, area)
        except ValidationError as error:
            raise click.ClickException(" ".join(error.messages)) from error
    click.echo(f"{username} serves as {post}.")
    click.echo(f"To set the password, once and within 24 hours: {link}")


@contextmanager
def _account(username: str, data: Path) -> Iterator["Person"]:
    """Give an account of the running program; what happens inside is done by the operator."""
    with running(data):
        from shige.trust.models import Person

        person = Person.objects.filter(username__iexact=username).first()
        if person is None:
            raise click.ClickException(f"There is no account {username}.")
        yield person


@user.command("close")
@click.argument("username")
@data_option
def close_user(username: str, data: Path) -> None:
    """Close an account: its sessions and tokens end at once; what it did stays."""
    with _account(username, data) as person:
        from shige.trust import commands, gate

        commands.close_account(gate.SYSTEM, person)
    click.echo(f"{username} is closed.")


@user.command("open")
@click.argument("username")
@data_option
def open_user(username: str, data: Path) -> None:
    """Open a closed account again."""
    with _account(username, data) as person:
        from shige.trust import commands, gate

        commands.open_account(gate.SYSTEM, person)
    click.echo(f"{username} is open.")


@user.command("reset")
@click.argument("username")
@data_option
def reset_user(username: str, data: Path) -> None:
    """Print a link by which the holder sets a new password; sessions, tokens and the second factor end."""
    with _account(username, data) as person:
        from shige.trust import commands, gate

        from .first_account import address_of_link

        link = address_of_link(commands.reset_account(gate.SYSTEM, person))
    click.echo(f"For {username}, to set the password, once and within 24 hours: {link}")


@user.command("sessions")
@click.argument("username")
@click.option("--end", is_flag=True, help="End all of them.")
@data_option
def show_sessions(username: str, end: bool, data: Path) -> None:
    """List where an account is signed in."""
    with _account(username, data) as person:
        from allauth.usersessions.models import UserSession

        from shige.trust import commands, gate

        for session in UserSession.objects.purge_and_list(person):
            click.echo(f"{session.last_seen_at:%Y-%m-%d %H:%M} {session.ip} {session.user_agent}")
        if end:
            click.echo(f"{commands.end_sessions(gate.SYSTEM, person)} ended.")


@click.group()
def journal() -> None:
    """The journal of everything that changed."""


@journal.command("verify")
@data_option
def verify_journal(data: Path) -> None:
    """Prove that nobody changed it, nor who looked at what, up to the last checkpoint."""
    with running(data):
        from shige.machine.journal.verdict import in_words
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
