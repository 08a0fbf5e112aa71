"""Brings the whole program up in its order: database, preparations, web and jobs."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import psycopg

from shige.profile.loader import load
from shige.worktime import load_holidays

from ..backup.unfinished import settle
from ..database.addresses import Addresses, check_addresses, cluster_addresses, external_addresses
from ..database.cluster import Cluster, make_data_folder
from ..refusal import Refusal
from .lock import hold
from .secret import make_secret
from .services import (
    check_port,
    database_service,
    is_loopback,
    jobs_service,
    migration,
    preparation,
    program_environment,
    sequencer_service,
    web_service,
)
from .supervisor import Errand, Supervisor


@dataclass(frozen=True, slots=True)
class Start:
    """What a preparation may want to know.

    Parameters
    ----------
    data : Path
        The data folder.
    sample : bool
        Whether an empty database is to be filled with the sample jurisdiction.
    environment : mapping
        The program's environment, with the ordinary role in ``DATABASE_URL``.
    owner_url : str
        The address of the tables' owner.
    """

    data: Path
    sample: bool
    environment: Mapping[str, str]
    owner_url: str


# Done in this order before web and jobs, each as a process of its own.
preparations: list[Callable[[Start], Errand]] = [
    lambda start: migration(start.environment, start.owner_url),
    lambda start: preparation("The check of keys and rows", parts_of(start), start.environment),
]


def parts_of(start: Start) -> list[str]:
    """Return what is done once as the program, in its order."""
    dates = ["dates"] if start.environment.get("SHIGE_HOLIDAYS") else []
    return ["keys", "telephones", *(["sample"] if start.sample else []), *dates]


def run(data: Path, host: str, port: int, sample: bool, environment: Mapping[str, str]) -> None:
    """Run the program until it is asked to stop.

    Parameters
    ----------
    data : Path
        The data folder, made where it is missing.
    host, port
        Where the web process listens.
    sample : bool
        Whether preparations may make the sample jurisdiction.
    environment : mapping
        What the command line adds to the environment of the program.

    Raises
    ------
    Refusal
        The profile or the holiday file cannot be used, another process holds the folder or the port, or
        a part did not start.
    """
    check_rules({**os.environ, **environment})
    make_data_folder(data)
    make_secret(data)
    with hold(data), Supervisor(data) as supervisor:
        check_port(host, port)
        addresses = _start_database(supervisor, data)
        supervisor.repeat(lambda: settle(data, addresses.owner), psycopg.OperationalError)
        start = Start(
            data, sample, {**program_environment(data, addresses.program), **environment}, addresses.owner
        )
        for prepare in preparations:
            supervisor.run(prepare(start))
        supervisor.start(sequencer_service(start.environment))
        supervisor.start(web_service("shige.project.wsgi:application", start.environment, host, port))
        supervisor.start(jobs_service(start.environment))
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        click.echo(f"Shige is ready: {address}")
        if is_loopback(host):
            supervisor.run(preparation("Links", ["links"], {**start.environment, "SHIGE_ADDRESS": address}))
        supervisor.watch()


def check_rules(environment: Mapping[str, str]) -> None:
    """Refuse a profile or a holiday file that cannot be used, naming all that is to be mended."""
    try:
        load(environment.get("SHIGE_PROFILE") or "chengdu")
        if holidays := environment.get("SHIGE_HOLIDAYS"):
            load_holidays(holidays)
    except ValueError as error:
        raise Refusal(str(error)) from None


def _start_database(supervisor: Supervisor, data: Path) -> Addresses:
    external = external_addresses()
    if external:
        check_addresses(external)
        return external
    cluster = Cluster(data)
    supervisor.start(database_service(cluster))
    supervisor.repeat(cluster.make_roles, psycopg.OperationalError)
    return cluster_addresses(cluster)
