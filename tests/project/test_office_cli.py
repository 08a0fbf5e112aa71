"""`shige user` from the command line: who stands above everybody else's reach is still closed and reset."""

import pytest
from click.testing import CliRunner

from shige.project.office_cli import user
from shige.trust.commands import add_person, linked_person
from shige.trust.gate import SYSTEM
from shige.trust.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commands_here")]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(user, arguments)
    return done.exit_code, done.output


def test_an_account_is_closed_opened_and_given_a_new_password() -> None:
    add_person(SYSTEM, "centre", "区中心")
    assert run("close", "centre") == (0, "centre is closed.\n")
    assert not Person.objects.get(username="centre").is_active
    assert run("open", "Centre")[0] == 0 and Person.objects.get(username="centre").is_active
    code, said = run("reset", "centre")
    assert code == 0 and linked_person(said.rstrip("/\n").split("/")[-1]).username == "centre"
    assert run("sessions", "centre", "--end") == (0, "0 ended.\n")


@pytest.mark.parametrize("command", ["close", "open", "reset", "sessions"])
def test_an_account_that_is_not_there_is_named(command: str) -> None:
    assert run(command, "nobody") == (1, "Error: There is no account nobody.\n")
