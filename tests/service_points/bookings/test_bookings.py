"""Rooms and services are booked, never twice, and what was said is forgotten (R13, P5-P7)."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from shige.matters import clock
from shige.project.logs import SECRET_PATHS
from shige.service_points.bookings import commands
from shige.service_points.bookings.commands import book, book_for_group, set_rules
from shige.service_points.bookings.queries import bookable, booked_at, own_booking
from shige.service_points.models import Booking, Offer, ServicePoint
from shige.service_points.points.commands import close_for, end_offer, end_point, set_hours
from shige.trust.erasures import digest_of
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.handles import still_kept
from shige.trust.models import JournalEntry, VaultReading
from shige.trust.veil import veiled
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town, build

from .made import at, room_in, wish

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.fixture
def town() -> Town:
    """Return the town of the tests."""
    return build()


def free(point: ServicePoint, offer: Offer, days: int = 1) -> list[int]:
    """Return the hours at which something is free on a day ahead."""
    found = bookable(point.pk, offer.pk)
    assert found is not None
    return [slot.begin.hour for slot in found.days[days].slots if slot.free]


def test_a_resident_books_and_the_time_is_taken(town: Town) -> None:
    point, offer = room_in(town)
    code = book(PUBLIC, offer.pk, wish(10, phone=PHONE), key="form")
    assert book(PUBLIC, offer.pk, wish(10), key="form") == code and Booking.objects.count() == 1
    assert free(point, offer) == [9, 11, 14, 15, 16, 17]
    own = own_booking(code.lower().replace("-", " "))
    assert own is not None and own.booked.phone_left and own.booked.tail == code[-4:]
    ((_day, (seen,)),) = booked_at(town.viewer("community_chief"), point.pk, localdate(at(10)), 1)
    assert (seen.purpose, seen.people, seen.state) == ("排练合唱", 5, "booked")
    assert booked_at(town.viewer("community_chief2"), point.pk, localdate(at(10)), 1) == []
    said = str(list(JournalEntry.objects.filter(object_type="booking").values_list("verb", "facts")))
    assert "booking.booked" in said and "合唱" not in said


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hour": 12}, "begin"),
        ({"hour": 9, "days": 14}, "begin"),
        ({"hour": 9, "days": -1}, "begin"),
        ({"people": 21}, "people"),
        ({"people": 0}, "people"),
        ({"slots": 2}, "slots"),
        ({"purpose": " "}, "purpose"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_what_cannot_be_is_named(town: Town, wrong: dict[str, int], field: str) -> None:
    _point, offer = room_in(town)
    with pytest.raises(ValidationError) as error, transaction.atomic():
        book(PUBLIC, offer.pk, wish(**wrong))  # type: ignore[arg-type]
    assert field in error.value.message_dict and not Booking.objects.exists()


def test_slots_in_a_row_end_where_it_closes(town: Town) -> None:
    point, offer = room_in(town, most_slots=3)
    book(PUBLIC, offer.pk, wish(9, slots=3))
    assert free(point, offer) == [14, 15, 16, 17]
    for hour, slots in ((17, 2), (8, 2), (11, 2)):
        with pytest.raises(ValidationError), transaction.atomic():
            book(PUBLIC, offer.pk, wish(hour, slots=slots))


def test_numbers_in_the_purpose_are_masked_and_the_group_names_nobody(town: Town) -> None:
    point, offer = room_in(town)
    book(PUBLIC, offer.pk, wish(purpose="找我 13812345678"))
    assert PHONE not in Booking.objects.get().purpose
    office = town.viewer("street_officer")
    with pytest.raises(ValidationError):
        book_for_group(office, point.pk, offer.pk, wish(14), "合唱队 13812345678")
    assert book_for_group(office, point.pk, offer.pk, wish(14), "合唱队").group == "合唱队"
    with pytest.raises(PermissionDenied):
        book_for_group(town.viewer("community_chief2"), point.pk, offer.pk, wish(15), "合唱队")


def test_the_database_refuses_an_overlap(town: Town) -> None:
    _point, offer = room_in(town)
    first, half = at(9), timedelta(minutes=30)

    def insert(begin_after: timedelta, state: str = "booked") -> Booking:
        during = DateTimeTZRange(first + begin_after, first + begin_after + timedelta(hours=1))
        return Booking.objects.create(
            offer=offer, during=during, people=1, booked_at=timezone.now(), state=state
        )

    insert(timedelta(0))
    with pytest.raises(IntegrityError, match="nothing_is_booked_twice"), transaction.atomic():
        insert(half)
    insert(half, "cancelled")
    insert(half, "missed")
    insert(timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["book", "insert"])
def test_of_two_at_once_one_has_it(way: str) -> None:
    _point, offer = room_in(build())
    start, given = Barrier(2), wish(9)
    during = DateTimeTZRange(given.begin, given.begin + timedelta(hours=1))

    def press(number: int) -> str:
        try:
            start.wait(10)
            if way == "book":
                book(PUBLIC, offer.pk, given, key=f"form {number}")
            else:  # past every check of the program
                Booking.objects.create(offer=offer, during=during, people=1, booked_at=timezone.now())
        except (ValidationError, IntegrityError) as error:
            return type(error).__name__
        finally:
            connection.close()
        return "booked"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(press, range(2)))
    refused = "ValidationError" if way == "book" else "IntegrityError"
    assert told == sorted(["booked", refused]) and Booking.objects.count() == 1


def test_what_is_booked_is_asked_about_before_it_is_cancelled(town: Town) -> None:
    office, (point, offer) = town.viewer("street_officer"), room_in(town)
    afternoon = (((time(14), time(18)),),) * 7
    day = localdate(at(9))
    for act in (
        lambda cancel: close_for(office, point.pk, day, day, "装修", cancel=cancel),
        lambda cancel: set_hours(office, point.pk, afternoon, cancel=cancel),
        lambda cancel: set_rules(office, point.pk, offer.pk, None, cancel=cancel),
        lambda cancel: end_offer(office, point.pk, offer.pk, cancel=cancel),
        lambda cancel: end_point(office, point.pk, cancel=cancel),
    ):
        mark = transaction.savepoint()
        code = book(PUBLIC, offer.pk, wish(9))
        with pytest.raises(ValidationError, match="09:00 活动室") as error, transaction.atomic():
            act(False)
        assert "cancel" in error.value.message_dict
        act(True)
        own = own_booking(code)
        assert own is not None and own.booked.state == "cancelled" and own.booked.why
        with pytest.raises(ValidationError):
            book(PUBLIC, offer.pk, wish(9))
        transaction.savepoint_rollback(mark)


def test_hours_that_still_hold_it_hit_nothing(town: Town) -> None:
    office, (point, offer) = town.viewer("street_officer"), room_in(town)
    book(PUBLIC, offer.pk, wish(9))
    set_hours(office, point.pk, (((time(8), time(10)),),) * 7)
    close_for(office, point.pk, localdate(at(9, 2)), localdate(at(9, 2)), "装修")
    assert Booking.objects.get().state == "booked"


def test_who_does_not_come_gives_the_time_back(town: Town) -> None:
    point, offer = room_in(town)
    code = book(PUBLIC, offer.pk, wish(9))
    with clock.at(at(9) + timedelta(minutes=14)):
        assert commands.release_missed(SYSTEM) == 0 and free(point, offer, 0) == [10, 11, 14, 15, 16, 17]
    with clock.at(at(9) + timedelta(minutes=16)):
        assert commands.release_missed(SYSTEM) == 1 and commands.release_missed(SYSTEM) == 0
        assert free(point, offer, 0) == [9, 10, 11, 14, 15, 16, 17]
        other = book(PUBLIC, offer.pk, wish(9, 0))
        assert commands.release_missed(SYSTEM) == 0  # who books late has the grace from then on
        with pytest.raises(ValidationError):
            commands.arrive(PUBLIC, code)
        commands.arrive(PUBLIC, other)
        own = own_booking(other)
        assert own is not None and own.booked.state == "came"
    with pytest.raises(PermissionDenied):
        commands.release_missed(town.viewer("street_officer"))


def test_the_office_notes_who_came(town: Town) -> None:
    chief, other, (point, offer) = (
        town.viewer("community_chief"), town.viewer("community_chief2"), room_in(town),
    )  # fmt: skip
    book(PUBLIC, offer.pk, wish(9))
    pk = Booking.objects.get().pk
    for act in (commands.came, commands.missed):
        with pytest.raises(ValidationError):
            act(chief, point.pk, pk)  # too early
        with pytest.raises(PermissionDenied):
            act(other, point.pk, pk)
    with clock.at(at(9) + timedelta(minutes=20)):
        commands.missed(chief, point.pk, pk)
        commands.came(chief, point.pk, pk)
        assert Booking.objects.get().state == "came"
        with pytest.raises(ValidationError):
            commands.missed(chief, point.pk, pk)


def test_few_are_open_at_once(town: Town) -> None:
    _point, offer = room_in(town)
    for hour in (9, 10, 11):
        book(PUBLIC, offer.pk, wish(hour, phone=PHONE), address="1.2.3.4")
    with pytest.raises(ValidationError, match=r"enough|没有用"), transaction.atomic():
        book(PUBLIC, offer.pk, wish(14, phone=PHONE), address="1.2.3.4")
    book(PUBLIC, offer.pk, wish(14, phone="13912345678"), address="1.2.3.4")
    book(PUBLIC, offer.pk, wish(15, phone=PHONE), address="5.6.7.8")  # made up elsewhere: shuts nobody out
    for days in range(2, 10):
        book(PUBLIC, offer.pk, wish(9, days), address="1.2.3.4")
    with pytest.raises(ValidationError), transaction.atomic():
        book(PUBLIC, offer.pk, wish(9, 11), address="1.2.3.4")
    assert not Booking.objects.filter(state="cancelled").exists()


@pytest.mark.django_db(transaction=True)
def test_who_opens_a_telephone_is_read_by_whoever_booked() -> None:
    town = build()
    point, offer = room_in(town)
    code = book(PUBLIC, offer.pk, wish(phone=PHONE))
    booking = Booking.objects.get()
    with pytest.raises(PermissionDenied):
        commands.open_phone(town.viewer("community_chief2"), point.pk, booking.pk)
    assert not VaultReading.objects.exists()
    assert PHONE[-8:] in commands.open_phone(town.viewer("community_chief"), point.pk, booking.pk)
    own = own_booking(code)
    assert own is not None and len(own.looks) == 1 and own.looks[0].why
    commands.cancel_own(PUBLIC, code)
    booking.refresh_from_db()
    assert booking.state == "cancelled" and booking.purpose == "" and booking.phone_handle is None
    assert commands.open_phone(town.viewer("community_chief"), point.pk, booking.pk) == ""
    Booking.objects.update(state="booked", purpose="排练")  # as a backup has it
    digest = digest_of(commands.ERASED, bytes(booking.code_digest or b"").hex())
    assert commands.erase_again(SYSTEM, {digest}) == 1
    booking.refresh_from_db()
    assert booking.state == "cancelled" and booking.purpose == ""


def test_what_was_said_is_forgotten_in_time(town: Town) -> None:
    _point, offer = room_in(town)
    code = book(PUBLIC, offer.pk, wish(phone=PHONE), address="1.2.3.4")
    handle = Booking.objects.get().phone_handle
    over = at(10)
    assert commands.forget_past(SYSTEM, over + timedelta(days=29)) == 0 and still_kept([handle])
    assert commands.forget_past(SYSTEM, over + timedelta(days=31)) == 1 and not still_kept([handle])
    assert commands.forget_past(SYSTEM, over + timedelta(days=31)) == 0
    row = Booking.objects.get()
    assert (row.purpose, row.phone_handle, row.sender) == ("", None, None)
    with pytest.raises(ValidationError):
        commands.forget_own(PUBLIC, code)
    with clock.at(over + timedelta(days=1)):
        commands.forget_own(PUBLIC, code)
        with pytest.raises(ValidationError):
            commands.cancel_own(PUBLIC, code)


def test_the_pages_of_a_resident(town: Town) -> None:
    point, offer = room_in(town)
    page = f"/services/{veiled('key', str(point.pk))}/"
    to, client = f"{page}offers/{veiled('key', str(offer.pk))}/", Client()
    assert to in client.get(page).content.decode()
    shown = client.get(f"{to}?day={localdate(at(9)).isoformat()}").content.decode()
    assert at(9).isoformat() in shown and at(12).isoformat() not in shown
    sent = {"begin": at(9).isoformat(), "purpose": "排练合唱", "people": 5, "phone": PHONE, "key": "k" * 30}
    assert client.post(to, sent | {"begin": ""}).status_code == 422
    assert client.post(to, sent | {"begin": "昨天"}).status_code == 422
    code_page = client.post(to, sent)["Location"]
    assert client.post(to, sent)["Location"] == code_page and Booking.objects.count() == 1
    assert SECRET_PATHS.sub(r"\1…", f"GET {code_page}calendar/").endswith("/services/booked/…/calendar/")
    assert client.post(to, sent | {"key": "x" * 30}).status_code == 422
    own = client.get(code_page).content.decode()
    assert "排练合唱" in own and PHONE not in own and "12345678" not in own
    assert code_page in client.get("/my/").content.decode()
    code = code_page.split("/")[-2]
    assert Client().post("/my/", {"code": code})["Location"] == code_page
    file = client.get(f"{code_page}calendar/")
    text = file.content.decode()
    assert file["Content-Type"].startswith("text/calendar") and code not in text and "合唱" not in text
    assert re.search(r"DTSTART:\d{8}T010000Z", text) and "SUMMARY:活动室" in text
    assert client.post(code_page, {"act": "arrived"}).status_code == 302
    assert Booking.objects.get().state == "booked"  # too early
    assert client.post(code_page, {"act": "other"}).status_code == 404
    assert client.post(code_page, {"act": "cancel"}).status_code == 302
    assert Booking.objects.get().state == "cancelled"
    end_offer(town.viewer("street_officer"), point.pk, offer.pk)
    assert client.get(to).status_code == 302
    end_point(town.viewer("street_officer"), point.pk)
    assert client.get(to).status_code == 404
    assert client.get("/services/booked/0000-0000-0000-0000/").status_code == 404


def test_the_pages_of_the_office(town: Town) -> None:
    point, offer = room_in(town)
    office = signed_in(town, "community_chief")
    one = f"/office/service-points/{veiled('key', str(point.pk))}/"
    of = f"{one}offers/{veiled('key', str(offer.pk))}/"
    rules = {"slot_minutes": 60, "most_slots": 2, "most_people": 10, "ahead_days": 30}
    assert office.post(f"{of}rules/", rules | {"ahead_days": 900}).status_code == 422
    assert office.post(f"{of}rules/", rules).status_code == 302
    sent = {"begin": at(9).isoformat(), "slots": 2, "purpose": "排练", "people": 8, "group_name": "合唱队"}
    assert office.post(f"{of}book/", sent | {"people": 11}).status_code == 422
    assert office.post(f"{of}book/", sent).status_code == 302
    assert "合唱队" in office.get(f"{one}bookings/").content.decode()
    assert "合唱队" not in office.get(f"{one}bookings/?day=2020-01-01&days=1").content.decode()
    day = localdate(at(9))
    closing = {"first": day, "last": day, "reason": "装修"}
    refused = office.post(f"{one}closures/", closing)
    assert refused.status_code == 422 and 'type="checkbox" name="cancel"' in refused.content.decode()
    assert office.post(f"{of}end/").status_code == office.post(f"{one}end/").status_code == 422
    assert office.post(f"{of}rules/end/").status_code == 422
    assert office.post(f"{one}hours/", {}).status_code == 422
    booking = f"{one}bookings/{veiled('key', str(Booking.objects.get().pk))}/"
    assert office.post(f"{booking}came/").status_code == 302  # too early, and said so
    assert office.post(f"{booking}phone/").status_code == 200
    assert office.post(f"{booking}cancel/", {"why": ""}).status_code == 422
    for who, status in (("community_chief2", 404), ("micro_worker", 403)):
        client = signed_in(town, who)
        for door in ("came/", "missed/", "cancel/", "phone/"):
            assert client.post(f"{booking}{door}", {"why": "装修"}).status_code == status
        assert client.get(f"{one}bookings/").status_code == status
    assert office.post(f"{one}closures/", closing | {"cancel": "on"}).status_code == 302
    assert Booking.objects.get().why == "装修"
    assert office.post(f"{of}rules/end/").status_code == 302
    assert bookable(point.pk, offer.pk) is None


def test_programs_book_and_see_too(town: Town) -> None:
    point, offer = room_in(town)
    public, office, kind = Client(), signed_in(town, "community_chief"), "application/json"
    key, held = veiled("key", str(point.pk)), veiled("key", str(offer.pk))
    to = f"/api/v1/public/service-points/{key}/offers/{held}"
    slot = public.get(to).json()["days"][1]["slots"][0]
    body = {"begin": slot["begin"], "purpose": "排练", "people": 3, "phone": PHONE}
    made = public.post(f"{to}/bookings", json.dumps(body), kind, headers={"Idempotency-Key": "a"})
    again = public.post(f"{to}/bookings", json.dumps(body), kind, headers={"Idempotency-Key": "a"})
    assert made.status_code == 201 and again.json() == made.json()
    assert public.post(f"{to}/bookings", json.dumps(body), kind).status_code == 422
    own = f"/api/v1/public/bookings/{made.json()['code']}"
    assert SECRET_PATHS.sub(r"\1…", own).endswith("/bookings/…")
    assert public.get(own).json()["phone_left"] and PHONE not in public.get(own).content.decode()
    one = f"/api/v1/service-points/{key}"
    (seen,) = office.get(f"{one}/bookings").json()
    assert seen["purpose"] == "排练" and seen["tail"] == made.json()["code"][-4:]
    assert office.post(f"{one}/bookings/{seen['id']}/missed").status_code == 422
    group = {"begin": at(14).isoformat(), "purpose": "排练", "group_name": "合唱队"}
    booked = office.post(f"{one}/offers/{held}/bookings", json.dumps(group), kind)
    assert booked.status_code == 201 and booked.json()["group"] == "合唱队"
    refused = office.post(f"{one}/end", json.dumps({}), kind)
    assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "cancel"
    cancel = office.post(f"{one}/bookings/{booked.json()['id']}/cancel", json.dumps({"why": "停电"}), kind)
    assert cancel.status_code == 204
    assert public.post(f"{own}/cancel").json()["state"] == "cancelled"
    assert public.post(f"{own}/other").status_code == public.get(f"{own[:-4]}0000").status_code == 404
    assert office.post(f"{one}/offers/{held}/rules/end", json.dumps({}), kind).status_code == 204
    assert public.get(to).status_code == 404
    rules = json.dumps({"slot_minutes": 30})
    assert office.post(f"{one}/offers/{held}/rules", rules, kind).status_code == 204
    assert signed_in(town, "community_chief2").get(f"{one}/bookings").status_code == 404
