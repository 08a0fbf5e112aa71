"""`shige matter` from the command line."""

from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from shige.matters.cli import matter


@pytest.mark.django_db
def test_redate_says_how_many_it_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shige.matters.cli.running", lambda data: nullcontext())
    done = CliRunner().invoke(matter, ["redate"])
    assert (done.exit_code, done.output) == (0, "0 matters dated anew\n")
