"""Where the database is: the operator's DATABASE_URL, else the embedded cluster of the data folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from ..processes.lock import hold
from .cluster import Cluster, make_data_folder
from .roles import SUPERUSER, check_members, check_role, grant_program


@dataclass(frozen=True, slots=True)
class Addresses:
    """Ways into one database: as the program, as the owner of its tables, as one who may see every row."""

    program: str
    owner: str
    keeper: str


def external_addresses() -> Addresses | None:
    """Read the operator's addresses; None where the embedded database is meant."""
    program = os.environ.get("DATABASE_URL")
    if not program:
        return None
    owner = os.environ.get("SHIGE_OWNER_DATABASE_URL", program)
    return Addresses(program, owner, keeper=owner)


def cluster_addresses(cluster: Cluster) -> Addresses:
    """Give the addresses of an embedded database."""
    return Addresses(cluster.program_url, cluster.owner_url, keeper=cluster.url(SUPERUSER))


@contextmanager
def database(data: Path) -> Iterator[Addresses]:
    """Have the database for the time of a block, for a command that may run with or without `shige up`.

    Raises
    ------
    Refusal
        The embedded database cannot start, or the external one is too old or its role too strong.
    """
    make_data_folder(data)
    external = external_addresses()
    if external:
        check_addresses(external)
        yield external
    else:
        cluster = Cluster(data)
        with cluster.available():
            yield cluster_addresses(cluster)


@contextmanager
def database_alone(data: Path) -> Iterator[Addresses]:
    """Have the database for the time of a block while nothing else runs on the data folder.

    Raises
    ------
    InUse
        Such as by `shige up`.
    """
    make_data_folder(data)
    external = external_addresses()
    with hold(data):
        if external:
            check_addresses(external)
            yield external
        else:
            cluster = Cluster(data)
            with cluster.serving():
                yield cluster_addresses(cluster)


def check_addresses(addresses: Addresses) -> None:
    """Check the roles, and let the program's work on what the owner makes where the two differ."""
    with psycopg.connect(addresses.program) as connection:
        check_role(connection)
        role = connection.info.user
    with psycopg.connect(addresses.owner) as connection:
        check_members(connection, role)
        if connection.info.user != role:
            grant_program(connection, role)
