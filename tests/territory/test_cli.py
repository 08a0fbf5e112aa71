"""`shige import` from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from shige.territory.cli import import_group
from shige.territory.models import Area, Building
from tests.territory.ground import collection, unit, units

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commands_here")]


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(import_group, [str(argument) for argument in arguments])
    return done.exit_code, done.output


def test_units_are_imported_into_an_empty_database(tmp_path: Path) -> None:
    file = tmp_path / "units.geojson"
    file.write_bytes(collection(units(3)))
    code, said = run("units", file)
    assert code == 0 and "新增楼栋 3 栋" in said and "生成门户 60 个" in said
    assert Building.objects.count() == 3


def test_faults_are_printed_by_row_and_column_and_nothing_is_saved(tmp_path: Path) -> None:
    file, roads = tmp_path / "units.geojson", tmp_path / "roads.geojson"
    file.write_bytes(collection([unit(0), unit(1, households=-5)]))
    roads.write_bytes(b"[]")
    code, said = run("units", file, "--barriers", roads)
    assert code == 1
    assert "units.geojson" in said and "households" in said and "2" in said and "roads.geojson" in said
    assert "units.geojson" in said and "共 2 处错误" in said
    assert not Building.objects.exists() and not Area.objects.exists()


def test_divisions_are_imported(tmp_path: Path) -> None:
    file = tmp_path / "tree.csv"
    file.write_text("code,name\n990101001,玉兰街道\n")
    assert run("divisions", file)[0] == 0
    assert Area.objects.get(level="street").name == "玉兰街道"
