"""The program without its web face, for commands that act on the database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import django
from django.db import connections

from ..database.addresses import database
from .secret import make_secret
from .services import program_environment

DATA = Path(os.environ.get("SHIGE_DATA", "var"))
"""The data folder where no option names another."""


@contextmanager
def running(data: Path) -> Iterator[None]:
    """Have the database and Django for the time of a block.

    Raises
    ------
    Refusal
        The database cannot be had.
    """
    with database(data) as addresses:
        make_secret(data)
        os.environ.update(program_environment(data, addresses.program))
        django.setup()
        yield
        connections.close_all()


data_option = click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), default=DATA, help="The data folder."
)
