"""Datums convert there and back to within 0.1 mm, and not at all outside China."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.geo.datum import DATUMS, from_wgs84, to_wgs84

METRES_PER_DEGREE = 111_320
LONGITUDES, LATITUDES = st.floats(74, 135), st.floats(2, 54)


def metres_apart(one: tuple[object, object], other: tuple[object, object]) -> float:
    return float(np.hypot(*(np.asarray(one, float) - np.asarray(other, float))) * METRES_PER_DEGREE)


def test_known_points_of_beijing() -> None:
    """Published values of the reverse-engineered formulas."""
    gcj02 = from_wgs84(116.404, 39.915, "gcj02")
    assert metres_apart(gcj02, (116.41024449916938, 39.91640428150164)) < 1e-6
    bd09 = from_wgs84(116.404, 39.915, "bd09")
    assert metres_apart(bd09, (116.41662724378733, 39.922699552216216)) < 1e-6


def test_the_shift_over_chengdu_is_about_360_metres() -> None:
    lon, lat = from_wgs84(104.0668, 30.5728, "gcj02")
    east = (lon - 104.0668) * METRES_PER_DEGREE * np.cos(np.radians(30.5728))
    north = (lat - 30.5728) * METRES_PER_DEGREE
    assert 340 < np.hypot(east, north) < 380


@given(LONGITUDES, LATITUDES, st.sampled_from(DATUMS))
def test_there_and_back_is_within_a_tenth_of_a_millimetre(lon: float, lat: float, datum: str) -> None:
    assert metres_apart(from_wgs84(*to_wgs84(lon, lat, datum), datum), (lon, lat)) < 1e-4
    assert metres_apart(to_wgs84(*from_wgs84(lon, lat, datum), datum), (lon, lat)) < 1e-4


@given(
    st.floats(-180, 180), st.floats(-90, 90), st.sampled_from(DATUMS), st.sampled_from([to_wgs84, from_wgs84])
)
def test_any_place_of_the_earth_moves_by_less_than_five_kilometres(
    lon: float, lat: float, datum: str, convert: object
) -> None:
    assert metres_apart(convert(lon, lat, datum), (lon, lat)) < 5_000  # type: ignore[operator]


@pytest.mark.parametrize("datum", DATUMS)
def test_places_outside_china_are_unchanged(datum: str) -> None:
    lon, lat = np.array([2.35, -180, 180, 0]), np.array([48.85, 90, -90, 0])
    found = to_wgs84(lon, lat, datum)
    assert np.array_equal(found, (lon, lat))


def test_arrays_keep_their_shape_and_their_input() -> None:
    lon, lat = np.full((3, 2), 104.0), np.full((3, 2), 30.0)
    found_lon, found_lat = to_wgs84(lon, lat, "gcj02")
    assert found_lon.shape == found_lat.shape == (3, 2)
    assert (lon == 104).all() and (found_lon != 104).all()


def test_no_points_give_no_points() -> None:
    assert to_wgs84([], [], "bd09")[0].size == 0


@pytest.mark.parametrize(
    ("lon", "lat", "datum", "expected"),
    [
        (104, 30, "cgcs", "'cgcs' is no known datum; known are wgs84, gcj02, bd09"),
        (181, 30, "wgs84", "longitude 181.0"),
        (104, 91, "gcj02", "latitude 91.0"),
        ([104, float("nan")], [30, 30], "bd09", r"longitude nan \(place 1\)"),
        ([104, 104], [30], "wgs84", "the shapes differ"),
    ],
)
def test_what_is_no_place_is_refused(lon: object, lat: object, datum: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        to_wgs84(lon, lat, datum)  # type: ignore[arg-type]
