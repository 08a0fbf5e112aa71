"""Coordinate systems by EPSG number and by their usual names, and the way from them to degrees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from .datum import Datum, to_wgs84

if TYPE_CHECKING:
    from pyproj import Transformer

_CHINESE: Final = (
    ("国家2000", "wgs84"), ("2000国家", "wgs84"), ("大地2000", "wgs84"), ("2000坐标", "wgs84"),
    ("cgcs2000", "wgs84"), ("wgs84", "wgs84"), ("crs84", "wgs84"),
    ("gcj02", "gcj02"), ("火星", "gcj02"), ("国测局", "gcj02"), ("高德", "gcj02"), ("腾讯", "gcj02"),
    ("bd09", "bd09"), ("百度", "bd09"),
)  # fmt: skip
"""Names of which one stands in what a file says; none of those that go on with a projection."""

_OTHER: Final = re.compile(r"西安|xian|北京54|北京1954|beijing|1980|地方|独立|local")
_DATUMS: Final = ("World Geodetic System 1984", "China 2000")
"""CGCS2000 and WGS-84 differ by centimetres: for this purpose they are one."""

_NUMBER: Final = re.compile(r"(?:epsg|srid)[^0-9]*(?:[0-9.]+[:/])?:?([0-9]{4,6})$|^([0-9]{4,6})$")


class UnknownCrs(ValueError):  # noqa: N818 - it says what the name is
    """A name of no coordinate system."""


class OtherDatum(ValueError):  # noqa: N818 - it says what the system is
    """A coordinate system of a datum to which there is no exact way without local parameters."""


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A coordinate system: its datum, and the EPSG number or name of its projection where it is in metres."""

    datum: Datum
    projection: str = ""

    def to_wgs84(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn points of shape (n, 2), east first, into degrees, longitude first."""
        if self.projection:
            return np.column_stack(_to_degrees(self.projection).transform(points[:, 0], points[:, 1]))
        return np.column_stack(to_wgs84(points[:, 0], points[:, 1], self.datum))


def read_crs(name: str) -> Coordinates:
    """Return the coordinate system that a name means: `EPSG:4490`, `CGCS2000 / ... CM 105E`, `高德`, `CRS84`.

    Raises
    ------
    UnknownCrs
        It means none.
    OtherDatum
        It is of another datum, such as Beijing 1954 or Xian 1980.
    """
    plain = re.sub(r"[\s_\-‐–]", "", name.lower())
    if _OTHER.search(plain):
        raise OtherDatum(name)
    short = re.sub(r"[:./()]", "", plain)
    if not _projected(plain):
        for word, datum in _CHINESE:
            if word in short:
                return Coordinates(datum)  # type: ignore[arg-type]
    return _by_register(name, plain)


def _projected(plain: str) -> bool:
    return bool(re.search(r"gauss|kruger|utm|mercator|gk|zone|带|高斯|墨卡托", plain))


def _by_register(name: str, plain: str) -> Coordinates:
    from pyproj import CRS  # loads its register, which few files need
    from pyproj.exceptions import CRSError

    found = _NUMBER.search(plain)
    number = (found[1] or found[2]) if found else ""
    try:
        crs = CRS.from_epsg(int(number)) if number else CRS.from_user_input(name)
    except CRSError as error:
        raise UnknownCrs(name) from error
    base = crs.geodetic_crs
    if base is None or base.datum is None or not (crs.is_geographic or crs.is_projected):
        raise UnknownCrs(name)
    if not base.datum.name.startswith(_DATUMS):
        raise OtherDatum(name)
    return Coordinates("wgs84", crs.to_wkt() if crs.is_projected else "")


@cache
def _to_degrees(projection: str) -> Transformer:
    """Return the way to the degrees of the projection's own datum."""
    from pyproj import CRS, Transformer

    crs = CRS.from_user_input(projection)
    return Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
