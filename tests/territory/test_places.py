"""A place is found by what people write."""

from typing import Any

import pytest

from shige.territory.models import Address, Area, Building, PlaceName, Plan
from shige.territory.places import (
    find_buildings,
    find_places,
    index_everything,
    index_missing,
    sure_building,
)


@pytest.mark.parametrize(
    "text", ["玉兰路7号", "玉兰苑0 7号", "玉兰 ７号", "玉兰路七号", "yulanlu7hao", "yll7"]
)
def test_an_address_is_found_however_it_is_spelled(street: Area, text: str) -> None:
    assert find_places(text)[0].address == "玉兰路7号"


@pytest.mark.parametrize(
    "text", ["", "  ", "不存在路7号", "'; DROP", "\x00", "𠮷𠮷", "1" * 300, "号", "栋栋栋"]
)
def test_what_is_not_there_is_not_found(street: Area, text: str) -> None:
    assert find_places(text) == []


def test_the_whole_index_can_be_written_anew(street: Area) -> None:
    before = Address.objects.count()
    assert index_everything() == Building.objects.count() > 0
    assert Address.objects.count() == before


def test_buildings_from_before_the_search_get_their_addresses_once(street: Area) -> None:
    PlaceName.objects.all().delete()
    assert find_places("玉兰路7号") == []
    assert index_missing() == Building.objects.count()
    assert find_places("玉兰路7号")[0].address == "玉兰路7号"
    assert index_missing() == 0


def test_an_exclusive_grid_is_found_by_its_name(divided: Plan) -> None:
    grid = Area.objects.get(kind="grid", level="exclusive")
    index_everything()
    assert grid.name in [place.address for place in find_places(grid.name)]


def test_one_building_is_meant_beyond_doubt_or_none(street: Area) -> None:
    found = sure_building("玉兰路7号2单元301")
    assert found and found.address == "玉兰路7号"
    assert sure_building("玉兰苑0") is None
    assert sure_building("玉兰路") is None
    assert sure_building("玉兰路7号", street.pk + 1) is None


def test_the_office_gets_buildings_alone(street: Area) -> None:
    assert all(found.building for found in find_buildings("玉兰苑0"))
    assert find_buildings("玉兰苑0")


def test_a_search_takes_few_statements(street: Area, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        find_places("玉兰苑0玉兰路7号2单元301")
