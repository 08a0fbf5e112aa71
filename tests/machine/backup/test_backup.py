"""A backup carries everything but the keys, and a restore gives all of it or changes nothing."""

import base64
import hashlib
import io
import json
import shutil
import stat
import tarfile
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import connection, transaction
from tests.cluster_fixture import FAST, copy_data, migrate, reachable_folder

from shige.machine.backup import archive
from shige.machine.backup.archive import unpack, write
from shige.machine.backup.backup import backup, restore
from shige.machine.backup.refill import check_tables
from shige.machine.backup.refill import migrate as migrate_to
from shige.machine.backup.restored import Anchorage, Restored, trusted
from shige.machine.backup.tables import Contents, Table, columns_of, read_table
from shige.machine.backup.transient import TABLES
from shige.machine.cli import backup as backup_command
from shige.machine.cli import restore as restore_command
from shige.machine.database.cluster import Cluster
from shige.machine.database.roles import SUPERUSER
from shige.machine.processes.leash import spawn
from shige.machine.processes.lock import InUse, hold
from shige.machine.refusal import Refusal
from shige.trust.checkpoints import Kind, Line, append, append_erased, make_keys, read_keys, read_log
from shige.trust.erasures import digest_of

pytestmark = pytest.mark.long

STRANGE = "路灯不亮\t\\N\\.\n藏ཇ; DROP TABLE trust_person;--"
"""Text that a format of rows could stumble over, or take for a command."""

HANDLE = "00000000-0000-0000-0000-00000000000"

PERSONS = "trust_person (username, service_name, password, is_active, created_at)"


def execute(url, statement):
    with psycopg.connect(url) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def add_person(url, name, said="later"):
    with psycopg.connect(url) as connection:
        connection.execute(f"INSERT INTO {PERSONS} VALUES (%s, %s, '', true, now())", [name, said])


def persons(url):
    return execute(url, "SELECT count(*) FROM trust_person")[0][0]


@pytest.fixture
def filled(migrated_data, data_folder):
    """A cluster with the program's tables, some rows, photos and a key."""
    data = data_folder / "first"
    data.mkdir()
    copy_data(migrated_data, data)
    cluster = Cluster(data, FAST)
    with cluster.available():
        for name, said in (("one", STRANGE), ("two", "电梯停运")):
            add_person(cluster.program_url, name, said)
        superuser = cluster.url(SUPERUSER)
        execute(
            superuser, "INSERT INTO trust_vaultkey (wrapped, master, created_at) VALUES ('x', 'k1', now())"
        )
        execute(
            superuser,
            "INSERT INTO trust_vaultitem (handle, field, key_id, nonce, sealed, created_at)"
            " SELECT ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'matter.name', 1, '', '\\xff', now()"
            " FROM generate_series(1, 5) AS n",
        )
    (data / "media" / "2026").mkdir(parents=True)
    (data / "media" / "2026" / "lamp.jpg").write_bytes(b"lamp")
    (data / "vault.key").write_bytes(b"vault key")
    return cluster


def with_key_of(cluster, data):
    """Return a folder with the key of the checkpoints, as after a lost machine."""
    data.mkdir()
    shutil.copyfile(Anchorage.of(cluster.data).key, Anchorage.of(data).key)
    Anchorage.of(data).key.chmod(0o600)
    return data


def test_a_restored_folder_has_rows_rights_and_photos_and_goes_on_counting(filled, data_folder):
    for name in ("drafts", "uploads"):
        (filled.data / "media" / name).mkdir()
        (filled.data / "media" / name / "half.jpg").write_bytes(b"half")
    with filled.available():
        execute(filled.program_url, "INSERT INTO django_session VALUES ('SecretSession', '', now())")
        backup(filled.data, data_folder / "shige.backup", with_keys=True)
    held = members_of(data_folder / "shige.backup")
    assert not [name for name in held if "drafts" in name or "uploads" in name or "django_session" in name]
    assert not [name for name, content in held.items() if b"SecretSession" in content]
    backup(filled.data, data_folder / "shige.backup", with_keys=False)
    second = with_key_of(filled, data_folder / "second")
    late, early = datetime.now(UTC), datetime.now(UTC) - timedelta(hours=1)
    listed = [(late, HANDLE + "3"), (early, HANDLE + "4")]  # the second one was deleted before the backup
    lines = [
        {"at": at.isoformat(), "kind": "value", "digest": digest_of("value", name)} for at, name in listed
    ]
    (second / "erasures.jsonl").write_text("torn")
    append_erased(second / "erasures.jsonl", read_keys(Anchorage.of(second).key), lines)
    written = (second / "erasures.jsonl").read_text()
    (second / "erasures.jsonl").write_text(written.replace("value", "other", 1))
    with pytest.raises(Refusal, match="line 2 of the list of deletions"):
        restore(second, data_folder / "shige.backup", replace=False)
    (second / "erasures.jsonl").write_text(written)
    outcome = restore(second, data_folder / "shige.backup", replace=False)
    assert outcome.erased == 1
    copy = Cluster(data_folder / "second", FAST)
    with copy.available():
        said = execute(copy.program_url, "SELECT service_name FROM trust_person ORDER BY id")
        assert said == [(STRANGE,), ("电梯停运",)]
        handles = execute(
            copy.url(SUPERUSER), "SELECT right(handle::text, 1) FROM trust_vaultitem ORDER BY 1"
        )
        assert handles == [("1",), ("2",), ("4",), ("5",)]
        assert execute(copy.program_url, "SELECT count(*) FROM trust_vaultitem") == [(0,)]  # none was named
        assert execute(copy.owner_url, "SELECT count(*) FROM trust_vaultitem") == [(0,)]
        assert execute(copy.program_url, "SELECT count(*) FROM django_session") == [(0,)]
        add_person(copy.program_url, "three")
        assert execute(copy.program_url, "SELECT max(id) FROM trust_person") == [(3,)]
        execute(copy.program_url, entries(7, 7))
        with pytest.raises(psycopg.errors.RaiseException, match="only grows"):
            execute(copy.program_url, "DELETE FROM trust_journalentry")
        execute(copy.owner_url, "CREATE TABLE later (id bigint)")
        assert execute(copy.program_url, "SELECT count(*) FROM later") == [(0,)]
        owners = (
            "SELECT DISTINCT tableowner, schemaname FROM pg_tables WHERE schemaname !~ '^(pg_|information)'"
        )
        assert sorted(execute(copy.owner_url, owners)) == [
            ("shige_owner", "members"),
            ("shige_owner", "public"),
        ]
        migrate(copy.owner_url)  # nothing is left to do, and it says so by not failing
    assert (copy.data / "media" / "2026" / "lamp.jpg").read_bytes() == b"lamp"
    assert not (copy.data / "vault.key").exists()


def test_the_members_register_comes_back_behind_its_role_without_who_had_left(filled, data_folder):
    with filled.available():
        execute(
            filled.url(SUPERUSER),
            "INSERT INTO members.members_member (key, state, organisation, hours, party, reports_home, ready,"
            " offers, monthly, sealed_by, sealed, reason, changed_at, version) SELECT"
            " ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'confirmed', 1, n - 1, true, false, false,"
            " '{}', 0, 'k1', 'x', '', now(), 1 FROM generate_series(1, 3) AS n",
        )
        backup(filled.data, data_folder / "shige.backup", with_keys=False)
    second = with_key_of(filled, data_folder / "second")
    lines = [
        {"at": datetime.now(UTC).isoformat(), "kind": "member", "digest": digest_of("member", HANDLE + nth)}
        for nth in "13"
    ]
    append_erased(second / "erasures.jsonl", read_keys(Anchorage.of(second).key), lines)
    assert restore(second, data_folder / "shige.backup", replace=False).erased == 2
    copy = Cluster(second, FAST)
    with copy.available():
        found = "SELECT right(key::text, 1), state, hours, sealed FROM members.members_member ORDER BY 1"
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            execute(copy.program_url, found)
        assert execute(copy.owner_url, found) == []  # row-level security is in force again
        with psycopg.connect(copy.program_url) as connection:
            connection.execute("SET ROLE shige_members")
            assert connection.execute(found).fetchall() == [
                ("2", "confirmed", 1, b"x"),
                ("3", "ended", 2, None),
            ]
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SELECT 1 FROM trust_person")
        migrate(copy.owner_url)
        schemas = "SELECT nspname FROM pg_namespace WHERE nspname ~ 'restoring'"
        assert execute(copy.owner_url, schemas) == []


def test_a_backup_is_closed_to_others_and_holds_the_keys_only_when_told(filled, data_folder):
    plain, full = data_folder / "plain", data_folder / "full"
    with filled.available():
        backup(filled.data, plain, with_keys=False)
        backup(filled.data, full, with_keys=True)
    assert stat.S_IMODE(plain.stat().st_mode) == 0o600
    with tarfile.open(plain) as without, tarfile.open(full) as with_keys:
        assert set(with_keys.getnames()) - set(without.getnames()) == {"keys/vault.key"}
    assert not list(data_folder.glob(".shige-*"))


@pytest.mark.django_db
def test_every_table_that_stays_out_of_backups_is_one_of_ours():
    register = {model._meta.db_table for model in apps.get_app_config("members").get_models()}
    assert {*connection.introspection.table_names(), *register} >= TABLES


def entries(first: int, last: int, hashed: str = "", position: str = "n") -> str:
    """Write entries with positions whose hashes are easily told, as far as a restore looks at them."""
    return (
        "INSERT INTO trust_journalentry"
        " (id, position, at, verb, object_type, object_id, object_version, facts, hash)"
        f" SELECT n, {position}, now(), 'x', 'x', n::text, 1, '{{}}', sha256(('{hashed}' || n)::bytea)"
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


def test_a_restore_signs_a_break_and_sets_a_key_that_differs_aside(filled, data_folder):
    file = data_folder / "shige.backup"
    with filled.available():
        execute(filled.program_url, entries(1, 5))
        execute(filled.program_url, entries(6, 6, position="NULL::bigint"))
        anchored(filled, 5)
        backup(filled.data, file, with_keys=True)
        execute(filled.program_url, entries(7, 9))
        keys = anchored(filled, 9)
    (filled.data / "vault.key").write_bytes(b"another key")
    outcome = restore(filled.data, file, replace=True)
    assert outcome.restored == Restored(5, 9, continues=True)
    last = lines_of(filled.data, keys)[-1]
    assert (last.kind, last.position, last.more["lost"]["position"]) == (Kind.BREAK, 5, 9)
    assert (filled.data / "vault.key").read_bytes() == b"vault key"
    assert [path.read_bytes() for path in filled.data.glob("vault.key.*")] == [b"another key"]
    assert last.more["taken"] == [6] and outcome.manifest.made.isoformat() in last.more["reason"]
    with tarfile.open(file) as archive:
        assert not [name for name in archive.getnames() if "checkpoint" in name]


def test_without_the_key_of_the_checkpoints_nothing_is_restored(filled, data_folder):
    file = data_folder / "shige.backup"
    backup(filled.data, file, with_keys=False)
    with filled.available():
        anchored(filled, 1)
        add_person(filled.program_url, "later")
    Anchorage.of(filled.data).key.unlink()
    with pytest.raises(Refusal, match=r"Nothing was restored.*checkpoint\.key"):
        restore(filled.data, file, replace=True)
    pub = Anchorage.of(filled.data).key.with_suffix(".pub")
    with pytest.raises(Refusal, match=r"Nothing was restored.*Put back the key"):
        restore(filled.data, file, replace=True, public=pub)
    with filled.available():
        assert persons(filled.program_url) == 3


def test_a_restore_over_rows_needs_replace_and_then_brings_back_the_old_count(filled, data_folder):
    file = data_folder / "shige.backup"
    backup(filled.data, file, with_keys=False)
    with filled.available():
        for number in range(40):
            add_person(filled.program_url, f"later {number}")
        execute(filled.owner_url, "CREATE TABLE newer AS SELECT 1 AS one")
    (filled.data / "media" / "later.jpg").write_bytes(b"later")
    with pytest.raises(Refusal, match="--replace"):
        restore(filled.data, file, replace=False)
    restore(filled.data, file, replace=True)
    with filled.available():
        assert persons(filled.program_url) == 2
        assert execute(filled.program_url, "SELECT to_regclass('newer')") == [(None,)]
    assert [path.name for path in (filled.data / "media").rglob("*.jpg")] == ["lamp.jpg"]


def test_a_cut_or_changed_file_is_refused_and_nothing_changes(filled, data_folder):
    file = data_folder / "shige.backup"
    backup(filled.data, file, with_keys=False)
    content = file.read_bytes()
    middle = content.index("电梯停运".encode())
    changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    for damaged in (content[: len(content) // 2], changed, b"", b"no archive at all"):
        file.write_bytes(damaged)
        with pytest.raises(Refusal, match=r"damaged|not a whole backup"):
            restore(filled.data, file, replace=True)
    with filled.available():
        assert persons(filled.program_url) == 2
    assert (filled.data / "media" / "2026" / "lamp.jpg").exists()


def members_of(file):
    with tarfile.open(file) as archive:
        return {one.name: archive.extractfile(one).read() for one in archive.getmembers()}


def rewritten(file, members, keys=None):
    """Write an archive as whoever holds the file could: digests that fit, signed by ``keys`` if given."""
    manifest = json.loads(members["manifest.json"])
    names = [name for name in members if not name.startswith("manifest")]
    manifest["sha256"] = {name: hashlib.sha256(members[name]).hexdigest() for name in names}
    members["manifest.json"] = json.dumps(manifest).encode()
    if keys:
        signature = keys.sign(b"shige backup\n" + members["manifest.json"])
        signed = {"key": keys.current.hex(), "signature": base64.b64encode(signature).decode()}
        members["manifest.signature"] = json.dumps(signed).encode()
    with tarfile.open(file, "w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


@pytest.fixture
def signed(tmp_path):
    """A backup of one table, signed by a key of its own."""
    (tmp_path / "rows").write_text("1\t电梯停运\n")
    keys = make_keys(tmp_path / "checkpoint.key")
    table = Table(columns=["id", "name"], rows=1, counters={"id": (1, True)})
    contents = Contents(as_of=datetime.now(UTC), migrations=[], tables={"trust_person": table})
    write(tmp_path / "shige.backup", {"tables/trust_person.copy": tmp_path / "rows"}, contents, keys)
    return tmp_path / "shige.backup", keys


def test_a_backup_that_the_own_key_has_not_signed_is_refused(signed, tmp_path):
    file, keys = signed
    good, other = members_of(file), make_keys(tmp_path / "other.key")
    more = {"tables/trust_person.copy": b"1\tevil\n"}
    for members, signer, said in (
        (good | more, None, "signature of .* does not fit"),
        (good | more, other, "key that is not known here"),
        ({name: held for name, held in good.items() if name != "manifest.signature"}, None, "not signed"),
    ):
        rewritten(file, dict(members), signer)
        with pytest.raises(Refusal, match=f"(?s)Nothing was restored.*{said}"):
            unpack(file, tmp_path / "place", keys.public())
    assert not (tmp_path / "place").exists()


@pytest.mark.parametrize("manifest", [b"[" * 200_000, b" " * 3_000])
def test_what_a_foreign_backup_says_of_itself_is_bounded(signed, tmp_path, monkeypatch, manifest):
    """It is read before its signature: neither deep nor endless text ends the program."""
    file, keys = signed
    monkeypatch.setattr(archive, "SHORT", max(2_000, manifest.count(b"[")))
    with tarfile.open(file, "w") as tar:
        member = tarfile.TarInfo("manifest.json")
        member.size = len(manifest)
        tar.addfile(member, io.BytesIO(manifest))
    with pytest.raises(Refusal, match="not a whole backup"):
        unpack(file, tmp_path / "place", keys.public())


def test_a_backup_of_sql_is_refused_with_the_way_to_read_it(signed, tmp_path):
    file, keys = signed
    old = {"database.dump": b"PGDMP", "manifest.json": b'{"format": 1, "sha256": {}}'}
    with tarfile.open(file, "w") as archive:
        for name, content in old.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    with pytest.raises(Refusal, match=r"Nothing was restored.*another format.*version that wrote it"):
        unpack(file, tmp_path / "place", keys.public())


def test_a_machine_without_the_key_takes_a_backup_by_its_public_half(signed, tmp_path):
    file, _keys = signed
    away = Anchorage(tmp_path / "none.key", tmp_path / "none")
    with pytest.raises(Refusal, match="not known here"):
        unpack(file, tmp_path / "place", trusted(away, None))
    assert unpack(file, tmp_path / "place", trusted(away, tmp_path / "checkpoint.pub")).contents.tables


def test_a_file_that_would_be_written_outside_the_folder_is_refused(signed, tmp_path):
    file, keys = signed
    rewritten(file, members_of(file) | {"../../evil": b"evil"}, keys)
    with pytest.raises(Refusal, match="leads out of the folder"):
        unpack(file, tmp_path / "place", keys.public())
    assert not list(tmp_path.parent.rglob("evil"))


def contents_here(**changes):
    """Return what a backup of the test's own database says, changed as whoever stole the key would."""
    connection.ensure_connection()
    made = columns_of(connection.connection, "public")
    tables = {name: Table(columns=columns, rows=0, counters={}) for name, columns in made.items()}
    return Contents(as_of=datetime.now(UTC), migrations=[], tables={**tables, **changes})


@pytest.mark.django_db
def test_a_table_or_a_column_that_the_program_does_not_make_is_refused():
    evil = Table(columns=["id\") FROM PROGRAM 'touch /tmp/evil'; --"], rows=0, counters={})
    check_tables(connection.connection, contents_here(), "public")
    for changes, said in (
        ({"evil": evil}, "table evil that this program does not know"),
        ({"trust_person": evil}, "trust_person of the backup has other columns"),
    ):
        with pytest.raises(Refusal, match=said):
            check_tables(connection.connection, contents_here(**changes), "public")
    lacking = contents_here()
    del lacking.tables["trust_person"], lacking.tables["django_session"]
    with pytest.raises(Refusal, match="lacks the table trust_person"):
        check_tables(connection.connection, lacking, "public")


@pytest.mark.django_db
def test_a_migration_that_the_program_does_not_know_is_refused():
    with pytest.raises(Refusal, match=r"later version of the program \(9999_later\)"):
        migrate_to([("trust", "9999_later")])


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"\\.\nDROP TABLE django_session;\n", b"x\n", b"a\tb\tc\td\n"])
def test_rows_are_data_and_as_many_as_were_written(tmp_path, content):
    file = tmp_path / "rows"
    file.write_bytes(content)
    connection.ensure_connection()
    table = Table(columns=["session_key", "session_data", "expire_date"], rows=1, counters={})
    with pytest.raises((Refusal, psycopg.Error)), transaction.atomic():
        read_table(connection.connection, "django_session", table, file)
    assert "django_session" in connection.introspection.table_names()


def test_a_restore_works_as_the_owner_alone_and_refused_leaves_rows_and_photos(
    filled, data_folder, monkeypatch
):
    asked = []

    def noted(argv, **given):
        asked.append(given["env"]["DATABASE_URL"])
        return spawn(argv, **given)

    monkeypatch.setattr("shige.machine.backup.backup.spawn", noted)
    file = data_folder / "shige.backup"
    backup(filled.data, file, with_keys=False)
    (filled.data / "media" / "2026" / "lamp.jpg").rename(filled.data / "media" / "own.jpg")
    with filled.available():
        # A table that is not the owner's stands in the way of the backup's.
        execute(filled.url(SUPERUSER), "ALTER TABLE insight_reader OWNER TO postgres")
    with pytest.raises(Refusal, match=r"(?s)Nothing was restored.*insight_reader"):
        restore(filled.data, file, replace=True)
    assert [url.split("//")[1].split(":")[0] for url in asked] == ["shige_owner"]
    with filled.available():
        powers = (
            "SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = 'shige_owner'"
        )
        assert execute(filled.owner_url, powers) == [(False,)]
        left = "SELECT count(*) FROM pg_namespace WHERE nspname = 'restoring'"
        assert execute(filled.owner_url, left) == [(0,)]
        assert persons(filled.program_url) == 2
    assert [path.name for path in (filled.data / "media").rglob("*.jpg")] == ["own.jpg"]


def test_a_restore_is_refused_while_another_process_runs_the_folder(filled, data_folder):
    file = data_folder / "shige.backup"
    backup(filled.data, file, with_keys=False)
    with hold(filled.data), pytest.raises(InUse):
        restore(filled.data, file, replace=True)


def test_the_commands_say_what_was_done_and_what_is_where(filled, data_folder):
    file, second = str(data_folder / "file"), data_folder / "second"
    said = CliRunner().invoke(backup_command, [file, "--data", str(filled.data), "--with-key"]).output
    assert "It contains the keys" in said
    with filled.available():
        execute(filled.program_url, entries(1, 5, "other "))
        said = CliRunner().invoke(backup_command, [file, "--data", str(filled.data)]).output
        anchored(filled, 3)
    keys = f"keep {filled.data / 'vault.key'} and {filled.data / 'members.key'} safe"
    assert f"neither the vault's key nor that of the members' register: {keys}" in said
    assert str(filled.data / "erasures.jsonl") in said
    with_key_of(filled, second)
    shutil.copytree(Anchorage.of(filled.data).folder, Anchorage.of(second).folder)
    said = CliRunner().invoke(restore_command, [file, "--data", str(second)]).output
    assert f"There is no list of deletions at {second / 'erasures.jsonl'}" in said
    assert f"put it at {second / 'vault.key'} before the next start" in said
    assert "goes to entry 5 now (before: 3)" in said and "not an earlier state" in said


@pytest.fixture
def external(data_folder, monkeypatch):
    """An older server that somebody else runs, with our two roles."""
    with reachable_folder() as folder:
        server = Cluster(folder, FAST, major=16)
        with server.available():
            monkeypatch.setenv("DATABASE_URL", server.program_url)
            monkeypatch.setenv("SHIGE_OWNER_DATABASE_URL", server.owner_url)
            yield server


def test_a_backup_moves_from_the_embedded_to_an_external_older_server_and_is_the_same_there(
    filled, data_folder, external, monkeypatch
):
    there, back = data_folder / "there", data_folder / "back"
    with monkeypatch.context() as inside:
        inside.delenv("DATABASE_URL")
        backup(filled.data, there, with_keys=False)
    restore(with_key_of(filled, data_folder / "outside"), there, replace=False)
    assert persons(external.program_url) == 2
    with pytest.raises(Refusal, match="ALTER ROLE shige_owner BYPASSRLS"):
        backup(data_folder / "outside", back, with_keys=False)
    execute(external.url(SUPERUSER), "ALTER ROLE shige_owner BYPASSRLS")
    backup(data_folder / "outside", back, with_keys=False)
    tables, again = ({name: held for name, held in members_of(file).items() if name.startswith("tables/")}
                     for file in (there, back))  # fmt: skip
    assert (
        tables == again
        and STRANGE.split(";")[0].split("\n")[1].encode() in tables["tables/trust_person.copy"]
    )


def test_an_external_superuser_is_refused(data_folder, external, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", external.url(SUPERUSER))
    with pytest.raises(Refusal, match="SUPERUSER"):
        backup(data_folder / "outside", data_folder / "there", with_keys=False)
