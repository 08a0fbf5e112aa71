"""Rows are found wherever they stand in a file, and nothing of them is dropped without a word."""

import json
from typing import Any

import pytest

from shige.tables import geojson, separated
from shige.tables.geojson import from_geojson
from shige.tables.headers import UNITS, Columns
from shige.tables.places import located
from shige.tables.problems import Problem, UnreadableTable
from shige.tables.table import Sheet, Table, from_sheet, from_text
from shige.tables.text import decoded

COLUMNS = Columns(UNITS)
HEADERS = ["编号", "社区代码", "户数", "小区", "地址"]
ROWS = [["A1", "990777001001", "10", "春苑", "春路1号"], ["A2", "990777001001", "20", "", "春路2号"]]


def lines(*rows: list[str], separator: str = ",") -> str:
    return "\r\n".join(separator.join(row) for row in rows)


def read(text: str, encoding: str = "utf-8") -> Table:
    return from_text(text.encode(encoding), COLUMNS)


def codes(problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    return [(problem.row, problem.code) for problem in problems]


@pytest.mark.parametrize("separator", separated.SEPARATORS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_separator_and_encoding_are_found(separator: str, encoding: str) -> None:
    table = read(lines(HEADERS, *ROWS, separator=separator), encoding)
    assert [row["address"] for row in table.rows] == ["春路1号", "春路2号"]
    assert table.rows[1]["compound"] is None
    assert (table.numbers, table.notes, table.problems) == ((2, 3), (), ())


def test_a_separator_that_the_file_names_itself_is_no_row() -> None:
    table = read("sep=;\n" + lines(HEADERS, *ROWS, separator=";"))
    assert table.numbers == (3, 4) and table.rows[0]["id"] == "A1"


def test_text_with_broken_places_is_not_taken_for_another_encoding() -> None:
    damaged = lines(HEADERS, *ROWS * 5).encode()[:-2] + b"\xe5\r\n"
    with pytest.raises(UnreadableTable) as caught:
        from_text(damaged, COLUMNS)
    assert (caught.value.problem.code, caught.value.problem.row) == ("damaged_text", 11)
    with pytest.raises(UnreadableTable, match="GB18030"):
        decoded(b"\xff\xff\xff")


def test_headers_are_found_below_a_title_and_blank_rows_are_no_rows() -> None:
    table = read(lines(["示例街道台账"], [], HEADERS, ROWS[0], ["", "", "", "", ""], ROWS[1], [], []))
    assert table.numbers == (4, 6) and [note.code for note in table.notes] == ["title_rows"]


def test_headers_and_totals_among_the_rows_are_told() -> None:
    table = read(lines(HEADERS, ROWS[0], HEADERS, ROWS[1], ["合 计：", "", "30", "", ""]))
    assert [row["id"] for row in table.rows] == ["A1", "A2"]
    assert [(note.code, note.details["rows"]) for note in table.notes] == [
        ("repeated_headers", ("3",)), ("total_rows", ("5",)),
    ]  # fmt: skip


def test_columns_that_are_not_read_are_told() -> None:
    table = read(lines([*HEADERS, "备注", "网格长"], [*ROWS[0], "x", "张"]))
    (note,) = table.notes
    assert (note.code, note.details["columns"]) == ("unread_columns", ("备注", "网格长"))


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ([*ROWS[0], "多"], [(2, "beyond_header")]),
        ([*ROWS[0], ""], [(2, "wider")]),
        (["A1", "990777001001", "10", "春苑"], []),
    ],
)
def test_a_row_of_another_length_is_named(row: list[str], found: list[tuple[int, str]]) -> None:
    table = read(lines(HEADERS, row, *ROWS * 2))
    assert codes(table.problems) == found
    assert [note.code for note in table.notes] == ([] if found else ["short_rows"])


def test_empty_cells_at_the_end_of_every_row_are_none() -> None:
    table = read(lines(HEADERS, *([*row, ""] for row in ROWS)))
    assert table.problems == () and len(table.rows) == 2


def test_a_value_under_no_header_is_named() -> None:
    table = read(lines(["编号", "", "户数"], ["A1", "x", "3"], ["A2", "", "3"]))
    assert codes(table.problems) == [(2, "beyond_header")]


@pytest.mark.parametrize(
    ("text", "row", "code"),
    [
        ('编号,户数,地址\nA1,3,"春路\nA2,3,夏路\n', 2, "unclosed_quote"),
        ('编号,户数,地址\nA1,3,秋路\nA2,3,"春路\nA3,3,夏路"\nA4,3,冬路', 3, "unclosed_quote"),
        ('编号,户数,地址\nA1,3,"春路"3号\n', 2, "stray_quote"),
        ('编号,户数,地址\nA1,3,"' + "春" * 140_000, 2, "unclosed_quote"),
    ],
)
def test_a_quotation_mark_that_swallows_rows_is_named(text: str, row: int, code: str) -> None:
    with pytest.raises(UnreadableTable) as caught:
        read(text)
    problem = caught.value.problem
    assert (problem.row, problem.column, problem.code) == (row, "地址", code)


def test_a_line_break_within_a_text_is_a_blank() -> None:
    table = read('编号,户数,地址\nA1,3,"春路1号\r\n二单元"\rA2,4,5"管\n')
    assert [row["address"] for row in table.rows] == ["春路1号 二单元", '5"管']


def test_odd_signs_are_read_and_told() -> None:
    table = read(lines(HEADERS, ["Ａ１", "990777001001\u200b", "１２", "春苑", "春路\u200b1号"], ROWS[1]))
    assert table.rows[0] == {
        "id": "A1", "community": "990777001001", "households": "12", "compound": "春苑", "address": "春路1号",
    }  # fmt: skip
    assert [(note.column, note.code) for note in table.notes] == [
        (header, "plain_signs") for header in ("编号", "社区代码", "户数", "地址")
    ]


def test_merged_words_count_for_each_row_and_merged_numbers_are_named() -> None:
    rows: list[list[Any]] = [HEADERS, ["A1", "9", 10.0, "春苑", "x"], ["A2", "9", "", "", "y"]]
    table = from_sheet(Sheet(rows, merged=[(1, 3, 2, 3)]), COLUMNS)
    assert [row["compound"] for row in table.rows] == ["春苑", "春苑"] and table.problems == ()
    table = from_sheet(Sheet(rows, merged=[(1, 2, 2, 2)]), COLUMNS)
    assert codes(table.problems) == [(3, "merged_count")]


def test_headers_of_two_rows_are_one() -> None:
    rows = [["编号", "户数", "位置", ""], ["", "", "经度", "纬度"], ["A1", 3.0, 104.0, 30.0]]
    table = from_sheet(Sheet(rows, merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)]), COLUMNS)
    assert set(table.headers) == {"id", "households", "lon", "lat"} and table.numbers == (3,)


def test_a_missing_column_is_said_once() -> None:
    table = read("编号,地址\nA1,春路\nA2,夏路")
    assert [(p.column, p.code) for p in table.without(["id", "households"])] == [("户数", "no_column")]


def feature(**properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": [104, 30]},
    }


def collection(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def test_a_feature_may_carry_its_id_itself() -> None:
    own = feature(户数=3) | {"id": "way/7"}
    table = from_geojson(collection(own, feature(编号="B", id="C")), COLUMNS)
    assert [row["id"] for row in table.rows] == ["way/7", "B"]
    assert [note.details["columns"] for note in table.notes] == [("id",)]


def test_one_feature_a_line_is_a_map_too() -> None:
    text = "\x1e" + "\n\x1e".join(json.dumps(feature(id=name)) for name in "AB")
    assert [row["id"] for row in from_geojson(text.encode(), COLUMNS).rows] == ["A", "B"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"type": "Topology", "objects": {}}', "topojson"),
        (b'{"geometryType": "esriGeometryPolygon", "features": []}', "esri_json"),
        (b"[]", "no_collection"),
        (b"[" * 100_000, "not_json"),
    ],
)
def test_what_is_another_kind_of_map_is_named(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableTable) as caught:
        from_geojson(content, COLUMNS)
    assert caught.value.problem.code == code


def test_a_projected_map_is_turned_into_degrees_and_says_so() -> None:
    metres = feature(id="A") | {"geometry": {"type": "Point", "coordinates": [11582890.1, 3588871.2]}}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    (found,), problems, notes = located(from_geojson(collection(metres, crs=crs), COLUMNS))
    assert found["geometry"]["coordinates"] == pytest.approx((104.0508721, 30.6615397))
    assert problems == [] and [note.code for note in notes] == ["converted"]
    _, problems, _ = located(from_geojson(collection(feature(id="A"), crs=crs), COLUMNS))
    assert [problem.code for problem in problems] == ["degrees_in_metres"]


def test_a_datum_that_was_declared_otherwise_is_named() -> None:
    table = read(
        "编号,经度,纬度,坐标系\nA1,104,30,国家2000\nA2,104,30,火星坐标系\nA3,104,30,西安80\nA4,104,30,瞎写"
    )
    _, problems, _ = located(table, "wgs84")
    assert codes(tuple(problems)) == [(3, "declared_otherwise"), (4, "other_datum"), (5, "unknown_crs")]


def test_tables_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separated, "MOST_ROWS", 1000)
    monkeypatch.setattr(separated, "MOST_CELLS", 5000)
    monkeypatch.setattr(geojson, "MOST_PARTS", 1000)
    for long in ("\n" * 1001, "," * 5001, ",,,,,,\n" * 900):
        with pytest.raises(UnreadableTable, match="too many cells"):
            read(long)
    with pytest.raises(UnreadableTable, match="too many cells"):
        geojson.json_value("[" + "{}," * 1000 + "{}]")


def test_a_cover_sheet_names_the_sheets_that_may_hold_the_rows() -> None:
    cover = Sheet([["填表说明"], ["请勿改动表头"]], name="封面", others=[("一社区", 48), ("二社区", 51)])
    with pytest.raises(UnreadableTable) as refused:
        from_sheet(cover, COLUMNS)
    problem = refused.value.problem
    assert problem.code == "no_header_of_sheets"
    assert problem.details["others"] == ("一社区 (48)", "二社区 (51)")


@pytest.mark.parametrize("signed", ["填表人：张三", "备注：户数为估计", "审核人: 李四"])
def test_who_signed_a_table_is_no_row_of_it(signed: str) -> None:
    table = read(lines(HEADERS, *ROWS, [signed, "", "", "", ""]))
    assert len(table.rows) == 2
    assert [note.code for note in table.notes] == ["signed_rows"]
