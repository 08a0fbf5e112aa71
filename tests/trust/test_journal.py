"""The journal has one gap-free order and shows every later change."""

import threading
from collections.abc import Iterator

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from shige.machine.database.cluster import Cluster
from shige.trust.commands import record, reveal, seal, sequence
from shige.trust.gate import SYSTEM
from shige.trust.models import JournalEntry
from shige.trust.verification import verify
from tests.made_up_facts import HAPPENED

pytestmark = pytest.mark.django_db


def write(count: int, thing: str = "a") -> None:
    """Append some entries about one thing."""
    for version in range(1, count + 1):
        record(SYSTEM, HAPPENED, "thing", thing, version)


def test_positions_have_no_gaps() -> None:
    write(3)
    sequence()
    write(2, "b")
    sequence()
    assert list(JournalEntry.objects.order_by("position").values_list("position", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_an_untouched_journal_is_verified() -> None:
    write(5)
    sequence()
    assert verify().fault is None and verify().entries == 5


def test_the_database_refuses_to_change_an_entry() -> None:
    write(1)
    sequence()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        JournalEntry.objects.update(verb="thing.unchanged")


def test_the_database_refuses_to_delete_an_entry() -> None:
    write(1)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        JournalEntry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE trust_journalentry SET verb = 'x' WHERE position = 2", "entry 2 was changed"),
        ("DELETE FROM trust_journalentry WHERE position = 2", "position 2 is missing"),
    ],
)
def test_what_is_changed_behind_the_trigger_is_found(
    database_cluster: Cluster, tampering: str, fault: str
) -> None:
    write(3)
    sequence()
    with psycopg.connect(database_cluster.owner_url) as owner:
        owner.execute("ALTER TABLE trust_journalentry DISABLE TRIGGER journal_only_grows")
        owner.execute(tampering)
        owner.execute("ALTER TABLE trust_journalentry ENABLE TRIGGER journal_only_grows")
    found = verify().fault
    assert found and found.said == fault


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_commits_late_gets_a_later_position() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(SYSTEM, HAPPENED, "thing", "slow", 1)
            begun.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    begun.wait(10)
    record(SYSTEM, HAPPENED, "thing", "quick", 1)
    sequence()
    go_on.set()
    thread.join()
    sequence()
    order = JournalEntry.objects.order_by("position").values_list("object_id", flat=True)
    assert list(order) == ["quick", "slow"]


SWALLOW = """
CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN DELETE FROM trust_vaultreading WHERE id = NEW.id; RETURN NULL; END $$;
CREATE TRIGGER swallow AFTER INSERT ON trust_vaultreading FOR EACH ROW EXECUTE FUNCTION swallow();
ALTER TABLE trust_vaultreading DISABLE TRIGGER readings_only_grow;
"""
CLEAN = """
DROP TRIGGER IF EXISTS swallow ON trust_vaultreading;
DROP FUNCTION IF EXISTS swallow();
DROP RULE IF EXISTS silent ON trust_journalentry;
ALTER TABLE trust_vaultreading ENABLE TRIGGER readings_only_grow;
"""


@pytest.fixture
def owner(database_cluster: Cluster) -> Iterator[psycopg.Connection]:
    """Whoever owns the tables; afterwards they are as they were."""
    with psycopg.connect(database_cluster.owner_url, autocommit=True) as connected:
        before = connected.execute(
            "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = 'journal_only_grows'"
        ).fetchone()
        assert before is not None
        yield connected
        connected.execute(CLEAN)
        connected.execute(before[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            "ALTER TABLE trust_vaultreading DISABLE TRIGGER readings_only_grow",
            "trust_vaultreading is not guarded by readings_only_grow",
        ),
        (
            "CREATE OR REPLACE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NEW; END $$",
            "trust_journalentry is not guarded by journal_only_grows",
        ),
        (
            "CREATE RULE silent AS ON INSERT TO trust_journalentry WHERE NEW.actor_id = 5 DO INSTEAD NOTHING",
            "the rule silent stands on trust_journalentry",
        ),
        (
            SWALLOW.replace("ALTER TABLE trust_vaultreading DISABLE TRIGGER readings_only_grow;", ""),
            "the trigger swallow stands on trust_vaultreading",
        ),
    ],
)
def test_a_journal_whose_guards_were_touched_is_not_called_true(
    owner: psycopg.Connection, act: str, said: str
) -> None:
    write(2)
    sequence()
    assert verify().fault is None
    owner.execute(act)
    found = verify().fault
    assert found is not None and found.said.startswith(said)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_handed_over_whose_reading_is_swallowed(owner: psycopg.Connection) -> None:
    handle = seal("matter.name", "王小明")
    owner.execute(SWALLOW)
    with pytest.raises(RuntimeError, match="does not keep"):
        reveal(SYSTEM, [handle], "回访")
    owner.execute(CLEAN)
    assert reveal(SYSTEM, [handle], "回访")[handle] == "王小明"
