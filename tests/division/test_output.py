import json
import stat
from pathlib import Path

import pytest

from shige.division.output import write_division
from tests.division.cities import unit

FILES = ["assignment.csv", "grids.geojson", "report.json"]


@pytest.fixture
def division(run):
    return run([unit(k, k % 8 * 20, k // 8 * 20, households=10) for k in range(40)])[0]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_comes_with_all_its_files(division, tmp_path):
    write_division(division, tmp_path / "deep" / "er")
    assert names(tmp_path / "deep" / "er") == FILES
    assert names(tmp_path / "deep") == ["er"]


def test_a_new_folder_can_be_read_like_any_other(division, tmp_path):
    write_division(division, tmp_path / "new")
    (tmp_path / "other").mkdir()
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "other").stat().st_mode
    )


def test_other_files_of_an_old_folder_stay(division, tmp_path):
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "notes.txt").write_text("n")
    (folder / "report.json").write_text("old")
    write_division(division, folder)
    assert names(folder) == [*FILES[:2], "notes.txt", FILES[2]]
    assert "violations" in json.loads((folder / "report.json").read_text())


def test_an_old_division_stays_whole_where_writing_breaks_off(division, tmp_path, monkeypatch):
    folder = tmp_path / "out"
    write_division(division, folder)
    before = {name: (folder / name).read_bytes() for name in FILES}
    write = Path.write_text

    def breaks(path, text, **options):
        if path.name == "report.json":
            raise KeyboardInterrupt
        return write(path, text, **options)

    monkeypatch.setattr(Path, "write_text", breaks)
    for target in (folder, tmp_path / "new"):
        with pytest.raises(KeyboardInterrupt):
            write_division(division, target)
    assert {name: (folder / name).read_bytes() for name in FILES} == before
    assert names(folder) == FILES
    assert not (tmp_path / "new").exists()
    assert not [name for name in names(tmp_path) if name.startswith(".")]
