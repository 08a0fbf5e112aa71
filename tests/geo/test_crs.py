"""Coordinate systems are known by EPSG number and by their usual names."""

import numpy as np
import pytest

from shige.geo.crs import OtherDatum, UnknownCrs, read_crs


@pytest.mark.parametrize(
    ("name", "datum"),
    [
        ("http://www.opengis.net/def/crs/EPSG/0/4326", "wgs84"),
        ("urn:ogc:def:crs:EPSG:6.18:4326", "wgs84"),
        ("WGS 84", "wgs84"),
        ("GCS_WGS_1984", "wgs84"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "wgs84"),
        ("4490", "wgs84"),
        ("EPSG: 4490", "wgs84"),
        ("国家2000", "wgs84"),
        ("2000国家大地坐标系", "wgs84"),
        ("CGCS2000", "wgs84"),
        ("GCJ-02", "gcj02"),
        ("火星坐标系（GCJ02）", "gcj02"),
        ("高德", "gcj02"),
        ("BD-09", "bd09"),
        ("百度坐标", "bd09"),
    ],
)
def test_a_datum_is_known_by_its_names(name: str, datum: str) -> None:
    found = read_crs(name)
    assert (found.datum, found.projection) == (datum, "")


@pytest.mark.parametrize(
    ("name", "east", "north", "lon", "lat"),
    [
        ("EPSG:3857", 11582890.1, 3588871.2, 104.0508721, 30.6615397),
        ("CGCS2000 / 3-degree Gauss-Kruger CM 105E", 500_000, 3_400_000, 105.0, 30.7206175),
        ("CGCS2000_3_Degree_GK_CM_105E", 500_000, 3_400_000, 105.0, 30.7206175),
        ("EPSG:32648", 500_000, 3_400_000, 105.0, 30.7329),
    ],
)
def test_metres_are_turned_into_degrees(name: str, east: float, north: float, lon: float, lat: float) -> None:
    found = read_crs(name).to_wgs84(np.array([[east, north]]))
    assert found[0] == pytest.approx((lon, lat), abs=1e-4)


@pytest.mark.parametrize("name", ["EPSG:4214", "EPSG:2327", "西安80", "北京54坐标系", "Xian 1980"])
def test_an_older_datum_has_no_exact_way(name: str) -> None:
    with pytest.raises(OtherDatum):
        read_crs(name)


@pytest.mark.parametrize("name", ["瞎写", "EPSG:99999", "EPSG:4978", "urn:x"])
def test_what_is_no_coordinate_system_is_unknown(name: str) -> None:
    with pytest.raises(UnknownCrs):
        read_crs(name)
