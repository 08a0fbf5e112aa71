"""The sequencer gives positions to what the program wrote, and anchors the journal outside the database."""

import subprocess
import sys
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from django.utils import timezone
from pytest_django import Settings
from tests.made_up_facts import NOTED, Noted

from shige.machine.backup.archive import write as write_archive
from shige.machine.backup.tables import write_tables
from shige.machine.backup.transient import TABLES
from shige.machine.database.binaries import program
from shige.machine.database.cluster import Cluster
from shige.machine.database.dump import dump
from shige.machine.database.roles import SUPERUSER
from shige.machine.journal import checkpoint_schedule
from shige.machine.journal.checkpoint_schedule import Anchor
from shige.project import office_cli as office_commands
from shige.trust.checkpoints import Kind, make_keys
from shige.trust.commands import begin, declare_break, note_forgotten, record, rotate_checkpoint_key, sequence
from shige.trust.commands.checkpoint import log_here, write_checkpoint
from shige.trust.commands.vault import keep_readings
from shige.trust.gate import SYSTEM
from shige.trust.models import JournalEntry, VaultReading
from shige.trust.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)

VERIFIER = Path(__file__).parents[2] / "independent_verifier.py"
Tamper = Callable[[str], None]


@pytest.fixture
def tamper(database_cluster: Cluster) -> Tamper:
    """Do something as the owner of the tables, with every guard switched off."""

    def do(statement: str) -> None:
        with psycopg.connect(database_cluster.owner_url, autocommit=True) as owner:
            tables = ("trust_journalentry", "trust_vaultreading")
            for table in tables:
                owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            owner.execute(statement)
            for table in tables:
                owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return do


@pytest.fixture
def anchor() -> Anchor:
    """A sequencer that has just begun."""
    begin(SYSTEM)
    return Anchor()


def write(count: int, thing: str = "a") -> None:
    """Append some entries about one thing."""
    for version in range(1, count + 1):
        record(SYSTEM, NOTED, "thing", thing, version, fact=Noted(share=2.0, text="路灯\t\\N\n不亮"))


def kinds() -> list[str]:
    """Return the kinds of the lines written so far."""
    return [str(line.kind) for line in log_here().lines]


def test_a_checkpoint_follows_what_came_in_and_a_last_one_the_stop(
    anchor: Anchor, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(100, 10_000, 7))
    monkeypatch.setattr(checkpoint_schedule, "monotonic", lambda: float(next(clock)))
    write(3)
    anchor.step()
    assert log_here().lines[-1].position == 3
    for _ in range(30):
        anchor.step()
    quiet = len(kinds())
    assert 3 <= quiet <= 6, "one a minute while nothing happens"
    write(1)
    anchor.end()
    last = log_here().lines[-1]
    assert (last.kind, last.position, last.count) == (Kind.STOP, 4, 4)
    assert verify().fault is None


def test_a_waiting_entry_that_was_changed_gets_no_position_and_is_written_down(
    anchor: Anchor, tamper: Tamper
) -> None:
    write(3)
    tamper("UPDATE trust_journalentry SET verb = 'thing.solved' WHERE object_version = 2")
    anchor.step()
    anchor.step()
    assert JournalEntry.objects.filter(position=None).get().object_version == 2
    assert kinds().count("fault") == 1
    assert "was not written by the program" in log_here().lines[1].more["found"]
    fault = verify().fault
    assert fault and fault.kind == "forged"


def test_a_tail_whose_positions_were_taken_away_stops_the_order_until_a_break_is_declared(
    anchor: Anchor, tamper: Tamper
) -> None:
    write(5)
    anchor.step()
    write(3, "b")
    anchor.step()  # no checkpoint is due yet: the process knows by itself
    tamper("UPDATE trust_journalentry SET position = NULL, hash = NULL WHERE position > 6")
    anchor.step()
    anchor.step()
    assert JournalEntry.objects.filter(position=None).count() == 2
    assert kinds() == ["begin", "checkpoint", "fault"]
    fault = verify().fault
    assert fault and (fault.kind, fault.position) == ("cut", 7)
    declare_break("fail-over to the standby")
    anchor.step()
    verdict = verify()
    assert (verdict.fault, verdict.entries) == (None, 8)
    assert verdict.lines(Kind.BREAK)[0].more["reason"] == "fail-over to the standby"
    assert verdict.lines(Kind.BREAK)[0].more["lost"]["position"] == 8


def test_a_journal_that_was_changed_while_the_program_was_down_is_not_continued(
    anchor: Anchor, tamper: Tamper
) -> None:
    write(4)
    anchor.end()
    tamper("DELETE FROM trust_journalentry WHERE position = 4")
    write(1, "b")
    Anchor().step()
    assert JournalEntry.objects.get(object_id="b").position is None
    assert kinds()[-2:] == ["stop", "fault"]


def test_entries_and_readings_of_before_are_taken_at_the_beginning_only(tamper: Tamper) -> None:
    write(2)
    tamper("UPDATE trust_journalentry SET stamp = NULL")
    tamper(
        "INSERT INTO trust_vaultreading (handle, role, reason, at)"
        " VALUES (gen_random_uuid(), 'department', '回访', now())"
    )
    assert begin(SYSTEM) and not begin(SYSTEM)
    Anchor().step()
    verdict = verify()
    assert (verdict.fault, verdict.entries, verdict.unstamped, verdict.readings) == (None, 3, 2, 1)
    tamper("UPDATE trust_vaultreading SET reason = '巡查'")
    fault = verify().fault
    assert fault and (fault.kind, fault.position) == ("reading changed", 3)


def test_a_new_key_signs_and_stamps_and_the_old_one_still_proves(anchor: Anchor) -> None:
    write(2)
    anchor.step()
    name = rotate_checkpoint_key(SYSTEM)
    write(2, "b")
    anchor.end()
    lines = log_here().lines
    assert (lines[-1].key, lines[0].key == name) == (name, False)
    assert verify().fault is None


def test_the_command_says_what_is_proved_and_names_the_first_broken_position(
    anchor: Anchor, tamper: Tamper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_commands, "running", lambda data: nullcontext())
    write(3)
    anchor.step()
    write(2, "b")
    sequence()
    said = CliRunner().invoke(office_commands.journal, ["verify"])
    assert said.exit_code == 0
    assert "5 entries, unbroken" in said.output
    assert "Proved up to entry 3 by the checkpoint of" in said.output
    assert "2 later entries and 0 without a position bear the program's stamp" in said.output
    tamper("UPDATE trust_journalentry SET verb = 'x' WHERE position = 2")
    said = CliRunner().invoke(office_commands.journal, ["verify"])
    assert said.exit_code == 1
    assert "entry 2 was changed (changed, first at position 2)" in said.output


def independent(settings: Settings, *source: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier as its own process, without the program's code in its path."""
    argv = [sys.executable, "-I", str(VERIFIER), "--checkpoints", str(settings.SHIGE_CHECKPOINTS), "--public"]
    public = str(settings.SHIGE_CHECKPOINT_KEY_FILE.with_suffix(".pub"))
    return subprocess.run([*argv, public, *source], capture_output=True, text=True)


def test_the_independent_verifier_proves_a_database_and_a_dump_and_finds_what_was_changed(
    anchor: Anchor, tamper: Tamper, settings: Settings, database_cluster: Cluster, tmp_path: Path
) -> None:
    write(4)
    keep_readings(SYSTEM, [uuid.uuid4(), uuid.uuid4()], "回访\t\\", "street_officer")
    anchor.step()
    rotate_checkpoint_key(SYSTEM)
    write(2, "b")
    anchor.end()
    live = ("--database", database_cluster.owner_url)
    said = independent(settings, *live)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "9 entries, unbroken up to entry 9 of the last checkpoint" in said.stdout
    assert "2 readings" in said.stdout
    file = tmp_path / "database.dump"
    dump(database_cluster.url(SUPERUSER), file)
    from_dump = ("--dump", str(file), "--pg-restore", str(program("pg_restore")))
    assert independent(settings, *from_dump).stdout == said.stdout
    contents = write_tables(database_cluster.url(SUPERUSER), tmp_path / "tables", without=TABLES)
    members = {f"tables/{name}.copy": tmp_path / "tables" / f"{name}.copy" for name in contents.tables}
    write_archive(tmp_path / "shige.backup", members, contents, make_keys(tmp_path / "any.key"))
    from_backup = ("--backup", str(tmp_path / "shige.backup"))
    assert independent(settings, *from_backup).stdout == said.stdout
    for statement, found in (
        ("UPDATE trust_vaultreading SET person_id = NULL, role = 'x'", "a reading in trust_vaultreading"),
        ("DELETE FROM trust_journalentry WHERE position > 6", "entries 7 to 9 were cut off"),
        ("UPDATE trust_journalentry SET facts = '{}' WHERE position = 3", "entry 3 was changed"),
    ):
        tamper(statement)
        said = independent(settings, *live)
        assert said.returncode == 1 and found in said.stdout, said.stdout + said.stderr


def test_a_reading_whose_time_is_up_may_go_and_no_other(anchor: Anchor, tamper: Tamper) -> None:
    keep_readings(SYSTEM, [uuid.uuid4()], "回访", "street_officer")
    write_checkpoint()
    tamper("DELETE FROM trust_vaultreading")
    note_forgotten(SYSTEM, VaultReading, timezone.now() - timedelta(days=1))
    anchor.step()
    fault = verify().fault
    assert fault and fault.kind == "reading lost"
    note_forgotten(SYSTEM, VaultReading, timezone.now())
    anchor.step()
    assert verify().fault is None


def test_nor_any_whose_time_is_said_to_be_up_in_time_to_come(
    anchor: Anchor, settings: Settings, database_cluster: Cluster
) -> None:
    """P7: a clock that was let lie would let every reading until then go unseen."""
    note_forgotten(SYSTEM, VaultReading, timezone.now() + timedelta(days=700))
    anchor.end()
    fault = verify().fault
    assert fault and fault.kind == "forged" and "a time to come" in fault.said
    told = independent(settings, "--database", database_cluster.owner_url)
    assert told.returncode == 1 and "had not come" in told.stdout, told.stdout + told.stderr
