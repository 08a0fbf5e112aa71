"""Devices: registered with a sealed secret, their events mapped, and what comes of an event (R41)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import PermissionDenied, ValidationError

from shige.assets.devices.commands import (
    DeviceIn,
    RuleIn,
    map_events,
    register_device,
    revoke_device,
    unmap_events,
)
from shige.assets.devices.events import EventIn, receive_event
from shige.assets.devices.queries import device_detail, device_list
from shige.assets.models.device import Device, DeviceEvent, Severity
from shige.matters import clock
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.merge import merge
from shige.matters.models import Matter, Step
from shige.matters.workflow.actors import seen_by
from shige.territory.things.commands import ThingIn, add_thing
from shige.trust.gate import PUBLIC
from shige.trust.models import JournalEntry
from shige.trust.outside_vault import taken_out
from tests.matters.handling.test_takes_at_once import at_once
from tests.matters.town import OUTSIDE, Town, build

pytestmark = pytest.mark.django_db

HIGH = EventIn("e1", "water.high", datetime(2026, 9, 9, tzinfo=UTC), Severity.ALARM, value=1.25, unit="m")


def device_in(town: Town, **more: Any) -> Device:
    """Register a water gauge that files under water and drains from a warning on."""
    officer = town.viewer("street_officer")
    device, _secret = register_device(
        officer, DeviceIn(**({"name": "地下车库水位", "place": town.place("micro")} | more))
    )
    map_events(officer, device.uid, RuleIn("water.high", "水位过高", "02.4"))
    return device


def send(device: Device, event: EventIn = HIGH, **more: Any) -> DeviceEvent:
    """Let an event arrive."""
    return receive_event(PUBLIC, device.pk, replace(event, **more))


def test_the_secret_is_sealed_and_opens_for_its_device_only(town: Town) -> None:
    officer = town.viewer("street_officer")
    (one, secret), (other, _) = (
        register_device(officer, DeviceIn(n, place=town.place("micro"))) for n in "ab"
    )
    assert taken_out(one.key_id, bytes(one.sealed), one.uid).decode() == secret
    assert secret.encode() not in bytes(one.sealed)
    with pytest.raises(InvalidTag):
        taken_out(one.key_id, bytes(one.sealed), other.uid)
    assert secret not in str(list(JournalEntry.objects.values_list("facts", flat=True)))


def test_an_alarm_becomes_a_matter_without_reporter(town: Town) -> None:
    event = send(device_in(town))
    matter = event.matter
    assert event.outcome == "filed" and matter is not None
    assert (matter.category, matter.source, matter.leaf) == ("02.4", "device", town.areas["micro"])
    assert matter.words == "地下车库水位 水位过高：1.25 m" and matter.phone_handle is None


def test_a_device_at_a_thing_reports_where_the_thing_is(town: Town) -> None:
    place = town.place("micro2")
    given = ThingIn("drain_pump", "二号排水泵", place.lon, place.lat, place="地下室")
    thing = add_thing(town.viewer("community_chief"), given)
    matter = send(device_in(town, place=None, thing=thing.code)).matter
    assert matter is not None and matter.leaf == town.areas["micro2"] and matter.place == "地下室"


def test_the_same_event_again_changes_nothing(town: Town) -> None:
    device = device_in(town)
    assert send(device) == send(device, value=9.0)
    assert Matter.objects.count() == DeviceEvent.objects.count() == 1 and not Step.objects.exclude(
        action="file"
    )


def test_further_alarms_and_the_end_are_added_to_the_open_matter(town: Town) -> None:
    device = device_in(town)
    first = send(device)
    again, over = send(device, id="e2", value=1.5), send(device, id="e3", cleared=True, value=None)
    assert [again.outcome, over.outcome] == [
        "added",
        "cleared",
    ] and again.matter == over.matter == first.matter
    remarks = [step.remark for step in Step.objects.filter(action="device_says").order_by("pk")]
    assert remarks == ["地下车库水位 水位过高：1.5 m", "地下车库水位 水位过高：警报解除"]
    assert send(device, id="e4", type="water.high", severity=Severity.NOTICE).outcome == "kept"


def test_a_new_alarm_after_the_end_is_a_new_matter(town: Town) -> None:
    device = device_in(town)
    matter = send(device).matter
    assert matter is not None
    owner = town.viewer(town.owner(matter))
    take(owner, matter.number)
    solve(owner, matter.number, "已抽水")
    assert send(device, id="e2", cleared=True).outcome == "kept"
    assert send(device, id="e3").outcome == "filed" and Matter.objects.count() == 2


def test_alarms_follow_a_matter_that_was_merged(town: Town) -> None:
    one, two = device_in(town), device_in(town)
    first, second = send(one).matter, send(two).matter
    assert first is not None and second is not None
    merge(town.viewer("street_officer"), first.number, second.number, "同一处")
    assert send(one, id="e2").matter == second


def test_a_type_that_nobody_mapped_is_refused_with_those_that_are(town: Town) -> None:
    device = device_in(town)
    with pytest.raises(ValidationError, match=r"water\.high"):
        send(device, type="smoke")
    unmap_events(town.viewer("street_officer"), device.uid, "water.high")
    with pytest.raises(ValidationError):
        send(device)
    assert not DeviceEvent.objects.exists()


def test_a_revoked_device_sends_nothing_more(town: Town) -> None:
    device = device_in(town)
    revoke_device(town.viewer("service_centre"), device.uid)
    with pytest.raises(PermissionDenied):
        send(device)


@pytest.mark.parametrize("who", ["community_chief", "micro_worker", "department", "mediation_committee"])
def test_only_street_and_centre_manage_devices(town: Town, who: str) -> None:
    device, other = device_in(town), town.viewer(who)
    for act in (
        lambda: register_device(other, DeviceIn("x", place=town.place("micro"))),
        lambda: map_events(other, device.uid, RuleIn("a", "a", "02.4")),
        lambda: unmap_events(other, device.uid, "water.high"),
        lambda: revoke_device(other, device.uid),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert device_list(other) == [] and device_detail(other, device.uid) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"place": None},
        {"place": OUTSIDE},
        {"thing": "unknown"},
        {"silent_hours": 0},
    ],
)
def test_what_does_not_fit_is_refused(town: Town, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        device_in(town, **wrong)
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "rule", [RuleIn("a b", "x", "02.4"), RuleIn("a", "x", "05.1"), RuleIn("a", " ", "02.4")]
)
def test_a_rule_files_ordinary_matters_only(town: Town, rule: RuleIn) -> None:
    device = device_in(town)
    with pytest.raises(ValidationError):
        map_events(town.viewer("street_officer"), device.uid, rule)


def test_silence_is_shown_after_its_hours(town: Town) -> None:
    officer, device = town.viewer("street_officer"), device_in(town, silent_hours=6)
    assert device_list(officer)[0].silent == 0
    with clock.at(clock.now() + timedelta(hours=7)):
        assert device_list(officer)[0].silent == 7
        send(device)
        assert device_list(officer)[0].silent == 0


def test_the_list_is_one_statement(town: Town, django_assert_num_queries: Any) -> None:
    officer = town.viewer("street_officer")
    for _ in range(3):
        send(device_in(town))
    with django_assert_num_queries(1):
        assert len(device_list(officer)) == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_events_at_once_one_files_and_the_other_adds() -> None:
    town = build()
    device = device_in(town)
    numbers = iter("12")
    answers = at_once(lambda: send(device, id=next(numbers)).outcome)
    assert sorted(str(answer) for answer in answers) == ["added", "filed"]
    assert Matter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_event_twice_at_once_is_one_matter() -> None:
    town = build()
    device = device_in(town)
    answers = at_once(lambda: send(device).pk)
    assert answers[0] == answers[1] and Matter.objects.count() == 1


ABOUT_STAFF, HARM, HIGHER = "微网格员收了钱不办事，态度恶劣", "他又动手打我了，救命", "街道办的干部收红包"


def call_button(town: Town) -> Device:
    """Register a button whose events are impersonal; its first one files a lamp."""
    device = device_in(town, name="一楼按钮")
    map_events(town.viewer("street_officer"), device.uid, RuleIn("call", "呼叫", "02.1"))
    send(device, id="lamp", type="call", text="灯坏了", value=None)
    return device


@pytest.mark.parametrize("words", [ABOUT_STAFF, HARM, HIGHER])
def test_what_a_device_says_later_is_heard_as_what_it_says_first(town: Town, words: str) -> None:
    """Danger to persons and complaints stand in no matter that the grid reads (P3, P4)."""
    device = call_button(town)
    lamp = Matter.objects.get()
    said = [send(device, id=f"e{n}", type="call", text=words, value=None) for n in (1, 2)]
    apart = Matter.objects.exclude(pk=lamp.pk).get()
    assert apart.sealed and [event.matter for event in said] == [apart, apart]
    assert [event.text for event in said] == ["", ""]
    lamp.refresh_from_db()
    assert not lamp.sealed and not lamp.steps.exclude(action="file").exists()
    for who in ("micro_worker", "community_chief"):
        assert not Matter.objects.filter(seen_by(town.viewer(who)), pk=apart.pk).exists()
    assert send(device, id="e3", type="call", text="灯又坏了", value=None).matter == lamp


def test_what_became_a_sealed_matter_was_never_heard_for_whom_it_is_kept_from(town: Town) -> None:
    """Neither words nor outcome nor the time of the last event tell of it."""
    device, officer = call_button(town), town.viewer("street_officer")
    before = device_detail(officer, device.uid)
    with clock.at(datetime.now(UTC) + timedelta(hours=1)):
        send(device, id="e1", type="call", text=HIGHER, value=None)
        send(device, id="e2", type="call", text=HARM, value=None)
        after = device_detail(officer, device.uid)
    assert before is not None and after is not None
    assert [event.uid for event in after.events] == [event.uid for event in before.events] == ["lamp"]
    assert after.row.heard_at == before.row.heard_at
    centre = device_detail(town.viewer("district_centre"), device.uid)
    assert centre is not None and "e1" in {event.uid for event in centre.events}


def test_an_ordinary_alarm_does_not_vanish_in_a_matter_that_was_sealed_since(town: Town) -> None:
    device = call_button(town)
    lamp = Matter.objects.get()
    sort(town.viewer("street_officer"), lamp.number, "11.3", "反映的是网格员")
    event = send(device, id="e1", type="call", text="灯还没亮", value=None)
    assert event.outcome == "filed" and event.matter != lamp and event.matter is not None
    assert not event.matter.sealed
