"""The sample plan keeps what every import promises, for any seed."""

from collections import Counter

import pytest
import shapely

from shige.sample import Plan, make_plan, to_geojson

SEEDS = (1, 2, 3)
COLUMNS = {
    "id", "community", "address", "compound", "use", "households", "shops",
    "floors", "entrances", "lift", "manager", "group", "rural",
}  # fmt: skip
DEGREE = 111_000.0


@pytest.fixture(scope="module", params=SEEDS)
def plan(request: pytest.FixtureRequest) -> Plan:
    return make_plan(request.param)


def households(plan: Plan) -> Counter[str]:
    return sum((Counter({unit.community: unit.households}) for unit in plan.units), Counter())


def test_the_same_seed_gives_the_same_plan():
    assert make_plan(1) == make_plan(1)
    assert make_plan(1) != make_plan(2)


def test_buildings_do_not_overlap(plan: Plan):
    shapes = [unit.shape for unit in plan.units]
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    assert (first == second).all()


def test_buildings_stand_clear_of_roads_and_river(plan: Plan):
    shapes = [unit.shape for unit in plan.units]
    tree = shapely.STRtree(shapes)
    for barrier in plan.barriers:
        surface = barrier.shape.buffer(barrier.width / 2 / DEGREE, cap_style="flat")
        assert len(tree.query(surface, predicate="intersects")) == 0, barrier.name


def test_every_building_lies_inside_its_community(plan: Plan):
    ground = {area.community: area.shape for area in plan.areas}
    assert [unit.id for unit in plan.units if not ground[unit.community].contains(unit.shape)] == []


def test_communities_tile_the_street_without_gap_or_overlap(plan: Plan):
    shapes = [area.shape for area in plan.areas]
    street = shapely.union_all(shapes)
    assert all(shape.is_valid and shape.geom_type == "Polygon" for shape in shapes)
    assert street.geom_type == "Polygon"
    assert len(street.interiors) == 0
    assert sum(shape.area for shape in shapes) == pytest.approx(street.area, rel=1e-9)


def test_communities_have_the_size_that_grids_need(plan: Plan):
    counts = households(plan)
    for area in plan.areas:
        low, high = (1800, 2600) if area.kind == "urban" else (300, 480)
        assert low <= counts[area.community] <= high
    assert 8500 <= sum(counts.values()) <= 9500


def test_every_kind_of_building_and_exclusive_place_is_there(plan: Plan):
    homes = [unit for unit in plan.units if unit.use == "residential" and not unit.rural]
    assert any(unit.floors >= 18 and unit.lift and unit.entrances >= 2 for unit in homes)
    assert any(6 <= unit.floors <= 11 for unit in homes)
    assert any(unit.floors <= 4 and not unit.lift for unit in homes)
    managed = {unit.manager for unit in plan.units if unit.use in ("office", "market", "park")}
    assert {"玉兰农贸市场服务部", "锦云商务管理公司", "蜀才学院", "锦水公园管理处"} <= managed
    assert None not in managed


def test_villagers_groups_are_named_in_the_rural_community_alone(plan: Plan):
    groups = {unit.group for unit in plan.units if unit.rural}
    assert groups == {f"柳溪村{number}组" for number in range(1, 7)}
    assert {unit.group for unit in plan.units if not unit.rural} == {None}


def test_ids_and_addresses_are_unique(plan: Plan):
    assert max(Counter(unit.id for unit in plan.units).values()) == 1
    assert [a for a, count in Counter(unit.address for unit in plan.units).items() if count > 1] == []


def test_codes_belong_to_a_province_that_does_not_exist(plan: Plan):
    assert {division.code[:2] for division in plan.divisions} == {"99"}
    assert plan.street.name == "玉兰街道"
    assert all(area.community.startswith(plan.street.code) for area in plan.areas)


def test_units_carry_the_columns_of_the_import(plan: Plan):
    collections = to_geojson(plan)
    assert set(collections) == {"units", "barriers", "areas", "base"}
    assert set(collections["units"]["features"][0]["properties"]) == COLUMNS
    assert {"class", "name", "width"} == set(collections["barriers"]["features"][0]["properties"])
    lon, lat = collections["units"]["features"][0]["geometry"]["coordinates"][0][0]
    assert 103 < lon < 105
    assert 30 < lat < 31


def test_shapes_are_valid_and_closed(plan: Plan):
    assert all(unit.shape.is_valid and unit.shape.area > 0 for unit in plan.units)
    assert all(ground.shape.is_valid for ground in plan.base)
