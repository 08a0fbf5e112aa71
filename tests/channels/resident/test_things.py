"""The residents' page of the register: what is near, without an account."""

import pytest
from django.test import Client

from shige.territory.things.commands import ThingIn, add_thing
from tests.matters.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def defibrillator(town: Town) -> None:
    """Put a defibrillator and a lift on the register."""
    place = town.place("micro")
    for kind, name in (("aed", "大厅AED"), ("lift", "一号梯")):
        add_thing(town.viewer("community_chief"), ThingIn(kind, name, place.lon, place.lat))


def test_a_position_shows_what_is_near_and_public(client: Client, town: Town) -> None:
    place = town.place("micro2")
    page = client.post("/things/", {"lon": place.lon, "lat": place.lat}).content.decode()
    assert "大厅AED" in page and "193 米" in page and "一号梯" not in page


def test_a_building_does_as_well(client: Client, town: Town) -> None:
    assert "玉兰路1号" in client.get("/things/?q=玉兰路").content.decode()
    assert "大厅AED" in client.get(f"/things/?b={town.buildings['micro'].unit}").content.decode()


def test_nothing_chosen_is_asked_again(client: Client) -> None:
    answer = client.post("/things/", {})
    assert answer.status_code == 422 and "请在地图上点选" in answer.content.decode()


@pytest.mark.parametrize("path", ["/things/", "/services/near/", "/my/worker/"])
def test_what_is_looked_for_stands_in_no_address(client: Client, town: Town, path: str) -> None:
    page = client.get(path).content.decode()
    assert '<form method="get"' not in page
    found = client.post(path, {"q": "玉兰路"})
    assert found.status_code == 200 and "玉兰路1号" in found.content.decode()
    assert "q=" not in "".join(found.content.decode().split("<main")[1])
