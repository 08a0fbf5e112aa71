"""The register of things and devices by a program, by the rules of their pages (R41)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shige.assets.devices.events import receive_event
from shige.assets.models.device import Device
from shige.assets.models.inspection import Inspection
from shige.matters.models import Matter, Photo
from shige.territory.models import Thing
from shige.trust.gate import PUBLIC
from shige.trust.queries import today
from tests.matters.handling.test_pages import signed_in
from tests.matters.program import Program, program_of
from tests.matters.town import Town

from .test_devices import HIGH, device_in
from .test_thing_pages import hydrant

pytestmark = pytest.mark.django_db


def program(town: Town, who: str) -> Program:
    actions = ("matter.see", "thing.see", "thing.edit", "thing.inspect", "device.manage")
    return program_of(town, who, actions)


def thing(town: Town, **more: Any) -> dict[str, Any]:
    """Return a thing as a program sends it."""
    place = town.place("micro")
    return {"kind": "aed", "name": "大厅AED", "lon": place.lon, "lat": place.lat, **more}


def test_the_office_adds_changes_and_retires_a_thing(town: Town) -> None:
    chief = program(town, "community_chief")
    asked = {field["name"]: field for field in chief.get("/things/new").json()}
    assert "building" not in asked and "aed" in {one["value"] for one in asked["kind"]["choices"]}
    keeper = asked["keeper"]["choices"][0]
    made = chief.post("/things", **thing(town, keeper=keeper["value"], inspected_on=today().isoformat()))
    assert made.status_code == 201, made.content
    one = f"/things/{made.json()['code']}"
    assert made.json()["keeper"] and keeper["label"].startswith(made.json()["keeper"])
    assert chief.post(f"{one}/change", **thing(town, name="南门AED")).json()["keeper"] == ""
    listed = f"/things?kind=aed&grid={town.areas['micro'].code}"
    assert [row["name"] for row in chief.get(listed).json()["items"]] == ["南门AED"]
    assert chief.get("/things?kind=lift").json() == {"items": [], "next": None}
    assert chief.post(f"{one}/retire").json()["retired_on"] is not None
    assert chief.post(f"{one}/retire").status_code == 403
    assert chief.get("/things").json()["items"] == []
    assert len(chief.get("/things?retired=true").json()["items"]) == 1


def test_a_worker_writes_a_defect_down_with_a_photo(town: Town) -> None:
    one, worker = f"/things/{hydrant(town).code}", program(town, "micro_worker")
    given = {"on": today().isoformat(), "words": "接口漏水"}
    assert worker.post(f"{one}/inspections", **given, files=["x"]).status_code == 422
    written = worker.post(f"{one}/inspections", **given, files=[worker.sent()])
    assert written.status_code == 201, written.content
    matter = Matter.objects.get()
    assert Photo.objects.filter(matter=matter).count() == 1 and Inspection.objects.get().defect
    (found,) = written.json()["inspections"]
    assert (found["words"], found["number"]) == ("接口漏水", matter.number)
    assert worker.post(f"{one}/change", **thing(town)).status_code == 403


def test_what_does_not_fit_names_its_field(town: Town) -> None:
    chief = program(town, "community_chief")
    for wrong in ({"name": " "}, {"kind": "x"}, {"keeper": "1"}):
        refused = chief.post("/things", **thing(town, **wrong))
        assert refused.status_code == 422
        assert {fault["field"] for fault in refused.json()["errors"]} == set(wrong)
    assert chief.post("/things", **thing(town, lon=104.5, lat=30.5)).status_code == 422
    assert chief.post("/things", **thing(town, building=1)).status_code == 422
    assert chief.get("/things?grid=1").status_code == 422
    one = f"/things/{hydrant(town).code}"
    refused = chief.post(f"{one}/inspections", on="2999-01-01")
    assert [fault["field"] for fault in refused.json()["errors"]] == ["on"]
    assert Thing.objects.count() == 1 and not Inspection.objects.exists()


@pytest.mark.parametrize("who", ["micro_worker2", "community_chief2", "department"])
def test_others_find_no_such_thing(town: Town, who: str) -> None:
    one, other = f"/things/{hydrant(town).code}", program(town, who)
    for answer in (
        other.get(one),
        other.post(f"{one}/change", **thing(town)),
        other.post(f"{one}/retire"),
        other.post(f"{one}/inspections", on=today().isoformat()),
    ):
        assert answer.status_code in {403, 404}
    assert Thing.objects.get().retired_on is None and not Inspection.objects.exists()


def test_a_table_is_imported_or_each_fault_is_named(town: Town) -> None:
    place = town.place("micro")
    head, row = "名称,种类,经度,纬度\n", f"消火栓,消火栓,{place.lon},{place.lat}\n"

    def send(who: str, text: str, datum: str = "wgs84") -> Any:
        table = SimpleUploadedFile("things.csv", text.encode())
        return signed_in(town, who).post("/api/v1/things/import", {"table": table, "datum": datum})

    refused = send("community_chief", head + row + row.replace("104", "99"))
    assert refused.status_code == 422 and "第 3 行" in refused.json()["errors"][0]["message"]
    assert not Thing.objects.exists()
    assert send("community_chief", "a,b\n1,2\n").status_code == 422
    assert send("community_chief", head + row, "x").status_code == 422
    assert send("micro_worker", head + row).status_code == 403
    assert send("community_chief", head + row).json()["count"] == Thing.objects.count() == 1


def test_a_device_is_registered_mapped_and_revoked(town: Town) -> None:
    officer, place = program(town, "street_officer"), town.place("micro")
    given = {"name": "水位", "silent_hours": 24}
    assert officer.post("/devices", **given).status_code == 422
    made = officer.post("/devices", **given, lon=place.lon, lat=place.lat)
    assert (
        made.status_code == 201 and len(made.json()["secret"]) == 43 and "no-store" in made["Cache-Control"]
    )
    device = Device.objects.get()
    one = f"/devices/{device.uid}"
    assert "secret" not in officer.get(one).json()
    assert {field["name"] for field in officer.get(f"{one}/rules/new").json()} >= {"type", "category"}
    rule = {"type": "water.high", "name": "水位过高", "category": "02.4", "least": 2}
    assert officer.post(f"{one}/rules", **rule | {"type": "water high"}).status_code == 422
    assert officer.post(f"{one}/rules", **rule | {"category": "11.3"}).status_code == 422
    assert [row["type"] for row in officer.post(f"{one}/rules", **rule).json()["rules"]] == ["water.high"]
    matter = receive_event(PUBLIC, device.pk, HIGH).matter
    assert matter and [row["matter"] for row in officer.get(one).json()["events"]] == [matter.number]
    assert officer.delete(f"{one}/rules/water.high").json()["rules"] == []
    assert officer.post(f"{one}/revoke").json()["revoked_at"] is not None
    assert officer.post(f"{one}/revoke").status_code == 403
    assert [row["uid"] for row in officer.get("/devices").json()] == [device.uid]


@pytest.mark.parametrize("who", ["community_chief", "micro_worker", "department"])
def test_other_roles_find_no_devices(town: Town, who: str) -> None:
    one, other = f"/devices/{device_in(town).uid}", program(town, who)
    place, rule = town.place("micro"), {"type": "a", "name": "a", "category": "02.4", "least": 2}
    for answer in (
        other.get("/devices"),
        other.post("/devices", name="水位", silent_hours=24, lon=place.lon, lat=place.lat),
        other.get(one),
        other.post(f"{one}/rules", **rule),
        other.delete(f"{one}/rules/water.high"),
        other.post(f"{one}/revoke"),
    ):
        assert answer.status_code == 403
    assert Device.objects.get().revoked_at is None and Client().get(f"/api/v1{one}").status_code == 401
