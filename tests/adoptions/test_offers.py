"""Members take wishes on through their organisation, and neither side knows the other's people (R11, R12)."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from shige.adoptions.commands import adopt
from shige.adoptions.models import Offer
from shige.adoptions.offers import TOLD
from shige.members import commands, service
from shige.members.apart import register_open
from shige.members.models import Task
from shige.members.queries import own_entry, tasks_of
from shige.trust.models import JournalEntry, OutboxMessage
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town
from tests.members.made import confirmed, declared, form

from .test_adoptions import CONTACT, east, staffed, text, wished

__all__ = ["east", "staffed"]

pytestmark = pytest.mark.django_db


def test_a_member_takes_a_wish_on_and_the_organisation_adopts_it(staffed: Town, east: int) -> None:
    number, far = wished(staffed), wished(staffed, "陪一位老人散步", "micro3")
    member, code = confirmed(east, staffed.areas["micro"])
    own, phone = f"/members/own/{code}/", Client()
    page = text(phone.get(own))
    assert "借一副助行器" in page and "陪一位老人散步" not in page and far not in page
    call = re.search(r'name="call" value="([^"]+)"', page)
    assert call
    assert phone.post(f"{own}take-on/", {"call": call[1]}).status_code == 302
    (task,) = tasks_of(member.key)
    assert (task.words, task.outcome) == ("借一副助行器", "已告知您的党组织")
    told = OutboxMessage.objects.get(kind=TOLD)
    assert (told.receiver_id, told.facts) == (staffed.viewer("secretary").person, {})
    office = signed_in(staffed, "secretary")
    assert "玉兰示例党支部有人愿意承办" in text(office.get("/office/adoptions/"))
    assert "有人愿意承办" not in text(signed_in(staffed, "secretary2").get("/office/adoptions/"))
    assert "借一副助行器" in text(office.get(f"/office/members/{member.key}/"))
    adopt(staffed.viewer("secretary"), east, number, CONTACT)
    assert [one.outcome for one in tasks_of(member.key)] == ["您的党组织已认领"]
    shown = own_entry(code)
    assert shown is not None
    sent = {"hours": "1.5", "day": "2026-01-01", "what": "借一副助行器", "form": form()}
    assert phone.post(f"{own}hours/", sent | {"what": "为王某某送饭"}).status_code == 422


def test_nothing_that_crosses_names_anybody(staffed: Town, east: int) -> None:
    number = wished(staffed)
    member, code = confirmed(east, staffed.areas["micro"])
    service.take_on(code, number)
    with register_open():
        (task,) = Task.objects.values()
    assert number not in repr(task)
    (offer,) = Offer.objects.values()
    assert str(member.key) not in repr(offer) and offer["name"] == task["call"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name::text FROM information_schema.columns"
                       " WHERE table_name = 'adoptions_offer'")  # fmt: skip
        assert {name for (name,) in cursor.fetchall()} == {
            "id", "name", "matter_id", "organisation_id", "at",
        }  # fmt: skip
    lines: list[Any] = list(JournalEntry.objects.filter(verb="member.offered"))
    assert len(lines) == 1 and number not in repr(lines[0].facts)
    commands.withdraw(code)
    with register_open():
        assert not Task.objects.exists()


def test_only_who_is_confirmed_takes_on_what_is_on_offer(staffed: Town, east: int) -> None:
    number = wished(staffed)
    _member, waiting = declared(east, staffed.areas["micro"])
    _other, code = confirmed(east, staffed.areas["micro"])
    for who, call in ((waiting, number), (code, "20260101-000000")):
        with pytest.raises(ValidationError):
            service.take_on(who, call)
    assert "借一副助行器" not in text(Client().get(f"/members/own/{waiting}/"))
