"""Files of every kind become the same rows."""

import io
from typing import Any

import openpyxl
import pytest

from shige.tables.headers import UNITS, Columns
from shige.tables.places import located
from shige.territory.intake.ground import ImportFile, read_ground
from shige.territory.intake.tables import UnreadableFile, open_table

CHINESE = ["编号", "社区代码", "地址", "用途", "户数", "经度", "纬度"]
ENGLISH = ["id", "community", "address", "use", "households", "lon", "lat"]
COLUMNS = Columns(UNITS)
ROW = ["U1", "990101001001", "玉兰路1号", "住宅", "20", "104.06", "30.64"]


def csv_of(headers: list[str], encoding: str) -> bytes:
    return "\r\n".join(",".join(row) for row in (headers, ROW)).encode(encoding)


def workbook_of(rows: list[list[Any]]) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("headers", [CHINESE, ENGLISH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_either_language_and_encoding(headers: list[str], encoding: str) -> None:
    table = open_table("units.csv", csv_of(headers, encoding), COLUMNS)
    (feature,), problems, notes = located(table)
    assert feature["properties"]["address"] == "玉兰路1号"
    assert feature["geometry"] == {"type": "Point", "coordinates": [104.06, 30.64]}
    assert (table.numbers, problems, notes) == ((2,), [], [])


def test_a_workbook_gives_the_same_rows_as_a_csv_file() -> None:
    numbers: list[Any] = [*ROW[:4], 20, 104.06, 30.64]
    from_book = read_ground(ImportFile("units.xlsx", workbook_of([CHINESE, numbers])))
    from_csv = read_ground(ImportFile("units.csv", csv_of(CHINESE, "utf-8")))
    assert from_book == from_csv and from_book.units[0].households == 20


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("户数（户）", "households"),
        (" Households ", "households"),
        ("小区(院落)", "compound"),
        ("备注", None),
        ("户数\n（户）", "households"),
        ("*编号：", "id"),
    ],
)
def test_a_header_means_one_column_however_it_is_written(header: str, column: str | None) -> None:
    assert COLUMNS.of(header) == column


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("units.pdf", b"%PDF", "units.pdf"),
        ("units.geojson", b"{", "GeoJSON"),
        ("units.geojson", b'{"type": "Feature"}', "FeatureCollection"),
        ("units.xlsx", b"no workbook", ""),
        ("units.csv", b"", ""),
        ("units.csv", b"\xff\xff\xff", "GB18030"),
        ("units.csv", "户数,households\n1,2\n".encode(), "户数"),
        ("units.csv", "户数,地址\n".encode(), "no rows below"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_table(name, content, COLUMNS)
    assert said in caught.value.fault.message
