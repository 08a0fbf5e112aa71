"""Files of another major version are refused with a command, and that command works."""

import os
import subprocess
import sys

import psycopg
import pytest
from click.testing import CliRunner
from tests.cluster_fixture import FAST, copy_data

from shige.machine.cli import upgrade_database
from shige.machine.database.cluster import Cluster
from shige.machine.database.initdb import major_of
from shige.machine.refusal import Refusal


@pytest.fixture
def old(data_folder):
    """A real cluster of PostgreSQL 16, stopped, with rows."""
    old = Cluster(data_folder, FAST, major=16)
    with old.available(), psycopg.connect(old.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 300) AS id")
    assert major_of(old.files) == 16
    return old


def test_an_old_cluster_is_refused_with_the_command_that_upgrades_it(old):
    command = f"shige upgrade-database --data {old.data}"
    with pytest.raises(Refusal, match=command), Cluster(old.data).available():
        pass


def test_the_command_keeps_every_row_and_the_old_files(old):
    result = CliRunner().invoke(upgrade_database, ["--data", str(old.data)])
    assert result.exit_code == 0, result.output
    assert "cluster-16" in result.output
    current = Cluster(old.data, FAST)
    with current.available(), psycopg.connect(current.program_url) as connection:
        assert connection.info.server_version >= 180000
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (300,)
    assert major_of(old.home / "cluster-16") == 16
    again = CliRunner().invoke(upgrade_database, ["--data", str(old.data)])
    assert "already" in again.output


def test_an_upgrade_cut_short_between_its_renamings_is_finished(old):
    CliRunner().invoke(upgrade_database, ["--data", str(old.data)])
    current = Cluster(old.data, FAST)
    current.files.rename(current.home / "cluster.next")
    with pytest.raises(Refusal, match="interrupted"), current.available():
        pass
    CliRunner().invoke(upgrade_database, ["--data", str(old.data)])
    with current.available(), psycopg.connect(current.program_url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (300,)


def test_a_version_that_is_not_carried_is_refused_with_the_way_by_backup(made_folder):
    cluster = Cluster(made_folder, FAST)
    (cluster.files / "PG_VERSION").write_text("17\n")
    with pytest.raises(Refusal, match="shige restore FILE"), cluster.available():
        pass


def test_an_upgrade_of_nothing_is_refused(data_folder):
    result = CliRunner().invoke(upgrade_database, ["--data", str(data_folder)])
    assert result.exit_code == 1
    assert "no database to upgrade" in result.output


def test_the_tables_of_another_version_are_left_as_they_are(migrated_data, data_folder):
    copy_data(migrated_data, data_folder)
    cluster = Cluster(data_folder, FAST)
    with cluster.available(), psycopg.connect(cluster.owner_url) as connection:
        connection.execute("UPDATE django_migrations SET name = '0027_other' WHERE app = 'matters'")
        connection.commit()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": cluster.owner_url,
        }
        main = "from shige.project.preparation import main; main('migration')"
        tried = subprocess.run(
            [sys.executable, "-c", main], env=environment, capture_output=True, text=True, check=False
        )
        assert tried.returncode == 1
        assert "made by another version of the program (matters 0027_other)" in tried.stderr
