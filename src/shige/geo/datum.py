"""Conversion between WGS-84 (CGCS2000), GCJ-02 and BD-09 coordinates, arrays in and arrays out.

GCJ-02 is what phones and map tiles in mainland China speak, BD-09 what Baidu speaks. The forward formulas are
the widely published reverse-engineered ones (Krasovsky 1940 ellipsoid); the inverses are fixed-point
iterations, because the usual one-step inverse is off by up to 1.2 m over Chengdu.
"""

from collections.abc import Callable
from typing import Literal, cast, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]
Conversion = Callable[[Floats, Floats], Pair]
Datum = Literal["wgs84", "gcj02", "bd09"]

DATUMS: tuple[str, ...] = get_args(Datum)

_SEMI_MAJOR_AXIS = 6378245.0  # metres, Krasovsky 1940
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271  # degrees: where GCJ-02 applies
_BD_LON, _BD_LAT, _BD_TURN = 0.0065, 0.006, np.pi * 3000 / 180
_TOLERANCE = 1e-11  # degrees, about a thousandth of a millimetre
_MOST_ROUNDS = 30


def to_wgs84(lon: ArrayLike, lat: ArrayLike, datum: str) -> Pair:
    """Convert coordinates of a declared datum to WGS-84.

    Parameters
    ----------
    lon, lat
        Degrees, scalars or arrays of one shape; points outside China are returned unchanged.
    datum
        `wgs84`, `gcj02` or `bd09`.

    Returns
    -------
    tuple of two float64 arrays of that shape, in degrees; converting back gives the input to within 0.1 mm.

    Raises
    ------
    ValueError
        The datum is unknown, the shapes differ, or a coordinate is no number or out of range.
    """
    checked = _checked(lon, lat)
    match _known(datum):
        case "wgs84":
            return checked
        case "gcj02":
            return _in_china_only(_gcj02_to_wgs84, checked)
        case "bd09":
            return _in_china_only(lambda *bd09: _gcj02_to_wgs84(*_bd09_to_gcj02(*bd09)), checked)


def from_wgs84(lon: ArrayLike, lat: ArrayLike, datum: str) -> Pair:
    """Convert WGS-84 coordinates to a datum, e.g. for a phone's map; the counterpart of `to_wgs84`."""
    checked = _checked(lon, lat)
    match _known(datum):
        case "wgs84":
            return checked
        case "gcj02":
            return _in_china_only(_wgs84_to_gcj02, checked)
        case "bd09":
            return _in_china_only(lambda *wgs84: _gcj02_to_bd09(*_wgs84_to_gcj02(*wgs84)), checked)


def _in_china_only(convert: Conversion, point: Pair) -> Pair:
    lon, lat = point
    inside = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    new_lon, new_lat = lon.copy(), lat.copy()
    new_lon[inside], new_lat[inside] = convert(lon[inside], lat[inside])
    return new_lon, new_lat


def _wgs84_to_gcj02(lon: Floats, lat: Floats) -> Pair:
    x, y = lon - 105.0, lat - 35.0
    radians = np.radians(lat)
    squeeze = 1 - _ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    meridian = _SEMI_MAJOR_AXIS * (1 - _ECCENTRICITY_SQUARED) / squeeze**1.5
    parallel = _SEMI_MAJOR_AXIS / np.sqrt(squeeze) * np.cos(radians)
    return lon + np.degrees(_metres_east(x, y) / parallel), lat + np.degrees(_metres_north(x, y) / meridian)


def _gcj02_to_wgs84(lon: Floats, lat: Floats) -> Pair:
    return _inverse(_wgs84_to_gcj02, lon, lat)


def _gcj02_to_bd09(lon: Floats, lat: Floats) -> Pair:
    radius = np.hypot(lon, lat) + 2e-5 * np.sin(lat * _BD_TURN)
    angle = np.arctan2(lat, lon) + 3e-6 * np.cos(lon * _BD_TURN)
    return radius * np.cos(angle) + _BD_LON, radius * np.sin(angle) + _BD_LAT


def _bd09_to_gcj02(lon: Floats, lat: Floats) -> Pair:
    return _inverse(_gcj02_to_bd09, lon, lat)


def _inverse(forward: Conversion, lon: Floats, lat: Floats) -> Pair:
    """Find the points that `forward` moves to (lon, lat); its offset changes slowly, so each round gains."""
    found_lon, found_lat = lon, lat
    for _ in range(_MOST_ROUNDS):
        there_lon, there_lat = forward(found_lon, found_lat)
        missed_lon, missed_lat = lon - there_lon, lat - there_lat
        found_lon, found_lat = found_lon + missed_lon, found_lat + missed_lat
        if max(np.abs(missed_lon).max(initial=0), np.abs(missed_lat).max(initial=0)) < _TOLERANCE:
            break
    return found_lon, found_lat


def _metres_east(x: Floats, y: Floats) -> Floats:
    smooth = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    waves = _wave(x, (20, 6), (20, 2), (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))
    return smooth + waves * 2 / 3


def _metres_north(x: Floats, y: Floats) -> Floats:
    smooth = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    waves = _wave(x, (20, 6), (20, 2)) + _wave(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
    return smooth + waves * 2 / 3


def _wave(value: Floats, *terms: tuple[float, float]) -> Floats:
    """Sum amplitude x sin(frequency x pi x value) over (amplitude, frequency) terms."""
    total = np.zeros_like(value)
    for amplitude, frequency in terms:
        total = total + amplitude * np.sin(frequency * np.pi * value)
    return total


def _known(datum: str) -> Datum:
    if datum not in DATUMS:
        raise ValueError(f"{datum!r} is no known datum; known are {', '.join(DATUMS)}")
    return cast(Datum, datum)


def _checked(lon: ArrayLike, lat: ArrayLike) -> Pair:
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if lon.shape != lat.shape:
        raise ValueError(f"{lon.shape} longitudes and {lat.shape} latitudes: the shapes differ")
    for name, values, limit in (("longitude", lon, 180), ("latitude", lat, 90)):
        wrong = ~(np.abs(values) <= limit)  # also true for NaN
        if wrong.any():
            where = int(np.argmax(wrong))
            raise ValueError(
                f"{name} {values.flat[where]} (place {where}) is not between -{limit} and {limit}"
            )
    return lon, lat
