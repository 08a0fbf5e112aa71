"""A place is found by what people write."""

from typing import Any

import pytest
from shapely import box

from shige.language.spelling import keys_of
from shige.territory.models import Address, Area, Building, Compound, Outline, PlaceName, Plan
from shige.territory.places import (
    Remark,
    find_buildings,
    find_places,
    index_buildings,
    index_everything,
    index_missing,
    remark_on,
    sure_building,
)
from shige.territory.places.buildings import House
from shige.territory.places.index import place_of
from shige.territory.places.search import Found
from shige.territory.shapes import box_of, wkb


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


def test_a_place_with_an_exclusive_grid_is_called_by_its_own_name(divided: Plan) -> None:
    grid = Area.objects.get(kind="grid", level="exclusive")
    index_everything()
    found = [place.address for place in find_places(grid.name)]
    assert place_of(grid.name) in found and not any("网格" in address for address in found)


def test_a_grid_with_a_name_of_its_own_keeps_it() -> None:
    assert place_of("商务管理公司1号专属网格") == "商务管理公司" and place_of("软件园") == "软件园"


@pytest.mark.parametrize("text", ["{}", "{}附近", "我们{}"])
def test_a_community_is_a_place(street: Area, text: str) -> None:
    community = Area.objects.filter(level="community").order_by("code")[0]
    community.name = "玉兰社区"
    community.save()
    ground = box(104.0, 30.0, 104.01, 30.01)
    Outline.objects.get_or_create(area=community, defaults={"shape": wkb(ground), "box": box_of(ground)})
    index_everything()
    found = [place for place in find_places(text.format(community.name)) if place.address == community.name]
    assert [place.community for place in found] == [community.name]


@pytest.mark.parametrize(
    "text",
    [
        "玉兰幼儿园门口",
        "幼儿园门口",
        "公厕",
        "厕所旁边",
        "幼儿园正对面",
        "幼儿园北门口",
        "幼儿园后头",
        "公厕往东50米",
        "幼儿园那条巷子",
    ],
)
def test_a_kind_of_place_is_found_by_what_people_call_it(street: Area, text: str) -> None:
    Building.objects.filter(pk=Building.objects.order_by("pk")[0].pk).update(manager="玉兰幼儿园")
    Building.objects.filter(pk=Building.objects.order_by("pk")[1].pk).update(manager="玉兰路公厕")
    index_everything()
    assert {"玉兰幼儿园", "玉兰路公厕"} & {place.address for place in find_places(text)}


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


@pytest.mark.parametrize("text", ["玉兰路7号", "玉兰路七号2单元301", "玉兰苑0 7号", "玉兰苑0小区3栋"])
def test_an_exact_house_stands_alone(street: Area, text: str) -> None:
    found = find_places(text)
    assert len(found) == 1 and found[0].sure and found[0].bears
    assert remark_on(text, found) is None


def test_of_a_house_that_is_not_in_its_compound_the_compound_is_offered(street: Area) -> None:
    found = find_places("玉兰苑0 99栋")
    assert (found[0].kind, found[0].address) == ("compound", "玉兰苑0")
    assert found[0].inside and not any(place.sure or place.bears for place in found)
    assert remark_on("玉兰苑0 99栋", found) == Remark("玉兰苑0", "99栋")


def test_what_a_compound_lacks_is_called_as_its_houses_are() -> None:
    def compound(*inside: House) -> list[Found]:
        return [Found("compound", "玉兰苑", "玉兰苑", "朝阳", 104.0, 30.0, inside=inside, called="玉兰苑")]

    def house(number: str, block: str) -> House:
        return House(1, "u", "玉兰路1号", "玉兰苑", "朝阳", None, 104.0, 30.0, 1, number, block)

    blocks, numbers = compound(house("", "1"), house("", "2")), compound(house("7", ""))
    for text in ("玉兰苑5号", "yly5"):
        assert remark_on(text, blocks) == Remark("玉兰苑", "5栋")
        assert remark_on(text, numbers) == Remark("玉兰苑", "5号")


def test_a_door_beside_a_number_is_called_as_its_sign_has_it(street: Area) -> None:
    assert remark_on("玉兰路999号附2号", find_places("玉兰路999号附2号")) == Remark("玉兰路", "999号附2号")


def test_of_a_number_that_is_not_in_its_street_the_nearest_are_offered(street: Area) -> None:
    found = find_places("玉兰路999号")
    assert {place.kind for place in found} == {"building"} and not any(place.sure for place in found)
    assert remark_on("玉兰路999号", found) == Remark("玉兰路", "999号")


@pytest.mark.parametrize("text", ["1号楼", "一栋", "7号", "3-2-501"])
def test_a_number_without_a_name_asks_for_the_name(street: Area, text: str) -> None:
    assert remark_on(text, find_places(text)) == Remark(nameless=True)


def test_what_is_found_or_was_not_asked_needs_no_remark(street: Area) -> None:
    for text in ("玉兰苑0", "玉兰路", "示例市场", "", "  "):
        assert remark_on(text, find_places(text)) is None
    assert remark_on("不存在的地方", []) == Remark()


def test_the_office_is_told_of_a_house_that_is_not_there_as_well(street: Area) -> None:
    assert remark_on("玉兰苑0 99栋", find_buildings("玉兰苑0 99栋")) == Remark("玉兰苑0", "99栋")


def test_a_street_is_named_where_its_number_is_not_there_though_compounds_are_called_alike(
    street: Area,
) -> None:
    house = Building.objects.order_by("pk")[0]
    house.compound = Compound.objects.create(community=house.community, name="玉兰路251号院")
    house.save()
    index_buildings([house.pk])
    found = find_places("玉兰路998号")
    assert found[0].building and remark_on("玉兰路998号", found) == Remark("玉兰路", "998号")


def test_whoever_writes_a_compound_out_gets_no_other_one_s_building_as_if_it_were_right(street: Area) -> None:
    one, other = Building.objects.order_by("pk")[:2]
    for house, name, address in ((one, "海棠苑", "海棠苑3栋"), (other, "海棠花园", "海棠花园5栋")):
        house.compound = Compound.objects.create(community=house.community, name=name)
        house.address = address
        house.save()
    index_buildings([one.pk, other.pk])
    found = find_places("海棠苑5栋")
    assert (found[0].address, [inside.pk for inside in found[0].inside]) == ("海棠苑", [one.pk])
    assert "海棠花园5栋" in [place.address for place in found], "it may have been meant, and stands below"
    assert remark_on("海棠苑5栋", found) == Remark("海棠苑", "5栋")
    assert sure_building("海棠苑5栋") is None
    assert [place.address for place in find_places("海棠苑3栋")] == ["海棠苑3栋"]


def test_a_compound_whose_name_has_a_number_comes_first_where_it_is_typed_as_it_is(street: Area) -> None:
    houses = list(Building.objects.order_by("pk")[:4])
    compound = Compound.objects.create(community=houses[0].community, name="玉兰路251号院")
    for number, house in enumerate(houses, start=1):
        house.compound, house.address = compound, f"玉兰路251号院{number}栋"
        house.save()
    index_buildings([house.pk for house in houses])
    found = find_places("玉兰路251号院")
    assert (found[0].kind, found[0].address) == ("compound", "玉兰路251号院")
    assert {house.pk for house in found[0].inside} == {house.pk for house in houses}
    assert not any(place.building in [house.pk for house in houses] for place in found[1:])
    assert find_places("玉兰路251号院3栋")[0].building == houses[2].pk


@pytest.mark.parametrize("text", ["菜市场边边", "玉兰菜市场边边上", "玉兰农贸市场旁边", "玉兰菜市场"])
def test_a_market_is_found_by_what_people_call_it(street: Area, text: str) -> None:
    PlaceName.objects.create(
        kind="landmark", text="玉兰农贸市场", keys=keys_of("玉兰农贸市场"), lon=104.0, lat=30.6
    )
    assert "玉兰农贸市场" in [place.address for place in find_places(text)]


def in_compounds(*addresses: tuple[str, str]) -> None:
    """Put one building each at an address in a compound."""
    houses = list(Building.objects.order_by("pk")[: len(addresses)])
    for house, (name, address) in zip(houses, addresses, strict=True):
        house.compound = Compound.objects.create(community=house.community, name=name)
        house.address = address
        house.save()
    index_buildings([house.pk for house in houses])


@pytest.mark.parametrize("text", ["华庭", "华庭3幢", "华庭三栋", "华庭 3号楼", "我们华庭3栋"])
def test_a_compound_is_found_by_the_end_of_its_name_alone(street: Area, text: str) -> None:
    in_compounds(("桂香华庭", "桂香华庭3栋"), ("海棠花园", "海棠花园3栋"))
    found = find_places(text)
    assert "桂香华庭" in found[0].address and not any("花园" in place.address for place in found)
    assert remark_on(text, found) is None


def test_an_end_that_very_many_names_have_names_none_of_them(street: Area) -> None:
    in_compounds(*((f"{name}花园", f"{name}花园3栋") for name in "春夏秋冬梅兰竹菊东西南北中"))
    assert find_places("花园3栋") == []
    assert find_places("梅花园3栋")[0].address == "梅花园3栋"


def test_a_compound_that_is_not_known_is_said_to_be_so_before_others_are_offered(street: Area) -> None:
    in_compounds(("桂香华庭", "桂香华庭3栋"), ("桂香苑", "桂香苑3栋"))
    found = find_places("桂香小区三幢二单元")
    assert {place.address for place in found if place.bears} == {"桂香华庭3栋", "桂香苑3栋"}
    assert remark_on("桂香小区三幢二单元", found) == Remark(unknown="桂香小区")
    for text in ("桂香3栋", "桂香苑3栋", "桂乡苑3栋"):
        assert remark_on(text, find_places(text)) is None


@pytest.mark.parametrize("text", ["Yulan primary school", "near the yulan elementary school gate"])
def test_a_school_is_found_by_pinyin_and_an_english_kind(street: Area, text: str) -> None:
    for name in ("桂香小学", "玉兰中学", "玉兰小学"):
        PlaceName.objects.create(kind="landmark", text=name, keys=keys_of(name), lon=104.0, lat=30.6)
    assert find_places(text)[0].address == "玉兰小学"
