"""Pages of the register of things and of devices, each for those who may open it (R41)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shige.assets.devices.events import receive_event
from shige.assets.models.device import Device
from shige.assets.models.inspection import Inspection
from shige.matters.models import Matter, Photo
from shige.territory.models import Thing
from shige.territory.things.commands import ThingIn, add_thing
from shige.trust.gate import PUBLIC
from shige.trust.queries import today
from tests.files.made import jpeg
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town

from .test_devices import HIGH, device_in

pytestmark = pytest.mark.django_db


def hydrant(town: Town) -> Thing:
    """Put a hydrant on the register of the first micro-grid."""
    place = town.place("micro")
    return add_thing(town.viewer("community_chief"), ThingIn("hydrant", "南门消火栓", place.lon, place.lat))


def test_the_office_adds_changes_and_retires_a_thing(town: Town) -> None:
    chief, house = signed_in(town, "community_chief"), town.buildings["micro"]
    assert house.address in chief.get("/map/places/?q=玉兰路").content.decode()
    form = {"kind": "aed", "name": "大厅AED", "building": house.pk, "inspected_on": today().isoformat()}
    assert chief.post("/office/things/new/", form | {"building": ""}).status_code == 422
    url = chief.post("/office/things/new/", form)["Location"]
    assert "大厅AED" in chief.get(url).content.decode()
    thing = Thing.objects.get()
    changed = form | {"name": "南门AED", "building": "", "lon": thing.lon, "lat": thing.lat}
    assert chief.post(f"{url}change/", changed).status_code == 302
    assert "南门AED" in chief.get("/office/things/?kind=aed").content.decode()
    assert "南门AED" not in chief.get("/office/things/?kind=lift").content.decode()
    assert chief.post(f"{url}retire/").status_code == 302
    page = chief.get(url).content.decode()
    assert "retire/" not in page and "inspect/" not in page


def test_a_worker_writes_a_defect_down_with_a_photo(town: Town) -> None:
    url, worker = f"/office/things/{hydrant(town).code}/", signed_in(town, "micro_worker")
    assert "change/" not in worker.get(url).content.decode()
    form = {"on": today().isoformat(), "words": "接口漏水"}
    assert worker.post(f"{url}inspect/", form | {"on": ""}).status_code == 422
    assert (
        worker.post(f"{url}inspect/", form | {"photos": SimpleUploadedFile("a.jpg", jpeg())}).status_code
        == 302
    )
    matter = Matter.objects.get()
    assert Photo.objects.filter(matter=matter).count() == 1 and Inspection.objects.get().defect
    assert matter.number in worker.get(url).content.decode()
    owner = signed_in(town, town.owner(matter))
    assert url in owner.get(f"/office/matters/{matter.number}/").content.decode()


def test_overdue_inspections_are_counted_on_the_first_page(town: Town) -> None:
    Thing.objects.filter(pk=hydrant(town).pk).update(due_on=today().replace(year=2020))
    assert "?due=overdue" in signed_in(town, "micro_worker").get("/office/").content.decode()
    assert "?due=overdue" not in signed_in(town, "micro_worker2").get("/office/").content.decode()


@pytest.mark.parametrize("who", ["micro_worker2", "community_chief2"])
def test_others_find_no_such_thing(town: Town, who: str) -> None:
    url, other = f"/office/things/{hydrant(town).code}/", signed_in(town, who)
    for page in ("", "inspect/", "change/", "retire/"):
        answer = other.post(url + page) if page else other.get(url)
        assert answer.status_code in {403, 404}
    assert Thing.objects.get().retired_on is None


def test_a_table_is_imported_or_each_fault_is_named(town: Town) -> None:
    chief, place = signed_in(town, "community_chief"), town.place("micro")
    head, row = "名称,种类,经度,纬度\n", f"消火栓,消火栓,{place.lon},{place.lat}\n"

    def send(text: str) -> object:
        table = SimpleUploadedFile("things.csv", text.encode())
        return chief.post("/office/things/import/", {"table": table, "datum": "wgs84"})

    refused = send(head + row + row.replace("104", "99"))
    assert refused.status_code == 422 and "第 3 行" in refused.content.decode() and not Thing.objects.exists()
    assert send("a,b\n1,2\n").status_code == 422
    assert send(head + row).status_code == 302 and Thing.objects.count() == 1


def test_a_device_is_registered_mapped_and_revoked(town: Town) -> None:
    officer, place = signed_in(town, "street_officer"), town.place("micro")
    form = {"name": "水位", "lon": place.lon, "lat": place.lat, "silent_hours": 24}
    assert officer.post("/office/devices/new/", form | {"lon": "", "lat": ""}).status_code == 422
    answer = officer.post("/office/devices/new/", form)
    device = Device.objects.get()
    secret = re.search(r"[\w-]{43}(?=</code>)", answer.content.decode())
    assert secret and "no-store" in answer["Cache-Control"]
    url = f"/office/devices/{device.uid}/"
    assert secret[0] not in officer.get(url).content.decode()
    rule = {"type": "water.high", "name": "水位过高", "category": "02.4", "least": 2}
    assert officer.post(f"{url}map/", rule | {"type": "water high"}).status_code == 422
    assert officer.post(f"{url}map/", rule).status_code == 302
    matter = receive_event(PUBLIC, device.pk, HIGH).matter
    assert matter and matter.number in officer.get(url).content.decode()
    assert officer.post(f"{url}unmap/water.high/").status_code == 302
    assert officer.post(f"{url}revoke/").status_code == 302
    assert (
        f"{url}map/" not in officer.get(url).content.decode()
        and device.uid in officer.get("/office/devices/").content.decode()
    )


def test_other_roles_find_no_devices(town: Town) -> None:
    url = f"/office/devices/{device_in(town).uid}/"
    for who in ("community_chief", "micro_worker", "department"):
        assert signed_in(town, who).get(url).status_code == 403
        assert signed_in(town, who).post(f"{url}revoke/").status_code == 403


def test_a_refused_form_keeps_its_pin(town: Town) -> None:
    chief, thing = signed_in(town, "community_chief"), hydrant(town)
    shown = chief.get(f"/office/things/{thing.code}/change/").context
    assert (shown["lon"], shown["lat"]) == (thing.lon, thing.lat)
    refused = chief.post(
        "/office/things/new/", {"kind": "aed", "name": "", "lon": thing.lon, "lat": thing.lat}
    )
    assert refused.status_code == 422 and refused.context["lon"] == thing.lon
    broken = chief.post("/office/things/new/", {"kind": "aed", "name": "x", "lon": "x", "lat": "y"})
    assert broken.status_code == 422 and broken.context["lon"] == ""
