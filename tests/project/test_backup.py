"""A backup carries everything but the keys, and a restore gives all of it or changes nothing."""

import hashlib
import io
import stat
import tarfile
from datetime import UTC, datetime

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connection

from shige.project.backup import backup, restore
from shige.project.cluster import Cluster
from shige.project.commands import backup as backup_command
from shige.project.commands import restore as restore_command
from shige.project.dump import dump, load
from shige.project.lock import InUse, hold
from shige.project.refusal import Refusal
from shige.project.restored import Anchorage, Restored
from shige.project.roles import OWNER, SUPERUSER
from shige.project.transient import TABLES
from shige.trust.checkpoints import Kind, Line, append, make_keys, read_keys, read_log
from tests.cluster_fixture import FAST, copy_data, reachable_folder

SHAPES = """
CREATE TABLE matter (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text NOT NULL);
CREATE TABLE journal (position bigint PRIMARY KEY);
REVOKE UPDATE, DELETE ON journal FROM shige;
CREATE TABLE vault (id bigint PRIMARY KEY, sealed bytea, matter bigint REFERENCES matter);
ALTER TABLE vault ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON vault USING (id < 3);
CREATE TABLE handle (vault bigint REFERENCES vault);
CREATE TABLE django_session (session_key text);
CREATE TABLE channels_keptdraft (id bigint PRIMARY KEY, answers jsonb);
CREATE TABLE trust_journalentry (id bigint PRIMARY KEY, position bigint, hash bytea, stamp bytea);
"""


def execute(url, statement):
    with psycopg.connect(url) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


@pytest.fixture
def filled(pristine_data, data_folder):
    """A cluster with the shapes that the program has, photos and a key."""
    data = data_folder / "first"
    data.mkdir()
    copy_data(pristine_data, data)
    cluster = Cluster(data, FAST)
    with cluster.available():
        execute(cluster.owner_url, SHAPES)
        execute(cluster.program_url, "INSERT INTO matter (text) VALUES ('路灯不亮'), ('电梯停运')")
        execute(cluster.program_url, "INSERT INTO journal VALUES (1), (2)")
        superuser = cluster.url(SUPERUSER)
        execute(superuser, "INSERT INTO vault SELECT n, '\\xff', 1 FROM generate_series(1, 5) AS n")
        execute(superuser, "INSERT INTO handle VALUES (5)")
    (data / "media" / "2026").mkdir(parents=True)
    (data / "media" / "2026" / "lamp.jpg").write_bytes(b"lamp")
    (data / "vault.key").write_bytes(b"vault key")
    return cluster


def test_a_restored_folder_has_rows_rights_and_photos_and_goes_on_counting(filled, data_folder):
    backup(filled.data, data_folder / "shige.backup", with_keys=False)
    restore(data_folder / "second", data_folder / "shige.backup", replace=False)
    copy = Cluster(data_folder / "second", FAST)
    with copy.available():
        assert execute(copy.program_url, "SELECT text FROM matter ORDER BY id") == [
            ("路灯不亮",),
            ("电梯停运",),
        ]
        assert execute(copy.url(SUPERUSER), "SELECT count(*) FROM vault") == [(5,)]
        assert execute(copy.program_url, "SELECT count(*) FROM vault") == [(2,)]
        assert execute(copy.program_url, "INSERT INTO matter (text) VALUES ('x') RETURNING id") == [(3,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            execute(copy.program_url, "DELETE FROM journal")
        execute(copy.owner_url, "CREATE TABLE later (id bigint)")
        assert execute(copy.program_url, "SELECT count(*) FROM later") == [(0,)]
    assert (copy.data / "media" / "2026" / "lamp.jpg").read_bytes() == b"lamp"
    assert not (copy.data / "vault.key").exists()


def test_a_backup_is_closed_to_others_and_holds_the_keys_only_when_told(filled, data_folder):
    plain, full = data_folder / "plain", data_folder / "full"
    with filled.available():
        backup(filled.data, plain, with_keys=False)
        backup(filled.data, full, with_keys=True)
    assert stat.S_IMODE(plain.stat().st_mode) == 0o600
    with tarfile.open(plain) as without, tarfile.open(full) as with_keys:
        assert set(with_keys.getnames()) - set(without.getnames()) == {"keys/vault.key"}
    assert not list(data_folder.glob(".shige-*"))


def test_who_is_signed_in_and_what_is_being_written_is_in_no_backup(filled, data_folder):
    file = data_folder / "shige.backup"
    for name in ("drafts", "uploads"):
        (filled.data / "media" / name).mkdir()
        (filled.data / "media" / name / "half.jpg").write_bytes(b"half")
    with filled.available():
        execute(filled.program_url, "INSERT INTO django_session VALUES ('SecretSession')")
        execute(filled.program_url, "INSERT INTO channels_keptdraft VALUES (1, '{}')")
        backup(filled.data, file, with_keys=True)
    with tarfile.open(file) as archive:
        assert not [name for name in archive.getnames() if name.startswith(("media/drafts", "media/uploads"))]
    restore(filled.data, file, replace=True)
    with filled.available():
        for table in ("django_session", "channels_keptdraft"):
            assert execute(filled.program_url, f"SELECT count(*) FROM {table}") == [(0,)]
        assert execute(filled.program_url, "SELECT count(*) FROM matter") == [(2,)]
    assert [path.name for path in (filled.data / "media").rglob("*.jpg")] == ["lamp.jpg"]


@pytest.mark.django_db
def test_every_table_that_stays_out_of_backups_is_one_of_ours():
    assert set(connection.introspection.table_names()) >= TABLES


def entries(first: int, last: int, hashed: str = "") -> str:
    """Write entries with positions whose hashes are easily told, as far as a restore looks at them."""
    return (
        f"INSERT INTO trust_journalentry SELECT n, n, sha256(('{hashed}' || n)::bytea), NULL"
        f" FROM generate_series({first}, {last}) AS n"
    )


def anchored(cluster, position, hashed=""):
    """Write a checkpoint as the sequencer would."""
    place = Anchorage.of(cluster.data)
    keys = read_keys(place.key) if place.key.exists() else make_keys(place.key)
    head = hashlib.sha256(f"{hashed}{position}".encode()).hexdigest()
    append(place.folder, keys, Line(Kind.CHECKPOINT, position, position, head, datetime.now(UTC), "", ""))
    return keys


def lines_of(data, keys):
    public = {name.hex(): key for name, key in keys.public().items()}
    return read_log(Anchorage.of(data).folder, public).lines


def test_a_restore_signs_a_break_that_says_how_far_the_journal_goes_back(filled, data_folder):
    file = data_folder / "shige.backup"
    with filled.available():
        execute(filled.program_url, entries(1, 5))
        execute(filled.program_url, "INSERT INTO trust_journalentry VALUES (6, NULL, NULL, NULL)")
        anchored(filled, 5)
        backup(filled.data, file, with_keys=True)
        execute(filled.program_url, entries(7, 9))
        keys = anchored(filled, 9)
    manifest, restored = restore(filled.data, file, replace=True)
    assert restored == Restored(5, 9, continues=True)
    last = lines_of(filled.data, keys)[-1]
    assert (last.kind, last.position, last.more["lost"]["position"]) == (Kind.BREAK, 5, 9)
    assert last.more["taken"] == [6] and manifest.made.isoformat() in last.more["reason"]
    with tarfile.open(file) as archive:
        assert not [name for name in archive.getnames() if "checkpoint" in name]


def test_a_restored_journal_that_is_not_the_one_of_the_checkpoints_is_told(filled, data_folder):
    file = data_folder / "shige.backup"
    with filled.available():
        execute(filled.program_url, entries(1, 5, "other "))
        backup(filled.data, file, with_keys=False)
        anchored(filled, 3)
    said = CliRunner().invoke(restore_command, [str(file), "--data", str(filled.data), "--replace"]).output
    assert "goes to entry 5 now (before: 3)" in said and "not an earlier state" in said


def test_without_the_key_of_the_checkpoints_nothing_is_restored(filled, data_folder):
    file = data_folder / "shige.backup"
    backup(filled.data, file, with_keys=False)
    with filled.available():
        anchored(filled, 1)
        execute(filled.program_url, "INSERT INTO matter (text) VALUES ('later')")
    Anchorage.of(filled.data).key.unlink()
    with pytest.raises(Refusal, match="Nothing was restored"):
        restore(filled.data, file, replace=True)
    with filled.available():
        assert execute(filled.program_url, "SELECT count(*) FROM matter") == [(3,)]


def test_a_key_that_differs_is_set_aside_and_not_lost(filled, data_folder):
    backup(filled.data, data_folder / "full", with_keys=True)
    (filled.data / "vault.key").write_bytes(b"another key")
    restore(filled.data, data_folder / "full", replace=True)
    assert (filled.data / "vault.key").read_bytes() == b"vault key"
    assert [path.read_bytes() for path in filled.data.glob("vault.key.*")] == [b"another key"]


def test_a_restore_over_rows_needs_replace_and_then_brings_back_the_old_count(filled, data_folder):
    file = data_folder / "shige.backup"
    backup(filled.data, file, with_keys=False)
    with filled.available():
        execute(filled.program_url, "INSERT INTO matter (text) SELECT 'later' FROM generate_series(1, 40)")
        execute(filled.owner_url, "CREATE TABLE newer AS SELECT 1 AS one")
    (filled.data / "media" / "later.jpg").write_bytes(b"later")
    with pytest.raises(Refusal, match="--replace"):
        restore(filled.data, file, replace=False)
    restore(filled.data, file, replace=True)
    with filled.available():
        assert execute(filled.program_url, "SELECT count(*) FROM matter") == [(2,)]
        assert execute(filled.program_url, "SELECT to_regclass('newer')") == [(None,)]
    assert [path.name for path in (filled.data / "media").rglob("*.jpg")] == ["lamp.jpg"]


def test_a_cut_or_changed_file_is_refused_and_nothing_changes(filled, data_folder):
    file = data_folder / "shige.backup"
    backup(filled.data, file, with_keys=False)
    content = file.read_bytes()
    middle = len(content) // 3
    changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    for damaged in (content[: len(content) // 2], changed, b"", b"no archive at all"):
        file.write_bytes(damaged)
        with pytest.raises(Refusal, match=r"damaged|not a whole backup"):
            restore(filled.data, file, replace=True)
    with filled.available():
        assert execute(filled.program_url, "SELECT count(*) FROM matter") == [(2,)]
    assert (filled.data / "media" / "2026" / "lamp.jpg").exists()


def test_a_file_that_would_be_written_outside_the_folder_is_refused(filled, data_folder):
    file = data_folder / "shige.backup"
    manifest = backup(filled.data, file, with_keys=False)
    evil = manifest.model_copy(update={"sha256": {"../../evil": hashlib.sha256(b"evil").hexdigest()}})
    with tarfile.open(file, "w") as archive:
        for name, content in (("../../evil", b"evil"), ("manifest.json", evil.model_dump_json().encode())):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    with pytest.raises(Refusal, match="leads out of the folder"):
        restore(filled.data, file, replace=True)
    assert not list(data_folder.rglob("evil"))


def test_a_dump_that_breaks_off_changes_nothing(filled):
    with filled.available():
        keeper = filled.url(SUPERUSER)
        execute(
            filled.program_url,
            "INSERT INTO matter (text) SELECT repeat(md5(n::text), 40) FROM generate_series(1, 3000) AS n",
        )
        source = filled.data / "dump"
        dump(keeper, source)
        execute(filled.program_url, "DELETE FROM matter WHERE id > 10")
        content = source.read_bytes()
        source.write_bytes(content[: len(content) // 2])
        with pytest.raises(Refusal, match="Nothing was restored"):
            load(keeper, OWNER, source)
        assert execute(filled.program_url, "SELECT count(*) FROM matter") == [(10,)]


def test_a_restore_that_the_database_refuses_leaves_rows_and_photos(filled, data_folder):
    file = data_folder / "shige.backup"
    backup(filled.data, file, with_keys=False)
    (filled.data / "media" / "2026" / "lamp.jpg").rename(filled.data / "media" / "own.jpg")
    with filled.available():
        # A table that is not the owner's stands in the way of the backup's.
        execute(filled.owner_url, "DROP TABLE journal")
        execute(filled.url(SUPERUSER), "CREATE TABLE journal (strange int)")
    with pytest.raises(Refusal, match=r"(?s)Nothing was restored.*journal"):
        restore(filled.data, file, replace=True)
    with filled.available():
        assert execute(filled.program_url, "SELECT count(*) FROM matter") == [(2,)]
    assert [path.name for path in (filled.data / "media").rglob("*.jpg")] == ["own.jpg"]


def test_a_restore_is_refused_while_another_process_runs_the_folder(filled, data_folder):
    file = data_folder / "shige.backup"
    backup(filled.data, file, with_keys=False)
    with hold(filled.data), pytest.raises(InUse):
        restore(filled.data, file, replace=True)


def test_the_commands_say_where_the_key_is_and_that_a_file_with_it_reads_everything(filled, data_folder):
    file, second = str(data_folder / "file"), data_folder / "second"
    said = CliRunner().invoke(backup_command, [file, "--data", str(filled.data)]).output
    assert f"does not contain the vault's key: keep {filled.data / 'vault.key'} safe" in said
    said = CliRunner().invoke(restore_command, [file, "--data", str(second)]).output
    assert f"put it at {second / 'vault.key'} before the next start" in said
    said = CliRunner().invoke(backup_command, [file, "--data", str(filled.data), "--with-key"]).output
    assert "It contains the keys" in said
    said = CliRunner().invoke(restore_command, [file, "--data", str(second), "--replace"]).output
    assert "put it at" not in said
    assert stat.S_IMODE((second / "vault.key").stat().st_mode) == 0o600


@pytest.fixture
def external(data_folder, monkeypatch):
    """An older server that somebody else runs, with our two roles."""
    with reachable_folder() as folder:
        server = Cluster(folder, FAST, major=16)
        with server.available():
            monkeypatch.setenv("DATABASE_URL", server.program_url)
            monkeypatch.setenv("SHIGE_OWNER_DATABASE_URL", server.owner_url)
            yield server


def test_a_backup_moves_from_the_embedded_to_an_external_older_server_and_back(
    filled, data_folder, external, monkeypatch
):
    there, back = data_folder / "there", data_folder / "back"
    with monkeypatch.context() as inside:
        inside.delenv("DATABASE_URL")
        backup(filled.data, there, with_keys=False)
    restore(data_folder / "outside", there, replace=False)
    assert execute(external.program_url, "SELECT count(*) FROM matter") == [(2,)]
    with pytest.raises(Refusal, match="ALTER ROLE shige_owner BYPASSRLS"):
        backup(data_folder / "outside", back, with_keys=False)
    execute(external.url(SUPERUSER), "ALTER ROLE shige_owner BYPASSRLS")
    backup(data_folder / "outside", back, with_keys=False)
    with monkeypatch.context() as inside:
        inside.delenv("DATABASE_URL")
        restore(filled.data, back, replace=True)
    with filled.available():
        assert execute(filled.url(SUPERUSER), "SELECT count(*) FROM vault") == [(5,)]


def test_an_external_superuser_is_refused(data_folder, external, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", external.url(SUPERUSER))
    with pytest.raises(Refusal, match="SUPERUSER"):
        backup(data_folder / "outside", data_folder / "there", with_keys=False)
