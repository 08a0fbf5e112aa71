"""Whoever holds the database alone, as its owner, changes nothing that a checkpoint covers unnoticed (P7)."""

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from pytest_django import Settings

from shige.machine.database.cluster import Cluster
from shige.project.settings import database
from shige.trust import verification
from shige.trust.commands import begin, record, record_all, sequence, write_checkpoint
from shige.trust.commands.journal import GENESIS
from shige.trust.commands.vault import keep_readings
from shige.trust.entry_stamp import digest
from shige.trust.facts import ListExported
from shige.trust.gate import SYSTEM, Lineage, Viewer
from shige.trust.models import JournalEntry, Person, VaultReading
from shige.trust.verification import verify
from tests import independent_verifier
from tests.made_up_facts import HAPPENED, NOTED, Noted

ROUNDS: Final = 1000
COVERED: Final = 36
"""Entries up to the last checkpoint; some more follow, and some wait."""


@pytest.fixture
def as_owner(database_cluster: Cluster) -> Iterator[None]:
    """Be the owner of the tables, who may switch off every guard in them."""
    ours = connections["default"]
    before = dict(ours.settings_dict)
    ours.close()
    ours.settings_dict.update(database(database_cluster.owner_url))
    yield
    ours.close()
    ours.settings_dict.update(before)


@pytest.fixture
def person(as_owner: None, transactional_db: None) -> Person:
    return Person.objects.create(username="reader", service_name="示例员")


@pytest.fixture
def journal(person: Person) -> None:
    """A journal with readings, several checkpoints, some entries after the last one, and some that wait."""
    begin(SYSTEM)
    reader = Viewer(person=person.pk)
    for number in range(COVERED // 6):
        record(reader, NOTED, "matter", number, 1, Lineage(street=number), Noted(text="new"))
        changed = [(number, version, None, Noted(text=f"s{version}")) for version in (2, 3, 4)]
        record_all(reader, NOTED, "matter", changed)
        keep_readings(reader, [uuid.uuid4()], f"回访{number}", "street_officer")
        record(reader, "matter.exported", "person", person.pk, 1, fact=ListExported(lines=number))
        sequence()
        if number % 3 == 0:
            write_checkpoint()
    write_checkpoint()
    for number in range(6):
        record(reader, HAPPENED, "matter", number, 9)
    sequence()
    for number in range(4):
        record(reader, HAPPENED, "matter", number, 10)


class Attacker:
    """Holds the database and knows every line of the program, but neither key nor checkpoints."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def entry(self) -> JournalEntry:
        """Choose an entry that a checkpoint covers."""
        return JournalEntry.objects.get(position=self.chance.randint(1, COVERED))

    def reading(self) -> VaultReading:
        """Choose a reading."""
        return self.chance.choice(list(VaultReading.objects.order_by("pk")))

    def alter(self, entry: JournalEntry) -> None:
        """Change what an entry says, in one of its columns."""
        column, value = self.chance.choice(
            [
                ("verb", f"{entry.verb}x"),
                ("actor_id", None),
                ("object_id", f"{entry.object_id}1"),
                ("object_version", entry.object_version + 1),
                ("street", (entry.street or 0) + 1),
                ("at", entry.at + timedelta(microseconds=self.chance.choice([1, -1, 86400_000_000]))),
                ("facts", {**entry.facts, "state": "solved"}),
            ]
        )
        JournalEntry.objects.filter(pk=entry.pk).update(**{column: value})

    def recompute(self, *, old: bool = False) -> None:
        """Number the journal anew without gaps and compute every hash, as the program would."""
        entries = list(JournalEntry.objects.exclude(position=None).order_by("position"))
        JournalEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(position=None)
        previous = GENESIS
        for position, entry in enumerate(entries, 1):
            entry.position, entry.previous_hash = position, previous
            entry.stamp = None if old else entry.stamp
            previous = entry.hash = digest(entry)
        JournalEntry.objects.bulk_update(entries, ["position", "previous_hash", "hash", "stamp"])

    def change(self) -> None:
        self.alter(self.entry())

    def change_and_recompute(self) -> None:
        self.alter(self.entry())
        self.recompute()

    def remove(self) -> None:
        self.entry().delete()

    def remove_and_recompute(self) -> None:
        self.entry().delete()
        self.recompute()

    def cut(self) -> None:
        JournalEntry.objects.filter(position__gte=self.chance.randint(1, COVERED)).delete()

    def cut_all(self) -> None:
        JournalEntry.objects.all().delete()
        VaultReading.objects.all().delete()

    def unsequence_and_alter(self) -> None:
        """Take the positions of the tail away, change something in it, and let the program sequence it."""
        tail = JournalEntry.objects.filter(position__gte=self.chance.randint(1, COVERED))
        pks = list(tail.filter(position__lte=COVERED).values_list("pk", flat=True))
        tail.update(position=None, previous_hash=None, hash=None)
        chosen = JournalEntry.objects.get(pk=self.chance.choice(pks))
        self.chance.choice([self.alter, lambda entry: entry.delete()])(chosen)
        sequence()

    def unsequence_and_sequence_otherwise(self) -> None:
        """Let the program sequence a tail again in another order, every stamp being good."""
        first = self.chance.randint(1, COVERED - 1)
        one, other = JournalEntry.objects.filter(position__in=[first, COVERED]).order_by("position")
        JournalEntry.objects.filter(position__gte=first).update(position=None)
        one_pk, other_pk = one.pk, other.pk
        JournalEntry.objects.filter(pk=one_pk).update(id=0)
        JournalEntry.objects.filter(pk=other_pk).update(id=one_pk)
        JournalEntry.objects.filter(pk=0).update(id=other_pk)
        sequence()

    def swap(self) -> None:
        one, other = (
            JournalEntry.objects.get(position=at) for at in self.chance.sample(range(1, COVERED + 1), 2)
        )
        places = one.position, other.position
        JournalEntry.objects.filter(pk__in=[one.pk, other.pk]).update(position=None)
        JournalEntry.objects.filter(pk=one.pk).update(position=places[1])
        JournalEntry.objects.filter(pk=other.pk).update(position=places[0])
        self.recompute()

    def rewrite_all(self) -> None:
        """Say that nobody did any of it, in the form of now or in the one without stamps."""
        JournalEntry.objects.exclude(position=None).update(actor=None)
        self.recompute(old=self.chance.random() < 0.5)

    def forge(self) -> None:
        """Put an entry in that never was: waiting, or in the middle; with a copied stamp, or none."""
        entry = self.entry()
        stamp = self.chance.choice([entry.stamp, None, self.chance.randbytes(32)])
        made = JournalEntry(
            at=timezone.now(), verb="matter.solved", object_type="matter", object_id="1", object_version=77
        )
        made.stamp = stamp
        made.save()
        if self.chance.random() < 0.5:
            JournalEntry.objects.filter(position__gte=entry.position).update(position=None)
            JournalEntry.objects.filter(pk=made.pk).update(position=entry.position)
            self.recompute()

    def repeat(self) -> None:
        """Put an entry of before in once more, stamp and all."""
        entry = self.entry()
        entry.pk = entry.position = entry.previous_hash = entry.hash = None
        entry.save(force_insert=True)
        if self.chance.random() < 0.5:
            sequence()

    def alter_waiting(self) -> None:
        self.alter(self.chance.choice(list(JournalEntry.objects.filter(position=None).order_by("pk"))))
        if self.chance.random() < 0.5:
            sequence()

    def alter_later(self) -> None:
        """Change what no checkpoint covers yet, with every hash computed again."""
        self.alter(JournalEntry.objects.filter(position__gt=COVERED).order_by("?")[0])
        self.recompute()

    def remove_reading(self) -> None:
        self.reading().delete()

    def remove_reading_with_its_entry(self) -> None:
        reading = self.reading()
        JournalEntry.objects.get(object_id=str(reading.handle)).delete()
        reading.delete()
        self.recompute()

    def rewrite_reading(self) -> None:
        reading = self.reading()
        other = Person.objects.create(username=uuid.uuid4().hex, service_name="另一人")
        column, value = self.chance.choice(
            [
                ("person", other),
                ("person", None),
                ("reason", "巡查"),
                ("role", "department"),
                ("at", reading.at - timedelta(hours=1)),
                ("handle", uuid.uuid4()),
                ("salt", None),
            ]
        )
        VaultReading.objects.filter(pk=reading.pk).update(**{column: value})

    def rewrite_every_reading(self) -> None:
        VaultReading.objects.update(person=None, reason="系统")

    def forge_reading(self) -> None:
        reading = self.reading()
        reading.pk = None
        if self.chance.random() < 0.5:
            reading.reason = "伪造"
        reading.save(force_insert=True)

    def attacks(self) -> list[Callable[[], None]]:
        """Return all that this one can do."""
        return [
            self.change, self.change_and_recompute, self.remove, self.remove_and_recompute, self.cut,
            self.cut_all, self.unsequence_and_alter, self.unsequence_and_sequence_otherwise, self.swap,
            self.rewrite_all, self.forge, self.repeat, self.alter_waiting, self.alter_later,
            self.remove_reading, self.remove_reading_with_its_entry, self.rewrite_reading,
            self.rewrite_every_reading, self.forge_reading,
        ]  # fmt: skip


class Rows:
    """The tables as this transaction sees them, for the verifier that shares no code with the program."""

    def rows(self, table: str, wanted: tuple[str, ...]) -> Iterator[independent_verifier.Row]:
        """Yield the rows of a table."""
        names = ", ".join(f'"{name}"' for name in wanted)
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) TO STDOUT") as copy:
            text = b"".join(bytes(part) for part in copy).decode()
        for line in text.split("\n")[:-1]:
            yield independent_verifier.copied(line, wanted)


def found_without_the_program(lines: list[independent_verifier.Row]) -> bool:
    """Say whether the verifier that shares no code finds that something was altered."""
    try:
        independent_verifier.check(Rows(), lines)
    except independent_verifier.TamperedError:
        return True
    return False


def covered() -> list[tuple[object, ...]]:
    """Return what the last checkpoint speaks for: without the key of stamps nobody can tell what follows."""
    entries = JournalEntry.objects.filter(position__lte=COVERED).order_by("position")
    return [*entries.values_list(), *VaultReading.objects.order_by("pk").values_list()]


@pytest.mark.long
def test_every_one_of_a_thousand_alterations_is_found(
    journal: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict = verify()
    assert (verdict.fault, verdict.entries, verdict.waiting, verdict.readings) == (
        None,
        COVERED + 6,
        4,
        COVERED // 6,
    )
    attacker = Attacker(random.Random(7))
    tried, missed, kinds = Counter[str](), Counter[str](), Counter[str]()
    public = settings.SHIGE_CHECKPOINT_KEY_FILE.with_suffix(".pub").read_text().split()
    lines = independent_verifier.read_checkpoints(settings.SHIGE_CHECKPOINTS, public)
    assert not found_without_the_program(lines)
    # The guards are off, which alone is told: here the rest has to find what was altered without that.
    monkeypatch.setattr(verification, "compare_guards", lambda: None)
    before, altered = covered(), 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trust_journalentry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE trust_vaultreading DISABLE TRIGGER USER")
        for round_ in range(ROUNDS):
            attacks = attacker.attacks()
            attack = attacks[round_ % len(attacks)]
            point = transaction.savepoint()
            attack()
            fault = verify().fault
            kinds[str(fault and fault.kind)] += 1
            tried[attack.__name__] += 1
            missed[attack.__name__] += fault is None
            if covered() != before:
                altered += 1
                missed[f"{attack.__name__}, without the program"] += not found_without_the_program(lines)
            transaction.savepoint_rollback(point)
        assert verify().fault is None
        transaction.set_rollback(True)
    print(f"tried: {dict(tried)}; {altered} of them up to the last checkpoint; found: {dict(kinds)}")
    assert altered > ROUNDS * 3 / 4
    assert not +missed, f"not found: {dict(+missed)}; found: {dict(kinds)}"
