"""Minutes on foot around what cannot be crossed (R13)."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Polygon, box

from shige.walking.reach import Ground, minutes_on_foot

SPEED = 1.25
AT = (3.0, -2.0)


def minutes(target: tuple[float, float], ground: Ground | None = None, most: float = 15) -> float:
    """Return the minutes from the origin to one place."""
    found = minutes_on_foot(AT, np.array([target]), ground or Ground(), minutes=most, speed=SPEED)
    return float(found[0])


def straight(target: tuple[float, float]) -> float:
    """Return the minutes as the crow flies."""
    return math.dist(AT, target) / SPEED / 60


RIVER = LineString([(203, -2000), (203, 2000)])
BEYOND = (403.0, -2.0)


@given(st.floats(-700, 700), st.floats(-700, 700))
def test_in_the_open_it_is_the_straight_line_to_a_twelfth(east: float, north: float) -> None:
    target = (AT[0] + east, AT[1] + north)
    found = minutes(target)
    if straight(target) < 13:
        assert straight(target) - 1e-9 <= found <= straight(target) * 1.09 + 0.3
    elif straight(target) > 15:
        assert found == math.inf


def test_a_river_is_crossed_on_its_bridge_only() -> None:
    assert minutes(BEYOND, Ground(streams=[RIVER])) == math.inf
    bridge = LineString([(150, 300), (260, 300)])
    around = minutes(BEYOND, Ground(streams=[RIVER], ways=[bridge]))
    by_bridge = 2 * math.dist(AT, (203, 300)) / SPEED / 60
    assert by_bridge * 0.95 < around < by_bridge * 1.1
    assert around > straight(BEYOND) * 1.5


def test_a_slanting_barrier_has_no_holes() -> None:
    for turn in range(0, 180, 7):
        run = np.array([math.cos(math.radians(turn)), math.sin(math.radians(turn))])
        across = np.array([-run[1], run[0]])
        middle = np.asarray(AT) + 55 * across
        wall = LineString([middle - 3000 * run, middle + 3000 * run])
        assert minutes(tuple(np.asarray(AT) + 120 * across), Ground(roads=[wall])) == math.inf
        assert minutes(tuple(np.asarray(AT) - 120 * across), Ground(roads=[wall])) < 2.5


def test_a_road_that_goes_on_in_the_next_piece_is_no_crossing() -> None:
    pieces = [LineString([(203, y), (203, y + 500)]) for y in range(-2000, 2000, 500)]
    assert minutes(BEYOND, Ground(roads=pieces)) == math.inf


def test_what_lies_along_a_road_does_not_cross_it() -> None:
    pavement = LineString([(203, 0), (203, 40)])
    assert minutes(BEYOND, Ground(roads=[RIVER], ways=[pavement])) == math.inf


def test_roads_are_crossed_at_their_junctions() -> None:
    cross = LineString([(-500, 0), (900, 0)])
    assert minutes((403, 60), Ground(roads=[RIVER, cross])) < 8
    branch = LineString([(203, 0), (900, 0)])
    assert minutes((403, 60), Ground(roads=[RIVER, branch])) < 8


def test_four_pieces_that_meet_are_a_junction() -> None:
    arms = [LineString([(203, 0), end]) for end in ((203, 3000), (203, -3000), (-900, 0), (900, 0))]
    assert minutes((403, 60), Ground(roads=arms)) < 8


def test_water_is_crossed_along_a_way() -> None:
    lake = box(150, -3000, 250, 3000)
    assert minutes(BEYOND, Ground(water=[lake])) == math.inf
    assert minutes(BEYOND, Ground(water=[lake], ways=[LineString([(100, 5), (300, 5)])])) < 6


def test_a_place_in_the_water_is_not_reached_and_one_who_stands_there_gets_away() -> None:
    lake = Polygon([(-60, -60), (60, -60), (60, 60), (-60, 60)])
    assert minutes((103.0, -2.0), Ground(water=[lake])) == math.inf
    assert minutes(AT, Ground(water=[lake])) == 0


def test_nothing_asked_is_nothing_found() -> None:
    found = minutes_on_foot(AT, np.empty((0, 2)), Ground(roads=[RIVER]), minutes=15, speed=SPEED)
    assert found.shape == (0,)
