"""POST /api/v1/devices/events, as a sensor uses it."""

import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from shige.assets.devices.commands import DeviceIn, RuleIn, map_events, register_device, revoke_device
from shige.assets.models.device import DeviceEvent
from shige.channels.devices.endpoint import BODY_MOST, FRESH_SECONDS
from shige.matters.models import Matter
from tests.matters.town import Town

pytestmark = pytest.mark.django_db
URL = "/api/v1/devices/events"
EVENT = {"id": "e1", "type": "smoke", "time": "2026-11-23T14:30:00+08:00", "text": "三单元"}

Sensor = tuple[str, str]
"""Id and secret."""


@pytest.fixture
def sensor(town: Town) -> Sensor:
    """Register a smoke alarm."""
    officer = town.viewer("street_officer")
    device, secret = register_device(officer, DeviceIn("烟感", place=town.place("micro")))
    map_events(officer, device.uid, RuleIn("smoke", "烟雾", "03.4"))
    return device.uid, secret


def send(client: Client, sensor: Sensor, /, sent: str = "", at: float | None = None, **event: Any) -> Any:
    """Sign an event and send it; ``sent`` is what arrives in its place."""
    body = json.dumps(EVENT | event)
    stamp = str(int(time.time() if at is None else at))
    signature = hmac.digest(sensor[1].encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hex()
    headers = {"X-Shige-Device": sensor[0], "X-Shige-Timestamp": stamp, "X-Shige-Signature": signature}
    return client.post(URL, sent or body, content_type="application/json", headers=headers)


def test_a_signed_event_gets_its_receipt_and_the_same_one_again(client: Client, sensor: Sensor) -> None:
    first, again = send(client, sensor), send(client, sensor)
    assert first.status_code == again.status_code == 200 and first.json() == again.json()
    assert first.json()["outcome"] == "filed" and first.json()["matter"] == Matter.objects.get().number
    assert DeviceEvent.objects.count() == 1


def test_a_changed_body_is_refused(client: Client, sensor: Sensor) -> None:
    answer = send(client, sensor, sent=json.dumps(EVENT | {"type": "water"}))
    assert answer.status_code == 401 and not Matter.objects.exists()


@pytest.mark.parametrize("off", [-FRESH_SECONDS - 5, FRESH_SECONDS + 5])
def test_a_stale_time_is_refused(client: Client, sensor: Sensor, off: int) -> None:
    assert send(client, sensor, at=time.time() + off).status_code == 401
    assert send(client, sensor, at=time.time() + off / 2).status_code == 200


def test_whatever_is_wrong_the_answer_is_the_same(client: Client, sensor: Sensor, town: Town) -> None:
    uid, secret = sensor
    answers = [send(client, ("dev-unknown", secret)), send(client, (uid, "guess")), client.post(URL)]
    revoke_device(town.viewer("street_officer"), uid)
    answers.append(send(client, sensor))
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1 and not Matter.objects.exists()


def test_an_unmapped_type_is_refused_with_what_is_mapped(client: Client, sensor: Sensor) -> None:
    answer = send(client, sensor, type="water")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "type" and "smoke" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("wrong", [{"id": "a\0"}, {"text": "a\0"}])
def test_a_field_that_no_database_takes_is_refused(
    client: Client, sensor: Sensor, wrong: dict[str, str]
) -> None:
    assert send(client, sensor, **wrong).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"time": "yesterday"},
        {"time": "2026-11-23T14:30:00"},
        {"severity": "huge"},
        {"text": "a" * 201},
    ],
)
def test_a_field_that_does_not_fit_is_named(client: Client, sensor: Sensor, wrong: dict[str, str]) -> None:
    answer = send(client, sensor, **wrong)
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"].endswith(next(iter(wrong)))


def test_a_large_body_is_refused(client: Client, sensor: Sensor) -> None:
    assert send(client, sensor, text="a" * BODY_MOST).status_code == 413


def test_a_device_has_its_minute_and_whoever_guesses_another(
    client: Client, sensor: Sensor, settings: Settings
) -> None:
    settings.SHIGE_PUBLIC_RATE = 3
    guesses = [send(client, (sensor[0], "guess")).status_code for _ in range(4)]
    assert guesses == [401, 401, 401, 429]
    own = {"REMOTE_ADDR": "192.0.2.7"}
    other = Client(**own)
    assert [send(other, sensor, id=str(n)).status_code for n in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize("stamp", ["", "now", "9" * 5000])
def test_a_time_that_is_none_is_refused(client: Client, sensor: Sensor, stamp: str) -> None:
    headers = {"X-Shige-Device": sensor[0], "X-Shige-Timestamp": stamp, "X-Shige-Signature": "0"}
    assert client.post(URL, "{}", content_type="application/json", headers=headers).status_code == 401
