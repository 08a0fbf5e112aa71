"""A local plane in metres around a place, and back to longitude and latitude."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_EQUATOR = 6_378_137.0  # WGS-84 (and, for this purpose, CGCS2000), metres
_ECCENTRICITY_2 = 0.006_694_379_990_14


@dataclass(frozen=True, slots=True)
class Plane:
    """An equirectangular plane: x metres east and y metres north of its centre.

    The map is affine, so shared edges stay shared. Distances within 10 km of the centre are right to
    about one part in a thousand at Chinese latitudes.
    """

    longitude: float
    latitude: float

    @classmethod
    def about(cls, lonlat: NDArray[np.float64]) -> Plane:
        """Make the plane about the middle of the box around points of shape (n, 2), in degrees."""
        low, high = lonlat.min(axis=0), lonlat.max(axis=0)
        return cls(float((low[0] + high[0]) / 2), float((low[1] + high[1]) / 2))

    def to_metres(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn degrees of shape (n, 2), longitude first, into metres of the same shape."""
        return (np.asarray(lonlat) - (self.longitude, self.latitude)) * self._metres_per_degree()

    def to_lonlat(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn metres of shape (n, 2) back into degrees, longitude first."""
        return np.asarray(metres) / self._metres_per_degree() + (self.longitude, self.latitude)

    def _metres_per_degree(self) -> NDArray[np.float64]:
        """Radii of curvature along the parallel and the meridian, for one degree."""
        phi = math.radians(self.latitude)
        bend = 1 - _ECCENTRICITY_2 * math.sin(phi) ** 2
        across = _EQUATOR / math.sqrt(bend) * math.cos(phi)
        along = _EQUATOR * (1 - _ECCENTRICITY_2) / bend**1.5
        return np.array([math.radians(across), math.radians(along)])
