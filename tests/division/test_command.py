import csv
import json

import pytest
from click.testing import CliRunner

from shige.cli import main
from tests.division.checker import faults
from tests.division.cities import area, barrier, city, save, unit

FILES = ["assignment.csv", "grids.geojson", "report.json"]


def shige(*words):
    return CliRunner().invoke(main, ["divide", *map(str, words)])


def test_files_in_files_out(tmp_path):
    units = save(tmp_path / "units.geojson", city(3))
    barriers = save(tmp_path / "barriers.geojson", [barrier("river", (-50, 115), (900, 118))])
    outlines = [area(f"9901990010{c + 1:02d}", c * 400 - 20, -20, 400, 400) for c in range(2)]
    areas = save(tmp_path / "areas.geojson", outlines)
    done = shige(units, "--barriers", barriers, "--areas", areas, "--output", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES
    assert faults(units, tmp_path / "out", areas) == []
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert "moved_households" not in report


def test_previous_reports_moved_households(tmp_path):
    units = save(tmp_path / "units.geojson", city(3))
    shige(units, "--output", tmp_path / "out")
    done = shige(units, "--previous", tmp_path / "out" / "assignment.csv", "--output", tmp_path / "again")
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "again" / "report.json").read_text())["moved_households"] == 0


def test_withdrawn_codes_stay_withdrawn(tmp_path):  # R5
    units = save(tmp_path / "units.geojson", [unit(k, k * 20, 0, households=10) for k in range(40)])
    shige(units, "--output", tmp_path / "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    report["serials"] = {"990199001001": 500}
    (tmp_path / "out" / "report.json").write_text(json.dumps(report))
    grown = save(tmp_path / "more.geojson", [unit(k, k * 20, 0, households=10) for k in range(90)])
    shige(grown, "--previous", tmp_path / "out" / "assignment.csv", "--output", tmp_path / "again")
    with (tmp_path / "again" / "assignment.csv").open() as lines:
        serials = {int(row["micro"][13:]) for row in csv.DictReader(lines)}
    with (tmp_path / "out" / "assignment.csv").open() as lines:
        before = {int(row["micro"][13:]) for row in csv.DictReader(lines)}
    assert min(serials - before) > 500


def test_every_fault_is_told_and_nothing_is_written(tmp_path):
    broken = [unit(1, 0, 0, households=-1), unit(1, 20, 0, community="99")]
    done = shige(save(tmp_path / "units.geojson", broken), "--output", tmp_path / "out")
    assert done.exit_code == 1
    for line in (
        "row 1, households: -1 is below zero",
        "row 2, community: 99 is not",
        "row 2, id: U0001 was",
    ):
        assert line in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no json", "This is not GeoJSON"),
        ("春".encode("gb18030"), "This is not GeoJSON"),
        (b"[]", "This is not a GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "there are no units in it"),
    ],
)
def test_a_file_that_is_no_map_of_units_is_refused(tmp_path, content, message):
    path = tmp_path / "units.geojson"
    path.write_bytes(content)
    done = shige(path, "--output", tmp_path / "out")
    assert done.exit_code == 1
    assert message in done.output


def test_faults_are_told_in_the_language_of_the_terminal(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    broken = save(
        tmp_path / "units.geojson", [unit(1, 0, 0, 户数=-1) | {"properties": {"编号": "A", "户数": -1}}]
    )
    done = shige(broken, "--output", tmp_path / "out")
    assert "第 1 行, 户数: -1 小于零。" in done.output
    assert "整个文件, community: 文件中没有这一列" in done.output


def test_an_unknown_profile_is_refused(tmp_path):
    units = save(tmp_path / "units.geojson", [unit(1, 0, 0, households=5)])
    done = shige(units, "--profile", "atlantis", "--output", tmp_path / "out")
    assert done.exit_code == 1
    assert "atlantis" in done.output


def test_a_broken_previous_division_is_refused(tmp_path):
    units = save(tmp_path / "units.geojson", [unit(1, 0, 0, households=5)])
    previous = tmp_path / "old.csv"
    previous.write_text("unit,part\n")
    done = shige(units, "--previous", previous, "--output", tmp_path / "out")
    assert done.exit_code == 1
    assert "The file has no rows below its headers" in done.output


def test_help_lists_the_commands():
    done = CliRunner().invoke(main, ["--help"])
    assert "divide" in done.output
