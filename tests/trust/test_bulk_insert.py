"""Rows of several tables go in with one statement, as saving each of them would have put them there."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shige.trust.bulk_insert import insert_many, insert_together
from shige.trust.commands import message_to
from shige.trust.commands.journal import entry_of
from shige.trust.gate import SYSTEM, Lineage
from shige.trust.models import JournalEntry, OutboxMessage, Person
from tests.made_up_facts import NOTED, Noted

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create(username="somebody", service_name="示例员")


def test_one_statement_puts_rows_into_several_tables(person: Person, django_assert_num_queries: Any) -> None:
    entry = entry_of(SYSTEM, NOTED, "matter", (7, 1, Lineage(street=3), Noted(text="50%", share=0.25)))
    with django_assert_num_queries(1):
        insert_together(entry, message_to(person.pk, "matter.assigned", "matter", "n"))
    written, sent = JournalEntry.objects.get(), OutboxMessage.objects.get()
    assert (written.object_id, written.street, written.facts) == ("7", 3, {"text": "50%", "share": 0.25})
    assert (sent.receiver, sent.state, sent.attempts) == (person, "sent", 0)
    assert sent.created_at is not None  # set on saving, here too


def test_a_row_is_the_same_as_a_saved_one(person: Person) -> None:
    one, other = (message_to(person.pk, "kind", "matter", "n", {"a": 1}) for _ in range(2))
    one.save()
    insert_together(other)
    first, second = OutboxMessage.objects.order_by("pk").values()
    differing = {name for name in first if first[name] != second[name]}
    assert differing <= {"id", "created_at", "next_attempt_at", "sent_at"}


def test_a_row_with_its_own_key_may_be_named_by_others_and_saved_again() -> None:
    person = Person(pk=4711, username="x", service_name="y")
    insert_together(person, message_to(4711, "kind", "matter", "n"))
    person.service_name = "z"
    person.save()
    assert Person.objects.get(pk=4711).service_name == "z"


def test_all_are_there_or_none(person: Person) -> None:
    twin = Person(username="somebody", service_name="twin")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_together(message_to(person.pk, "kind", "matter", "n"), twin)
    assert not OutboxMessage.objects.exists()


def test_text_is_data_and_never_part_of_the_statement(person: Person) -> None:
    insert_together(message_to(person.pk, "%s'); DROP TABLE x; --", "matter", "\"'\\"))
    assert OutboxMessage.objects.get().kind == "%s'); DROP TABLE x; --"


def test_many_rows_are_the_same_as_saved_ones(person: Person, django_assert_num_queries: Any) -> None:
    entries = [
        entry_of(SYSTEM, NOTED, "matter", (number, 2, Lineage(street=3), Noted(text=text)))
        for number, text in enumerate(("50%", "a\tb\nc", "\\N", "路灯", "\"'\\"))
    ]
    entries[0].save()
    with django_assert_num_queries(1):
        insert_many(entries[1:])
    saved, *copied = JournalEntry.objects.order_by("object_id").values()
    assert [row["facts"]["text"] for row in copied] == ["a\tb\nc", "\\N", "路灯", "\"'\\"]
    for row in copied:
        assert {name for name in row if row[name] != saved[name]} == {
            "id",
            "at",
            "object_id",
            "facts",
            "stamp",
        }


def test_no_rows_are_no_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        insert_many([])


def test_many_are_there_or_none(person: Person) -> None:
    twins = [Person(username=name, service_name="x") for name in ("new", "somebody")]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(twins)
    assert Person.objects.count() == 1
