import math

import pytest

from shige.division.input import read_areas, read_barriers, read_units
from tests.division.cities import area, barrier, unit

BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[104, 30], [104.1, 30.1], [104.1, 30], [104, 30.1], [104, 30]]],
}
SWAPPED = {"type": "Polygon", "coordinates": [[[30, 104], [30, 104.1], [30.1, 104.1], [30, 104]]]}
METRES = {"type": "Polygon", "coordinates": [[[5e5, 3e6], [5e5, 3e6 + 9], [5e5 + 9, 3e6], [5e5, 3e6]]]}
NAN = {"type": "Polygon", "coordinates": [[[104, 30], [math.nan, 30.1], [104.1, 30.1], [104, 30]]]}
OPEN = {"type": "Polygon", "coordinates": [[[104, 30], [104, 31]]]}
LINE = {"type": "LineString", "coordinates": [[104, 30], [104, 31]]}


def spoiled(**values):
    geometry = {"geometry": values.pop("geometry")} if "geometry" in values else {}
    return unit(1, 0, 0, **values) | geometry


def found(problems):
    return [(problem.row, problem.column, problem.code) for problem in problems]


@pytest.mark.parametrize(
    ("values", "column", "code"),
    [
        ({"community": "99019900100"}, "community", "community_code"),  # 11 digits
        ({"community": "9901990010011"}, "community", "community_code"),
        ({"community": "99019900100a"}, "community", "community_code"),
        ({"community": None}, "community", "missing"),
        ({"id": ""}, "id", "missing"),
        ({"households": -1}, "households", "negative"),
        ({"households": None}, "households", "missing"),
        ({"households": 2.5}, "households", "not_whole"),
        ({"households": math.nan}, "households", "missing"),
        ({"households": "many"}, "households", "not_whole"),
        ({"shops": -3}, "shops", "negative"),
        ({"floors": 4000}, "floors", "too_large"),
        ({"entrances": -1}, "entrances", "negative"),
        ({"lift": "perhaps"}, "lift", "not_yes_or_no"),
        ({"use": "castle"}, "use", "unknown"),
        ({"geometry": None}, "geometry", "geometry_missing"),
        ({"geometry": {"type": "Polygon", "coordinates": []}}, "geometry", "geometry_missing"),
        ({"geometry": {"type": "Blob"}}, "geometry", "geometry_broken"),
        ({"geometry": OPEN}, "geometry", "geometry_broken"),
        ({"geometry": LINE}, "geometry", "geometry_type"),
        ({"geometry": BOW_TIE}, "geometry", "self_crossing"),
        ({"geometry": SWAPPED}, "geometry", "swapped"),
        ({"geometry": METRES}, "geometry", "in_metres"),
        ({"geometry": NAN}, "geometry", "out_of_range"),
    ],
)
def test_a_fault_is_named_by_row_and_column(values, column, code):
    units, problems = read_units([unit(0, 50, 0), spoiled(**values)])
    assert found(problems) == [(2, column, code)]
    assert [u.id for u in units] == ["U0000"]
    assert problems[0].message
    assert "{" not in problems[0].message


def test_every_fault_is_listed_in_the_order_of_the_rows():
    rows = [spoiled(households=-1, community="1"), unit(2, 0, 0), spoiled(id="U0002", use="castle")]
    assert found(read_units(rows)[1]) == [
        (1, "community", "community_code"),
        (1, "households", "negative"),
        (3, "use", "unknown"),
        (3, "id", "duplicate"),
    ]


def test_a_duplicate_says_where_the_id_was_first():
    problems = read_units([unit(1, 0, 0), unit(2, 20, 0), unit(1, 40, 0)])[1]
    assert str(problems[0]) == "row 3, id: U0001 was already used in row 1."


def test_a_unit_far_from_its_community_is_a_fault():
    rows = [unit(k, 20 * k, 0) for k in range(5)] + [unit(9, 20_000_000 // 100, 0)]
    assert found(read_units(rows)[1]) == [(6, "geometry", "far_away")]


@pytest.mark.parametrize("feature", [None, [], {"properties": None}, {"properties": 3}])
def test_what_is_no_feature_is_a_fault(feature):
    assert (1, "feature", "not_a_feature") in found(read_units([feature])[1])


def test_text_from_a_spreadsheet_is_read_as_numbers():
    written = {"households": "12", "shops": "", "floors": "6", "lift": "是", "community": 990199001001.0}
    (read,), problems = read_units([unit(1, 0, 0, **written)])
    assert not problems
    assert (read.households, read.shops, read.floors, read.lift) == (12, 0, 6, True)
    assert read.community == "990199001001"


def test_a_park_without_floors_has_one():
    (read,), _ = read_units([unit(1, 0, 0, use="park", floors=0, entrances=0)])
    assert (read.floors, read.entrances) == (1, 1)


def test_only_managed_offices_markets_parks_and_campuses_are_exclusive():  # R4
    rows = [
        unit(1, 0, 0, use="office", manager="M1"),
        unit(2, 0, 20, use="office"),
        unit(3, 0, 40, use="residential", manager="M1"),
        unit(4, 0, 60, use="campus", manager="M2"),
    ]
    assert [read.exclusive for read in read_units(rows)[0]] == [True, False, False, True]


def test_barriers_have_a_known_class():
    barriers, problems = read_barriers([barrier("river", (0, 0), (9, 9)), barrier("wall", (0, 0), (9, 9))])
    assert [b.kind for b in barriers] == ["river"]
    assert found(problems) == [(2, "class", "unknown")]


def test_areas_of_one_community_are_joined():
    rows = [area("990199001001", 0, 0, 50, 50), area("990199001001", 100, 0, 50, 50)]
    areas, problems = read_areas(rows)
    assert not problems
    assert len(areas["990199001001"].geoms) == 2


def test_what_is_known_of_the_future_and_of_the_work_is_read():  # R7
    known = {"population": 31, "expected_households": "20", "workload": 7.5, "minutes": "1.5"}
    (read,), problems = read_units([unit(1, 0, 0, households=12, **known)])
    assert not problems
    assert (read.population, read.expected_households, read.workload, read.minutes) == (31, 20, 7.5, 1.5)


@pytest.mark.parametrize(
    ("said", "code"), [("much", "not_a_number"), (-1, "negative"), ("inf", "not_a_number")]
)
def test_hours_that_are_no_number_are_named(said, code):
    assert found(read_units([unit(1, 0, 0, workload=said)])[1]) == [(1, "workload", code)]
