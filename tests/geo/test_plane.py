import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shige.geo.plane import Plane

_near = st.lists(st.tuples(st.floats(103.5, 104.5), st.floats(30.2, 31.2)), min_size=1, max_size=20).map(
    lambda points: np.array(points)
)


@given(_near)
def test_points_come_back_to_where_they_were(lonlat):
    plane = Plane.about(lonlat)
    assert np.allclose(plane.to_lonlat(plane.to_metres(lonlat)), lonlat, rtol=0, atol=1e-12)


def test_the_middle_of_the_data_is_the_origin():
    plane = Plane.about(np.array([[104.0, 30.0], [104.2, 30.4]]))
    assert np.allclose(plane.to_metres(np.array([[104.1, 30.2]])), 0.0)


def test_x_is_east_y_is_north_in_metres():
    plane = Plane(104.0, 30.67)
    east, north = plane.to_metres(np.array([[104.01, 30.67], [104.0, 30.68]]))
    assert np.allclose(east, [957.9, 0.0], atol=0.5)  # WGS-84 ellipsoid at this latitude
    assert np.allclose(north, [0.0, 1108.5], atol=0.5)
