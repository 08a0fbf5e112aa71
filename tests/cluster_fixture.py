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

from shige.project.cluster import Cluster
from shige.project.lock import hold
from shige.project.roles import SUPERUSER

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


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Run a fresh cluster with an empty database; each test process has its own."""
    with reachable_folder() as data:
        cluster = Cluster(data, FAST)
        with hold(data), cluster.serving():
            # Transaction tests empty tables between them, which the program itself never may.
            with psycopg.connect(cluster.owner_url) as connection:
                connection.execute(
                    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT TRUNCATE ON TABLES TO shige"
                )
            yield cluster


def copy_database(cluster: Cluster, template: str, name: str) -> None:
    """Make a database like `template`, for a test that really commits; nobody may be connected to it."""
    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER shige_owner')
        connection.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO shige')


@pytest.fixture(scope="session")
def database_cluster() -> Iterator[Cluster]:
    """One cluster for each test process: `owner_url` to migrate with, `program_url` to test with."""
    with running_cluster() as cluster:
        yield cluster


def copy_data(source: Path, target: Path) -> None:
    """Copy a data folder at rest with the owners of its files, which spares making a cluster."""
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)


@pytest.fixture(scope="session")
def pristine_data() -> Iterator[Path]:
    """A data folder with a stopped, empty cluster, to be copied."""
    with reachable_folder() as folder:
        with Cluster(folder, FAST).available():
            pass
        yield folder


@pytest.fixture(scope="session")
def migrated_data(pristine_data: Path) -> Iterator[Path]:
    """A data folder with a stopped cluster that has the program's tables, to be copied."""
    with reachable_folder() as folder:
        copy_data(pristine_data, folder)
        cluster = Cluster(folder, FAST)
        with cluster.available():
            migrate(cluster.owner_url)
        yield folder


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
def data_folder() -> Iterator[Path]:
    """An empty data folder for tests that start and stop servers of their own."""
    with reachable_folder() as folder:
        yield folder
