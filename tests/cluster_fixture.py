"""A throw-away database cluster for a test run, which works for root too."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from shige.machine.database.cluster import Cluster
from shige.machine.database.roles import SUPERUSER
from shige.machine.processes.lock import hold
from tests.run_folder import made_once

# Nothing here has to outlive the run: durability is tested in tests/fault, with the settings of production.
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "64MB"}


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """Give an empty folder that the server's account can pass through; pytest's own are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="shige-test-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def copy_database(cluster: Cluster, template: str, name: str) -> None:
    """Make a database like `template`, for a test that really commits; nobody may be connected to it."""
    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER shige_owner')
        connection.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO shige')


def copy_data(source: Path, target: Path) -> None:
    """Copy a data folder at rest with the owners of its files, which spares making a cluster."""
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)


@pytest.fixture(scope="session")
def pristine_data() -> Path:
    """A data folder with a stopped, empty cluster, to be copied."""

    def make(target: Path) -> None:
        with reachable_folder() as folder:
            with Cluster(folder, FAST).available():
                pass
            copy_data(folder, target)

    return made_once("pristine", make)


@pytest.fixture(scope="session")
def migrated_data(pristine_data: Path) -> Path:
    """A data folder with a stopped cluster that has the program's tables, to be copied."""

    def make(target: Path) -> None:
        with reachable_folder() as folder:
            copy_data(pristine_data, folder)
            cluster = Cluster(folder, FAST)
            with cluster.available():
                migrate(cluster.owner_url)
            with (cluster.files / "postgresql.auto.conf").open("a") as kept:  # whoever starts it on a copy
                kept.writelines(f"{name} = '{value}'\n" for name, value in FAST.items())
            copy_data(folder, target)

    return made_once("migrated", make)


@pytest.fixture(scope="session")
def database_cluster(migrated_data: Path) -> Iterator[Cluster]:
    """One cluster with the program's tables for each test process; `program_url` is to test with."""
    with reachable_folder() as data:
        copy_data(migrated_data, data)
        cluster = Cluster(data, FAST)
        with hold(data), cluster.serving():
            # Transaction tests empty tables between them, which the program itself never may.
            with psycopg.connect(cluster.owner_url) as connection:
                connection.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO shige")
            yield cluster


def migrate(url: str) -> None:
    """Make the program's tables."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": url,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], check=True, env=environment)


@pytest.fixture
def made_folder(pristine_data, data_folder) -> Path:
    """A data folder of the test's own, with a stopped, empty cluster."""
    copy_data(pristine_data, data_folder)
    return data_folder


@pytest.fixture
def migrated_folder(migrated_data, data_folder) -> Path:
    """A data folder of the test's own, with a stopped cluster that has the program's tables."""
    copy_data(migrated_data, data_folder)
    return data_folder


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """An empty data folder for tests that start and stop servers of their own."""
    with reachable_folder() as folder:
        yield folder
