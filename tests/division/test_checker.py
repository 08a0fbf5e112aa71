"""The checker itself: it finds each fault that is planted in a sound division."""

import csv
import json

import pytest

from tests.division.checker import COLUMNS, faults
from tests.division.cities import city, unit


@pytest.fixture
def sound(run):
    _, folder = run(city(2))
    assert faults(folder.parent / "units.geojson", folder) == []
    return folder


def _rewrite(path, change):
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    change(rows)
    with path.open("w", newline="") as lines:
        table = csv.DictWriter(lines, COLUMNS)
        table.writeheader()
        table.writerows(rows)


def _swap_micro(rows):
    other = next(row for row in rows if row["micro"] and row["general"] != rows[0]["general"])
    rows[0]["micro"], other["micro"] = other["micro"], rows[0]["micro"]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.pop(),
        lambda rows: rows[0].update(households="77"),
        lambda rows: rows[0].update(micro=""),
        lambda rows: next(row for row in rows if row["part"]).update(part="e9"),
        _swap_micro,
    ],
)
def test_a_wrong_assignment_is_found(sound, change):
    _rewrite(sound / "assignment.csv", change)
    assert faults(sound.parent / "units.geojson", sound)


def _leaf(grids):
    return next(f for f in grids["features"] if f["properties"]["level"] == "micro")


@pytest.mark.parametrize(
    "change",
    [
        lambda grids: grids["features"].remove(_leaf(grids)),
        lambda grids: _leaf(grids)["properties"].update(households=1),
        lambda grids: _leaf(grids).update(geometry=grids["features"][0]["geometry"]),
    ],
)
def test_a_wrong_map_is_found(sound, change):
    path = sound / "grids.geojson"
    grids = json.loads(path.read_text())
    change(grids)
    path.write_text(json.dumps(grids))
    assert faults(sound.parent / "units.geojson", sound)


def test_a_breach_that_is_not_stated_is_found(run):
    _, folder = run([unit(k, k * 20, 0, households=20) for k in range(10)])
    report = json.loads((folder / "report.json").read_text())
    assert report["violations"]
    (folder / "report.json").write_text(json.dumps(report | {"violations": []}))
    assert faults(folder.parent / "units.geojson", folder)
