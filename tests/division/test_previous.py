import pytest

from shige.division import Previous, read_assignment
from shige.division.previous import inherit
from tests.division.checker import faults
from tests.division.cities import city, unit

A, B, C = "990199001001000001", "990199001001100002", "990199001001200003"


def again(run, features, folder, **more):
    return run(features, previous=read_assignment(folder / "assignment.csv"), name="again", **more)


def changed(features, **by_id):
    return [f | {"properties": f["properties"] | by_id.get(f["properties"]["id"], {})} for f in features]


def test_nothing_changes_where_nothing_changed(run):  # R7
    features = city(11)
    first, folder = run(features)
    second, _ = again(run, features, folder)
    assert second.moved_households == 0
    assert second.pieces == first.pieces
    assert [grid.code for grid in second.grids] == [grid.code for grid in first.grids]


def test_a_new_building_joins_its_neighbours_and_nobody_moves(run):
    features = [unit(k, k % 8 * 20, k // 8 * 20, households=10) for k in range(64)]
    first, folder = run(features)
    second, place = again(run, [*features, unit(99, 65, 65, households=4)], folder)
    assert second.moved_households == 0
    assert {grid.code for grid in second.grids} == {grid.code for grid in first.grids}
    assert faults(place.parent / "units.geojson", place) == []


def test_growth_moves_few_households_and_keeps_most_codes(run):  # R5, R7
    features = [unit(k, k % 16 * 20, k // 16 * 20, households=10) for k in range(128)]
    first, folder = run(features)
    second, place = again(run, changed(features, U0003={"households": 60, "floors": 6}), folder)
    assert faults(place.parent / "units.geojson", place) == []
    assert not second.violations
    assert 0 < second.moved_households <= 200
    old, new = ({grid.code for grid in division.grids} for division in (first, second))
    assert len(old & new) >= 0.7 * len(old)
    highest = max(int(code[13:]) for code in old)
    assert all(int(code[13:]) > highest for code in new - old)


def test_a_grid_that_keeps_most_households_keeps_its_code():
    shared = [("a", 0, 40, 0), ("a", 1, 30, 0), ("b", 1, 20, 0), ("b", 0, 25, 0)]
    assert inherit(shared, 2) == ["a", ""]  # b lives on nowhere: its larger half went to a's grid


def test_grids_of_shops_are_compared_by_shops():
    assert inherit([("a", 0, 0, 9), ("a", 1, 0, 20)], 2) == ["", "a"]


def test_serials_go_on_above_withdrawn_codes(run):
    features = [unit(k, k % 8 * 20, k // 8 * 20, households=10) for k in range(40)]
    division, _ = run(features, previous=Previous((), {"990199001001": 70}))
    assert min(int(grid.code[13:]) for grid in division.grids) == 71


def test_households_that_move_are_counted_to_the_floor(run):
    tower = unit(1, 0, 0, households=360, floors=30, entrances=2, lift=True)
    first, folder = run([tower])
    parts = {piece.part: piece.households for piece in first.pieces}
    lines = (folder / "assignment.csv").read_text().splitlines()
    lines[1] = lines[1].replace(first.pieces[0].micro, "990199001001200099")
    (folder / "assignment.csv").write_text("\n".join(lines) + "\n")
    second, _ = again(run, [tower], folder)
    assert second.moved_households == 0
    assert {piece.part: piece.households for piece in second.pieces} == parts
    assert "990199001001200099" in {piece.micro for piece in second.pieces}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("unit,part\nU1,\n", "whole file, households: The file has no column"),
        (f"U1,,1,0,{A},1,{C},\n", "row 2, general: “1” is not a code"),
        (f"U1,,1,0,{A},{A},{C},\n", f"row 2, general: “{A}” is not a code of a grid here: 18 digits, 1 in"),
        (f"U1,,1,0,{A},9.90199E+17,{C},\n", "row 2, general: A spreadsheet has shortened this"),
        (f"U1,,1,0,{A},990199001001100000,{C},\n", "row 2, general: “990199001001100000” was rounded"),
        (f"U1,x2,1,0,{A},{B},{C},\n", "row 2, part: “x2” is not written like"),
        (f"U1,,one,0,{A},{B},{C},\n", "row 2, households: one is not a whole number"),
        (f"U1,,1,0,{A}\n", "row 2, general: A value is needed here"),
        (f"U1,,1,0,{A},{B},{C},990199001001300001\n", "row 2, exclusive: “U1” lies in"),
        (f"U1,,1,0,{A},{B},{C},\n" * 2, "row 3, unit: U1 was already used in row 2"),
        (f"U1,e1,1,0,{A},{B},{C},\nU1,,1,0,{A},{B},{C},\n", "row 3, unit: U1 was already used in row 2"),
    ],
)
def test_a_broken_assignment_is_refused_with_its_row(tmp_path, text, message):
    head = "unit,part,households,shops,community,general,micro,exclusive\n"
    path = tmp_path / "assignment.csv"
    path.write_text(text if text.startswith("unit,") else head + text)
    with pytest.raises(ValueError, match=message):
        read_assignment(path)
