"""The embedded database starts, survives, and refuses what it must refuse."""

import os
import signal
import stat

import psutil
import psycopg
import pytest
from tests.cluster_fixture import FAST

from shige.machine.database.cluster import Cluster
from shige.machine.database.roles import SUPERUSER, check_role
from shige.machine.database.sockets import socket_folder
from shige.machine.processes.lock import InUse, hold
from shige.machine.refusal import Refusal


def count(url):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT count(*) FROM kept").fetchone()[0]


def make_kept(cluster, rows):
    with psycopg.connect(cluster.owner_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id bigint PRIMARY KEY)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, %s)", [rows])


def postmaster(cluster):
    return psutil.Process(int((cluster.files / "postmaster.pid").read_text().split()[0]))


def test_rows_are_there_after_stop_and_start(made_folder):
    cluster = Cluster(made_folder, FAST)
    with cluster.available():
        make_kept(cluster, 7)
    assert not (cluster.files / "postmaster.pid").exists()
    with cluster.available():
        assert count(cluster.program_url) == 7


def test_the_cluster_is_utf8_in_code_point_order_with_checksums(database_cluster):
    with psycopg.connect(database_cluster.program_url) as connection:
        row = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datlocprovider::text, datlocale,"
            " current_setting('data_checksums') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row == ("UTF8", "b", "C.UTF-8", "on")


def test_a_new_cluster_keeps_what_it_has_acknowledged(data_folder):
    with Cluster(data_folder).available(), psycopg.connect(Cluster(data_folder).program_url) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute("SELECT current_setting(%s)", [name]).fetchone() == ("on",)


def test_the_program_reads_and_writes_rows_but_alters_no_table(made_folder):
    cluster = Cluster(made_folder, FAST)
    with cluster.available():
        make_kept(cluster, 1)
        with psycopg.connect(cluster.program_url, autocommit=True) as connection:
            connection.execute("INSERT INTO kept VALUES (2)")
            for forbidden in ("DROP TABLE kept", "TRUNCATE kept", "CREATE TABLE mine (id int)"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(forbidden)


FAILING = [
    "INSERT INTO kept VALUES (1, %s), (1, %s)",  # the same key twice: the row is named
    "INSERT INTO kept (id, words) VALUES (NULL, %s), (2, %s)",  # a row that breaks a constraint is quoted
    "SELECT %s::text || %s::text::bigint",  # no number: the value is quoted
    "SELECT no_such_column, %s, %s",
]


def test_no_statement_that_fails_leaves_words_in_the_log(made_folder, capfd):
    cluster, words = Cluster(made_folder, FAST), "丈夫昨晚又动手"
    with cluster.available():
        with psycopg.connect(cluster.owner_url, autocommit=True) as owner:
            owner.execute("CREATE TABLE kept (id bigint PRIMARY KEY, words text)")
        for connect in (psycopg.ClientCursor, psycopg.Cursor):
            with psycopg.connect(cluster.owner_url, autocommit=True, cursor_factory=connect) as program:
                for statement in FAILING:
                    with pytest.raises(psycopg.DatabaseError):
                        program.execute(statement, [words, words])
    said = capfd.readouterr()
    assert "ready to accept connections" in said.err and words not in said.err + said.out


def test_socket_and_passwords_are_closed_to_others(database_cluster):
    home = database_cluster.home
    assert stat.S_IMODE((home / "socket").stat().st_mode) == 0o700
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((database_cluster.data / "database.json").stat().st_mode) == 0o600
    with psycopg.connect(database_cluster.url(SUPERUSER)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_a_wrong_password_is_refused(database_cluster):
    wrong = database_cluster.program_url.replace("shige:", "shige:x")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_a_start_takes_over_after_the_server_was_killed_and_every_row_is_there(made_folder):
    cluster = Cluster(made_folder)
    with cluster.available():
        make_kept(cluster, 5)
        postmaster(cluster).send_signal(signal.SIGKILL)
    assert (cluster.files / "postmaster.pid").exists()
    with cluster.available():
        assert count(cluster.program_url) == 5


def test_a_lock_file_that_names_a_stranger_does_not_stop_a_start(made_folder):
    cluster = Cluster(made_folder, FAST)
    with cluster.available():
        postmaster(cluster).send_signal(signal.SIGKILL)
    lock_file = cluster.files / "postmaster.pid"
    lines = lock_file.read_text().split("\n")
    lock_file.write_text("\n".join([str(os.getppid()), *lines[1:]]))
    with cluster.available():
        assert cluster.is_ready()


def test_a_half_made_cluster_is_made_again(data_folder):
    cluster = Cluster(data_folder, FAST)
    partial = cluster.home / "cluster.partial"
    partial.mkdir(parents=True)
    (partial / "PG_VERSION").write_text("18\n")
    with cluster.available():
        assert cluster.is_ready()
    assert not partial.exists()


def test_a_path_too_long_for_a_socket_gets_a_private_folder_elsewhere(data_folder):
    cluster = Cluster(data_folder / "微网格" / ("d" * 90), FAST)
    with cluster.available():
        make_kept(cluster, 3)
        assert count(cluster.program_url) == 3
    first = cluster.owner_url
    with cluster.available():
        assert cluster.owner_url == first
    socket_folder(cluster.home).rmdir()


def test_a_second_block_joins_the_running_server(made_folder):
    cluster = Cluster(made_folder, FAST)
    with cluster.available():
        make_kept(cluster, 2)
        running = postmaster(cluster)
        with cluster.available():
            assert postmaster(cluster) == running
        assert running.is_running()


def test_a_second_holder_is_told_who_holds_the_folder(data_folder):
    with hold(data_folder), pytest.raises(InUse, match=str(os.getpid())), hold(data_folder):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another account")
def test_a_folder_closed_to_the_servers_account_is_named_and_stays_as_it_is(data_folder):
    closed = data_folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(Refusal, match=f"chmod o\\+x {closed}"), Cluster(closed / "data", FAST).available():
        pass
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_lost_passwords_are_named(made_folder):
    cluster = Cluster(made_folder, FAST)
    (made_folder / "database.json").unlink()
    with pytest.raises(Refusal, match=r"database\.json"), cluster.available():
        pass


def test_check_role_accepts_the_programs_role(database_cluster):
    with psycopg.connect(database_cluster.program_url) as connection:
        check_role(connection)


def test_check_role_refuses_a_superuser(database_cluster):
    with (
        psycopg.connect(database_cluster.url(SUPERUSER)) as connection,
        pytest.raises(Refusal, match="SUPERUSER"),
    ):
        check_role(connection)


@pytest.mark.parametrize("power", ["BYPASSRLS", "SUPERUSER"])
def test_check_role_refuses_a_power_that_comes_by_membership(database_cluster, power):
    with psycopg.connect(database_cluster.url(SUPERUSER)) as connection:
        connection.execute(f"CREATE ROLE strong {power}")
        connection.execute("CREATE ROLE weak")
        connection.execute("GRANT strong TO weak")
        connection.execute("SET LOCAL ROLE weak")
        with pytest.raises(Refusal, match=f"weak is {power} through its membership in strong"):
            check_role(connection)
        connection.rollback()
