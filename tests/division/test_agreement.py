import json
import random
from dataclasses import replace

import numpy as np
import pytest
import shapely

from shige.division import Previous
from shige.division.agreement import disagreements
from shige.division.input import read_areas, read_barriers, read_units
from shige.division.units import Piece
from shige.geo.datum import from_wgs84
from tests.division.cities import area, barrier, unit
from tests.division.test_shared_places import SHARED

FIRST, SECOND = "990199001001", "990199001002"


def homes():
    west = [unit(k, k % 5 * 20, k // 5 * 20, households=3) for k in range(25)]
    return west + [unit(50 + k, 400 + k % 5 * 20, k // 5 * 20, community=SECOND) for k in range(25)]


def outlines(first=0, second=400):
    rows = area(FIRST, first - 20, -20, 150, 150), area(SECOND, second - 20, -20, 150, 150)
    return read_areas(rows)[0]


def told(areas, previous=None):
    return [said.message for said in disagreements(read_units(homes())[0], areas, previous)]


def shifted(areas, datum):
    def turned(lonlat):
        return np.column_stack(from_wgs84(*lonlat.T, datum))

    return {code: shapely.transform(shape, turned) for code, shape in areas.items()}


def test_units_in_their_areas_agree():
    assert told(outlines()) == []
    assert told({}) == []


def test_a_few_units_outside_are_no_disagreement():
    assert told({FIRST: outlines()[FIRST].buffer(-0.0004), SECOND: outlines()[SECOND]}) == []


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_areas_in_another_datum_are_named_with_it(datum):
    (line,) = told(shifted(outlines(), datum))
    assert line.startswith("50 of 50 buildings lie outside the area of their community (rows 1, 2, 3, ")
    assert line.endswith(f"the other file like {'GCJ-02' if datum == 'gcj02' else 'BD-09'}.")


def test_exchanged_codes_are_named():
    assert told(outlines(400, 0))[0].endswith("so codes of communities are exchanged.")


def test_areas_of_another_place_are_named():
    assert told(outlines(9000, 9500))[0].endswith("The files are not of one place.")


def test_a_previous_division_of_another_city_is_named():
    def piece(unit_id, community):
        return Piece(unit_id, "", 3, 0, f"{community}000001", f"{community}100002", f"{community}200003", "")

    own = piece("U0000", FIRST)
    other = [piece("U0000", "510104001001"), piece("B7", FIRST)]
    assert told(outlines(), Previous((*other, own), {})) == []
    (line,) = told(outlines(), Previous(tuple(other), {}))
    assert line == (
        "The previous division is of another place: none of its 2 rows is about a building here "
        "(row 1: U0000 in 510104001001)."
    )


def streets(turn=None):
    """Rows of houses at uneven distances, and a road along every gap."""
    dice = random.Random(7)
    features, lines, y = [], [], 0.0
    for _ in range(30):
        features += [unit(len(features) + k, k * 17, y, households=3) for k in range(14)]
        lines.append(barrier("primary", (-900, y + 15), (900, y + 15)))
        y += dice.uniform(20, 70)
    lines.append(barrier("rail", (-900, -900), (-900, 2400)))
    courses = read_barriers(lines)[0]
    if turn is not None:
        courses = [replace(one, geometry=shapely.transform(one.geometry, turn)) for one in courses]
    return [said.message for said in disagreements(read_units(features)[0], {}, None, courses)]


def test_barriers_between_buildings_agree():
    assert streets() == []


@pytest.mark.parametrize(("datum", "name"), [("gcj02", "GCJ-02"), ("bd09", "BD-09")])
def test_barriers_in_another_datum_are_named_with_it(datum, name):
    (line,) = streets(lambda lonlat: np.column_stack(from_wgs84(*lonlat.T, datum)))
    assert line.endswith(f"The buildings look like WGS-84, the other file like {name}.")


def test_barriers_elsewhere_are_named():
    (line,) = streets(lambda lonlat: lonlat + 1.0)
    assert line == "None of 31 barriers lies near the buildings. The files are not of one place."
    (line,) = streets(lambda lonlat: lonlat[:, ::-1])
    assert line.endswith("Longitude and latitude look exchanged in one of the files.")


def test_a_tunnel_below_houses_is_no_disagreement():
    features = [unit(k, k % 40 * 20, k // 40 * 20, households=3) for k in range(1600)]
    tunnel = read_barriers([barrier("rail", (-20, 405), (900, 405))])[0]
    assert list(disagreements(read_units(features)[0], {}, None, tunnel)) == []


def test_the_shared_roads_agree_with_their_buildings_and_shifted_ones_are_named():
    place = SHARED / "shanghai_units.geojson"
    if not place.exists():
        pytest.skip(f"{place} is not on this machine")
    units, roads = (
        json.loads((SHARED / f"shanghai_{kind}.geojson").read_text())["features"]
        for kind in ("units", "barriers")
    )
    homes, courses = read_units(units)[0], read_barriers(roads)[0]
    assert list(disagreements(homes, {}, None, courses)) == []

    def shifted(lonlat):
        return np.column_stack(from_wgs84(*lonlat.T, "gcj02"))

    moved = [replace(one, geometry=shapely.transform(one.geometry, shifted)) for one in courses]
    (line,) = disagreements(homes, {}, None, moved)
    assert line.message.endswith("The buildings look like WGS-84, the other file like GCJ-02.")
