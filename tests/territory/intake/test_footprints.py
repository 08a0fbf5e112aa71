from itertools import combinations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from shige.division.units import Unit
from shige.territory.intake.footprints import SIDE, with_footprints
from shige.territory.shapes import METRES_PER_DEGREE


def unit(number, geometry):
    return Unit(id=f"U{number}", community="990199001001", geometry=geometry, households=4)


def at(x, y):
    """A place so many metres from where the equator meets the first meridian, of equal degrees."""
    return x / METRES_PER_DEGREE, y / METRES_PER_DEGREE


def points(*places):
    return [unit(number, shapely.Point(at(*place))) for number, place in enumerate(places)]


def side(made):
    west, south, east, north = made.geometry.bounds
    assert east - west == pytest.approx(north - south, rel=0.02)
    return (north - south) * METRES_PER_DEGREE


def test_a_building_with_nothing_near_stands_on_twelve_metres():
    assert [side(made) for made in with_footprints(points((0, 0), (100, 0)))] == pytest.approx(
        [SIDE] * 2, rel=0.02
    )


def test_houses_five_metres_apart_stand_on_squares_that_fit_between():
    assert side(with_footprints(points((0, 0), (5, 0)))[0]) == pytest.approx(5 / 2**0.5, rel=0.02)


def test_buildings_at_one_place_share_a_square():
    one, other, _ = with_footprints(points((0, 0), (0, 0.05), (30, 0)))
    assert side(one) == side(other) == pytest.approx(SIDE, rel=0.02)


def test_a_point_beside_an_outline_does_not_reach_into_it():
    house = unit(9, shapely.box(*at(3, -10), *at(20, 10)))
    made, kept = with_footprints([*points((0, 0)), house])
    assert kept.geometry is house.geometry
    assert shapely.intersection(made.geometry, house.geometry).area == 0


def test_outlines_stay_as_they_are():
    houses = [unit(1, shapely.box(*at(0, 0), *at(9, 9)))]
    assert with_footprints(houses) == tuple(houses)
    assert with_footprints([]) == ()


@given(st.sets(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=30))
def test_squares_of_different_places_never_overlap(places):
    made = with_footprints(points(*[(2 * x, 2 * y) for x, y in places]))
    assert [unit.id for unit in made] == [f"U{number}" for number in range(len(places))]
    for one, other in combinations(made, 2):
        assert shapely.intersection(one.geometry, other.geometry).area < 1e-14
