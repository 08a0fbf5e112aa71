"""Personal values open by handle, with a record, and not otherwise (P5-P7)."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from shige.trust import personal
from shige.trust.commands import forget, forget_expired, reveal, rotate, seal
from shige.trust.commands.vault import data_key, master_keys
from shige.trust.gate import SYSTEM
from shige.trust.handles import name_handles
from shige.trust.models import JournalEntry, VaultItem, VaultReading
from tests.places import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def field() -> Iterator[None]:
    """Declare a field for these tests only."""
    personal.declare("test.phone", "Telephone", "to call back", timedelta(days=30), indexed=True)
    yield
    del personal.FIELDS["test.phone"]


def test_a_value_comes_back_with_its_handle(town: Town) -> None:
    handle = seal("test.phone", "199 0000 0001")
    assert reveal(town.viewer("chief"), [handle], "call back") == {handle: "199 0000 0001"}


def test_the_database_holds_no_plain_text() -> None:
    handle = seal("test.phone", "199 0000 0001")
    name_handles([handle])
    item = VaultItem.objects.get(handle=handle)
    assert b"199" not in bytes(item.sealed) + bytes(item.blind or b"")


def test_rows_are_invisible_to_whoever_does_not_name_them() -> None:
    seal("test.phone", "199 0000 0001")
    assert VaultItem.objects.count() == 0


def test_the_tests_run_as_a_role_that_row_level_security_binds() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_opening_is_recorded_with_person_and_reason(town: Town) -> None:
    handle = seal("test.phone", "199 0000 0001")
    reveal(town.viewer("chief"), [handle], "call back", role="community_chief")
    reading = VaultReading.objects.get(handle=handle)
    assert (reading.person, reading.reason) == (town.people["chief"], "call back")
    assert JournalEntry.objects.filter(verb="vault.revealed", object_id=str(handle)).exists()


@pytest.mark.django_db(transaction=True)
def test_opening_is_refused_inside_a_transaction_that_could_undo_its_record() -> None:
    from django.db import transaction

    handle = seal("test.phone", "199 0000 0001")
    with pytest.raises(RuntimeError), transaction.atomic():
        reveal(SYSTEM, [handle], "call back")


def test_opening_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="why"):
        reveal(SYSTEM, [uuid.uuid4()], "  ")


def test_an_undeclared_field_is_refused() -> None:
    with pytest.raises(KeyError):
        seal("test.religion", "none")


def test_a_forgotten_value_is_gone_and_the_journal_says_so(town: Town) -> None:
    handle = seal("test.phone", "199 0000 0001")
    assert forget(SYSTEM, [handle]) == 1
    assert reveal(SYSTEM, [handle], "look") == {}
    assert JournalEntry.objects.filter(verb="vault.forgotten", object_id=str(handle)).exists()


def test_a_value_past_its_retention_is_removed() -> None:
    personal.declare("test.phone", "Telephone", "to call back", timedelta(seconds=-1))
    gone = seal("test.phone", "1")
    personal.declare("test.phone", "Telephone", "to call back", timedelta(days=1))
    kept = seal("test.phone", "2")
    assert forget_expired(SYSTEM) == 1
    assert set(reveal(SYSTEM, [gone, kept], "look")) == {kept}


def test_values_open_after_the_master_key_is_rotated() -> None:
    handle = seal("test.phone", "199 0000 0001")
    assert rotate(SYSTEM) == 1
    master_keys.cache_clear()
    data_key.cache_clear()
    assert reveal(SYSTEM, [handle], "look") == {handle: "199 0000 0001"}
