"""Every place finds its grid (R21)."""

from typing import Any

import pytest

from shige.territory.grids.queries.people import who_looks_after
from shige.territory.models import Area, Building, GridVersion, Placement, Plan
from shige.territory.places import location as locating
from shige.territory.places.location import building_by_unit, locate, street_of
from shige.territory.shapes import from_wkb
from shige.trust.queries import today

from ..conftest import person_with
from ..ground import SIDE, SOUTH, STEP, WEST


def leaves_of(house: Building) -> set[int]:
    return set(Placement.objects.filter(building=house).values_list("leaf", flat=True))


def test_each_building_is_located_in_its_own_leaf(divided: Plan) -> None:
    for house in Building.objects.all():
        located = locate(house.lon, house.lat)
        assert located and located.building == house.pk
        assert located.lineage.leaf in leaves_of(house)


def test_the_line_names_every_area(divided: Plan) -> None:
    house = Building.objects.get(unit="U000")
    located = locate(house.lon, house.lat)
    assert located
    line = located.lineage
    assert line.street == divided.scope_id
    assert line.community == house.community_id
    assert line.general == Area.objects.get(pk=line.leaf).parent_id


def test_a_pin_on_the_street_means_the_nearest_building(divided: Plan) -> None:
    located = locate(WEST + SIDE + STEP / 8, SOUTH)
    assert located and located.address == "玉兰路0号"


def test_an_entrance_and_floor_of_a_shared_tower_choose_the_grid(divided: Plan) -> None:
    tower = Building.objects.get(unit="U045")
    pieces = list(Placement.objects.filter(building=tower).order_by("entrances", "floors"))
    assert len(pieces) > 1
    for piece in pieces:
        located = locate(tower.lon, tower.lat, tower.pk, piece.entrances.lower, piece.floors.lower)
        assert located and located.lineage.leaf == piece.leaf_id
    unsaid = locate(tower.lon, tower.lat)
    assert unsaid and unsaid.lineage.leaf == pieces[0].leaf_id


def test_an_exclusive_grid_lies_in_no_general_grid(divided: Plan) -> None:
    market = Building.objects.get(unit="U047")
    located = locate(market.lon, market.lat)
    assert located and located.lineage.general is None
    assert Area.objects.get(pk=located.lineage.leaf).level == "exclusive"


def test_away_from_buildings_the_polygon_decides(divided: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locating, "NEAR_METRES", -1.0)
    alone = GridVersion.objects.filter(level="micro", floors="").select_related("area")
    for version in alone:
        point = from_wkb(version.shape).representative_point()
        located = locate(point.x, point.y)
        assert located and located.building is None
        assert (located.lineage.leaf, located.address) == (version.area_id, version.area.name)


def test_a_place_outside_every_grid_is_none_and_goes_to_the_nearest_street(divided: Plan) -> None:
    assert locate(WEST + 1, SOUTH) is None
    assert street_of(WEST + 1, SOUTH) == divided.scope_id


def test_without_grids_a_place_still_has_a_street(street: Area) -> None:
    assert locate(WEST, SOUTH) is None
    assert street_of(WEST, SOUTH) == street.pk


def test_an_empty_database_has_no_street(db: None) -> None:
    assert street_of(WEST, SOUTH) is None


def test_locating_takes_at_most_two_statements(divided: Plan, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(1):
        locate(WEST, SOUTH)
    with django_assert_max_num_queries(2):
        locate(WEST + 0.5, SOUTH)


def test_a_sign_names_its_building(street: Area) -> None:
    house = building_by_unit("U003")
    assert house and house.address == "玉兰路3号"
    assert building_by_unit("nothing") is None


def test_an_address_knows_who_looks_after_it(divided: Plan) -> None:
    house = Building.objects.get(unit="U000")
    located = locate(house.lon, house.lat)
    assert located
    leaf = Area.objects.get(pk=located.lineage.leaf)
    person_with("micro_worker", leaf)
    found = who_looks_after(0, 0, house.pk)
    assert found and [area.level for area in found.areas] == ["micro", "general", "community"]
    assert [team.holders[0].name for team in found.teams[leaf.pk]] == ["示例员1"]
    assert not found.teams[leaf.pk][0].vacant
    assert today() >= divided.effective_on
