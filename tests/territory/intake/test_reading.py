"""Bad input is named by row and column, in the words of the file; good input is read."""

from typing import Any

import pytest

from shige.geo.datum import from_wgs84
from shige.territory.intake.divisions import read_divisions
from shige.territory.intake.ground import ImportFile, read_ground

from ..ground import ONE, SOUTH, WEST, geojson, unit, units

BOW_TIE = [[[104.0, 30.0], [104.1, 30.1], [104.1, 30.0], [104.0, 30.1], [104.0, 30.0]]]


def crossing(feature: dict[str, Any]) -> dict[str, Any]:
    return {**feature, "geometry": {"type": "Polygon", "coordinates": BOW_TIE}}


@pytest.mark.parametrize(
    ("second", "column"),
    [
        (unit(1, community="99010100100"), "community"),
        (unit(1, households=-1), "households"),
        (unit(1, households="many"), "households"),
        (unit(1, id="U000"), "id"),
        (unit(1, id=""), "id"),
        (unit(1, use="castle"), "use"),
        (unit(1, lift="perhaps"), "lift"),
        (crossing(unit(1)), "geometry"),
        ({**unit(1), "geometry": None}, "geometry"),
        (unit(1, datum="gcj02"), "datum"),
    ],
)
def test_a_fault_names_its_row_and_column(second: dict[str, Any], column: str) -> None:
    read = read_ground(geojson([unit(0), second]))
    assert [(fault.row, fault.column) for fault in read.faults] == [(2, column)]
    assert read.faults[0].message


def test_a_fault_in_a_table_counts_rows_below_the_header_and_uses_its_words() -> None:
    lines = ["编号,社区代码,户数,经度,纬度", f"A,{ONE},20,104.06,30.64", f"B,{ONE},-3,104.06,30.64"]
    read = read_ground(ImportFile("楼栋.csv", "\n".join(lines).encode("gb18030")))
    assert [(fault.file, fault.row, fault.column) for fault in read.faults] == [("楼栋.csv", 3, "户数")]


def test_every_fault_is_named_at_once() -> None:
    read = read_ground(geojson([unit(0, households=-1), unit(1, community="1", floors="x")]))
    assert {(fault.row, fault.column) for fault in read.faults} == {
        (1, "households"),
        (2, "community"),
        (2, "floors"),
    }


@pytest.mark.parametrize("name", ["GCJ-02", "urn:x:gcj02", "EPSG:3857"])
def test_a_file_that_says_another_datum_is_refused(name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    read = read_ground(geojson([unit(0)], crs=crs))
    assert [fault.column for fault in read.faults] == ["crs"]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4490", "EPSG:4326"])
def test_cgcs2000_and_wgs84_are_one_datum(name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    assert read_ground(geojson([unit(0)], crs=crs)).faults == ()


def test_gcj02_is_turned_into_wgs84() -> None:
    lon, lat = from_wgs84(WEST, SOUTH, "gcj02")
    line = f"A,{ONE},20,{float(lon)},{float(lat)}"
    read = read_ground(
        ImportFile("a.csv", f"id,community,households,lon,lat\n{line}".encode()), datum="gcj02"
    )
    middle = read.units[0].geometry.centroid
    assert (middle.x, middle.y) == pytest.approx((WEST, SOUTH), abs=1e-8)


def test_a_building_that_is_a_point_gets_a_footprint() -> None:
    read = read_ground(ImportFile("a.csv", f"id,community,households,lon,lat\nA,{ONE},20,104,30".encode()))
    west, south, east, north = read.units[0].geometry.bounds
    assert (north - south) * 111_320 == pytest.approx(12, rel=0.01)
    assert (east - west) * 111_320 * 0.866 == pytest.approx(12, rel=0.01)


def test_roads_keep_their_names_and_unknown_classes_are_named() -> None:
    line = {"type": "LineString", "coordinates": [[104, 30], [104.1, 30]]}
    road = {"type": "Feature", "geometry": line, "properties": {"class": "primary", "名称": "玉兰路"}}
    bad = {"type": "Feature", "geometry": line, "properties": {"class": "runway"}}
    good = read_ground(geojson(units(1)), barriers=geojson([road]))
    assert [(feature.grade, feature.name) for feature in good.features] == [("primary", "玉兰路")]
    faults = read_ground(geojson(units(1)), barriers=geojson([road, bad])).faults
    assert [(fault.row, fault.column) for fault in faults] == [(2, "class")]


@pytest.mark.parametrize("code", ["5101040", "51010a", "", "510104700000", "510100100"])
def test_a_division_code_must_be_one(code: str) -> None:
    rows, faults, _ = read_divisions(ImportFile("t.csv", f"code,name\n{code},某地".encode()))
    assert rows == []
    assert [(fault.row, fault.column) for fault in faults] == [(2, "code")]


def test_a_division_without_a_name_and_one_named_twice_are_faults() -> None:
    _, faults, _ = read_divisions(ImportFile("t.csv", "代码,名称\n510104,\n510105,甲\n510105,乙".encode()))
    assert [(fault.row, fault.column) for fault in faults] == [(2, "名称"), (4, "代码")]
