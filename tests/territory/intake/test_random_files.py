"""Files made at random: every building is read as it was, or the cell that was spoiled is named."""

import csv
import io
import json
import random
from datetime import datetime
from typing import Any, Final

import openpyxl
import pytest

from shige.territory.intake.ground import ImportFile, read_ground

CODE: Final = "990777001001"
HEADERS: Final = {
    "id": ["编号", "楼栋编号", "id", "编 号", "*编号"],
    "community": ["社区代码", "社区编码", "community", "社区代码（12位）"],
    "address": ["地址", "门牌地址", "address"],
    "compound": ["小区", "小区(院落)", "compound"],
    "households": ["户数", "户数（户）", "households", "户数\n（户）", "实有户数"],
    "shops": ["商铺数", "商铺", "shops"],
    "lift": ["电梯", "有无电梯", "lift"],
    "lon": ["经度", "lon", "经度(E)"],
    "lat": ["纬度", "lat", "纬度(N)"],
}
WORDS: Final = {True: ["是", "有", "√", "Y", "1", "true"], False: ["否", "无", "×", "N", "0", ""]}
NUMBERS: Final = ("households", "shops", "lon", "lat")
PLACED: Final = ("lon", "lat")


def town(dice: random.Random) -> list[dict[str, Any]]:
    """Return buildings as they truly are."""
    return [
        {
            "id": f"{dice.choice(['A', 'B-', '栋'])}{number:03d}",
            "community": CODE,
            "address": f"示例路{number}号" + dice.choice(["", ", 二单元", "；后院", ' "小楼"']),
            "compound": dice.choice(["", "示例苑", "示例苑（北区）"]),
            "households": dice.randint(1, 2000),
            "shops": dice.randint(0, 9),
            "lift": dice.random() < 0.5,
            "lon": round(104.05 + number * 3e-4, 7),
            "lat": round(30.65 + dice.random() / 1000, 7),
        }
        for number in range(dice.randint(2, 30))
    ]


def written(dice: random.Random, column: str, value: Any, decimal: str = ".") -> str:
    """Return a value as somebody may have written it."""
    if column == "lift":
        return dice.choice(WORDS[value])
    if column == "households":
        plain = str(value)
        return dice.choice(
            [plain, f"{value:,}" if decimal == "." else plain, f"{plain}户", f"{plain}.0", f" {plain} "]
        )
    if column in PLACED:
        return dice.choice([f"{value:.7f}", f"{value:.7f}°"]).replace(".", decimal)
    if column in ("id", "community"):
        wide = str(value).translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
        return dice.choice([str(value), f"{value}\u200b", f"\u3000{value} ", wide])
    return str(value)


def as_text(
    dice: random.Random, rows: list[dict[str, Any]], spoil: dict[tuple[int, str], str]
) -> tuple[bytes, int]:
    """Return a file of rows parted by some sign, and the number of the first row of data."""
    separator = dice.choice([",", ";", "\t"])
    decimal = dice.choice([".", ","]) if separator != "," else "."
    columns = list(rows[0])
    dice.shuffle(columns)
    head = [dice.choice(HEADERS[column]) for column in columns]
    table = [["示例街道楼栋台账"]] * dice.choice([0, 0, 1]) + [[]] * dice.choice([0, 1]) + [head]
    first = len(table) + 1
    for place, row in enumerate(rows):
        table.append(
            [spoil.get((place, column), written(dice, column, row[column], decimal)) for column in columns]
        )
    table += [[]] * dice.choice([0, 3])
    out = io.StringIO()
    quoting = dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    csv.writer(
        out, delimiter=separator, lineterminator=dice.choice(["\n", "\r\n"]), quoting=quoting
    ).writerows(table)
    encoding = dice.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
    return out.getvalue().encode(encoding), first


def as_workbook(
    dice: random.Random, rows: list[dict[str, Any]], spoil: dict[tuple[int, str], Any]
) -> tuple[bytes, int]:
    """Return a workbook with other sheets, and the number of the first row of data."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    if dice.random() < 0.3:
        empty = book.create_sheet("空表", 0)
        assert empty.max_row == 1
    if dice.random() < 0.3:
        book.create_sheet("说明").append(["填表说明"])
        book["说明"].sheet_state = "hidden"
    columns = list(rows[0])
    if dice.random() < 0.4:
        sheet.append(["示例街道楼栋台账"])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(columns))
    sheet.append([dice.choice(HEADERS[column]) for column in columns])
    first = sheet.max_row + 1
    for place, row in enumerate(rows):
        values = [
            row[column] if column in NUMBERS and dice.random() < 0.8 else written(dice, column, row[column])
            for column in columns
        ]
        sheet.append(
            [spoil.get((place, column), value) for column, value in zip(columns, values, strict=True)]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), first


def as_map(
    dice: random.Random, rows: list[dict[str, Any]], spoil: dict[tuple[int, str], Any]
) -> tuple[bytes, int]:
    """Return a map, and 1: features count from there."""
    names = {column: dice.choice(HEADERS[column]) for column in rows[0] if column not in PLACED}
    features = []
    for place, row in enumerate(rows):
        values = {
            name: spoil.get(
                (place, column),
                row[column] if column in (*NUMBERS, "lift") else written(dice, column, row[column]),
            )
            for column, name in names.items()
        }
        point = [spoil.get((place, "lon"), row["lon"]), spoil.get((place, "lat"), row["lat"])]
        geometry = {"type": "Point", "coordinates": point}
        features.append({"type": "Feature", "properties": values, "geometry": geometry})
    crs = dice.choice([None, "urn:ogc:def:crs:EPSG::4490", "WGS 84", "urn:ogc:def:crs:OGC:1.3:CRS84"])
    whole: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs:
        whole["crs"] = {"type": "name", "properties": {"name": crs}}
    if dice.random() < 0.2 and not crs:
        said = "\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    else:
        said = json.dumps(whole, ensure_ascii=dice.random() < 0.5)
    return said.encode(dice.choice(["utf-8", "utf-16", "gb18030"])), 1


MAKERS: Final = {"csv": as_text, "xlsx": as_workbook, "geojson": as_map}

SPOILED: Final[dict[str, list[Any]]] = {
    "id": ["9.90777E+17", "#N/A", "x" * 61, "春\x00天", ""],
    "community": ["9.90777E+11", "990777001000", "990777000000", "99077700100", "990777701001", "#REF!"],
    "address": ["路" * 161, "#VALUE!", "示例\x01路", "示例\ufffd路"],
    "households": ["约30", "-3", "12.5", "三十", "#DIV/0!", "1e9", ""],
    "shops": ["无数", "-1", "0.5"],
    "lift": ["也许", "2"],
}
IN_WORKBOOKS: Final[dict[str, list[Any]]] = {
    "id": [990777001001200001, datetime(2026, 3, 1)],  # noqa: DTZ001 (a workbook knows no zone)
    "address": [datetime(2026, 5, 12)],  # noqa: DTZ001
    "households": ["=VLOOKUP(A1,B:C,2,0)", datetime(2026, 1, 12)],  # noqa: DTZ001
}
PLACES: Final = [(0, 0), (30.65, 104.05), (105.3, 30.65), (11582890, 3588871)]


def spoiled(dice: random.Random, kind: str, count: int) -> dict[tuple[int, str], Any]:
    """Return what is put in the place of a true value, by row and column."""
    place = dice.randrange(count)
    if dice.random() < 0.2 and count > 2:
        lon, lat = dice.choice(PLACES)
        return {(place, "lon"): lon, (place, "lat"): lat}
    choices = {column: list(values) for column, values in SPOILED.items()}
    if kind == "xlsx":
        for column in choices:
            choices[column] = [value for value in choices[column] if not set("\x00\x01\ufffd") & set(value)]
            choices[column] += IN_WORKBOOKS.get(column, [])
    column = dice.choice(list(choices))
    return {(place, column): dice.choice(choices[column])}


@pytest.mark.parametrize("seed", range(35))
@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_sound_is_read_as_it_was(kind: str, seed: int) -> None:
    dice = random.Random(seed)
    rows = town(dice)
    content, _first = MAKERS[kind](dice, rows, {})
    read = read_ground(ImportFile(f"楼栋.{kind}", content))
    assert [str(fault) for fault in read.faults] == []
    for row, unit in zip(rows, read.units, strict=True):
        middle = unit.geometry.centroid
        found = {column: getattr(unit, column) for column in row if column not in PLACED}
        assert found == {column: value for column, value in row.items() if column not in PLACED}
        assert (middle.x, middle.y) == pytest.approx((row["lon"], row["lat"]), abs=1e-7)


@pytest.mark.parametrize("seed", range(100, 135))
@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_spoiled_is_named_and_nothing_else(kind: str, seed: int) -> None:
    dice = random.Random(seed)
    rows = town(dice)
    spoil = spoiled(dice, kind, len(rows))
    content, first = MAKERS[kind](dice, rows, spoil)
    read = read_ground(ImportFile(f"楼栋.{kind}", content))
    assert {fault.row for fault in read.faults} == {place + first for place, _column in spoil}, spoil
    (fault,) = read.faults
    columns = {column for _place, column in spoil}
    headers = {name.replace("\n", " ") for column in columns for name in HEADERS[column]}
    assert columns == {*PLACED} or fault.column in headers, (fault, spoil)
