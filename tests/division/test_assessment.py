from dataclasses import replace

import pytest

from shige.division import assess
from shige.division.input import read_areas, read_barriers, read_units
from tests.division.cities import area, barrier, city, unit
from tests.division.conftest import Rules

OTHER = "990199001002"


def judged(features, pieces, barriers=(), **options):
    return assess(read_units(features)[0], read_barriers(barriers)[0], pieces, Rules(), **options)


def moved(pieces, unit_id, **codes):
    return [replace(piece, **codes) if piece.unit == unit_id else piece for piece in pieces]


def homes(count, households=10, **values):
    return [unit(k, k % 8 * 20, k // 8 * 20, households=households, **values) for k in range(count)]


def test_a_division_is_judged_as_it_was_when_it_was_made(run):  # R6
    features, river = city(3, communities=3), [barrier("river", (-50, 115), (900, 118))]
    outlines = [area(f"9901990010{c + 1:02d}", c * 400 - 20, -20, 400, 400) for c in range(4)]
    division, _ = run(features, river, areas=outlines)
    assert judged(features, division.pieces, river, areas=read_areas(outlines)[0]) == division


def test_without_polygons_all_but_the_shapes_is_said(run):
    features = city(4)
    division, _ = run(features)
    quick = judged(features, division.pieces, polygons=False)
    assert all(grid.geometry.is_empty for grid in quick.grids)
    assert [replace(g, geometry=None) for g in quick.grids] == [
        replace(g, geometry=None) for g in division.grids
    ]


def test_moving_a_building_changes_two_grids_and_their_bounds(run):
    features = homes(64)
    division, _ = run(features)
    doors = {grid.code: grid.households for grid in division.grids}
    mine = division.pieces[0]
    full = next(p for p in division.pieces if p.general == mine.general and p.micro != mine.micro)
    quick = judged(features, moved(division.pieces, mine.unit, micro=full.micro), polygons=False)
    after = {grid.code: grid.households for grid in quick.grids}
    changed = {code: after[code] - doors[code] for code in doors if after[code] != doors[code]}
    assert changed == {mine.micro: -10, full.micro: 10}
    sizes = {v.grid for v in quick.violations if v.rule == "micro_doors"}
    assert sizes == {code for code in changed if not 30 <= after[code] <= 100}


@pytest.mark.parametrize("polygons", [True, False])
def test_a_building_amid_another_grid_leaves_its_own_in_two_parts(run, polygons):  # R6
    features = [unit(k, k * 20, 0, households=10) for k in range(40)]
    division, _ = run(features)
    codes = [piece.micro for piece in division.pieces]
    middle = next(k for k in range(2, 38) if len(set(codes[k - 2 : k + 3])) == 1)
    far = next(p for p in division.pieces if p.micro != codes[middle])
    aside = {"micro": far.micro, "general": far.general}
    found = judged(features, moved(division.pieces, f"U{middle:04d}", **aside), polygons=polygons)
    assert far.micro in {v.grid for v in found.violations if v.rule == "connected"}


def test_names_are_kept_where_they_are_given(run):  # R5
    features = homes(40)
    division, _ = run(features)
    code = division.pieces[0].micro
    quick = judged(features, division.pieces, names={code: "银杏微网格"}, polygons=False)
    named = {grid.code: grid.name for grid in quick.grids}
    assert named == {grid.code: grid.name for grid in division.grids} | {code: "银杏微网格"}


def test_a_new_code_is_taken_as_it_is(run):
    features = homes(40)
    division, _ = run(features)
    new = "990199001001200700"
    quick = judged(features, moved(division.pieces, "U0000", micro=new), polygons=False)
    assert {grid.code for grid in quick.grids} == {grid.code for grid in division.grids} | {new}
    assert quick.serials == {"990199001001": 700}
    assert ("micro_doors", 10) in {(v.rule, v.value) for v in quick.violations if v.grid == new}


@pytest.fixture
def pieces(run):
    features = [
        *homes(40),
        unit(90, 300, 0, households=360, floors=30, entrances=2),
        unit(91, 350, 0, use="office", manager="锦江物业"),
    ]
    features += [unit(100 + k, 600 + k * 20, 0, households=10, community=OTHER) for k in range(40)]
    return features, list(run(features)[0].pieces)


def refused(features, pieces):
    with pytest.raises(ValueError, match=r"row|U0") as told:
        judged(features, pieces)
    return str(told.value).splitlines()


def test_pieces_of_unknown_units_are_refused(pieces):
    features, held = pieces
    stranger = replace(held[0], unit="X1")
    assert refused(features, [*held, stranger]) == [f"row {len(held) + 1}: X1 is not among the units"]


def test_a_unit_without_a_piece_is_refused(pieces):
    features, held = pieces
    assert refused(features, held[1:]) == ["U0000 is in no row"]


def test_doors_that_do_not_add_up_are_refused(pieces):
    features, held = pieces
    short = [replace(held[0], households=9), *held[1:]]
    assert refused(features, short) == [
        "row 1: U0000 has 10 households and 0 shops, but 9 and 0 are given",
    ]
    assert refused(features, [held[0], *held])[0].startswith("rows 1, 2: U0000 has 10 households")


def test_parts_that_do_not_fill_their_building_are_refused(pieces):
    features, held = pieces
    tower = [k for k, piece in enumerate(held) if piece.unit == "U0090"]
    assert len(tower) > 2
    same = [replace(piece, part=held[tower[0]].part) if k in tower else piece for k, piece in enumerate(held)]
    assert any("of entrance" in line for line in refused(features, same))
    beyond = [replace(p, part="e3") if k == tower[0] else p for k, p in enumerate(held)]
    assert refused(features, beyond) == [f"row {tower[0] + 1}, part: U0090 has no part e3"]


def test_a_micro_grid_in_two_general_grids_is_refused(pieces):
    features, held = pieces
    general = next(
        p.general for p in held if p.general != held[0].general and p.community == held[0].community
    )
    lines = refused(features, [replace(held[0], general=general), *held[1:]])
    assert any("general grid" in line and held[0].micro in line for line in lines)


def test_grids_of_another_community_are_refused(pieces):
    features, held = pieces
    abroad = next(p for p in held if p.community.startswith(OTHER))
    for level in ("community", "general", "micro"):
        lines = refused(features, [replace(held[0], **{level: getattr(abroad, level)}), *held[1:]])
        assert lines[0] == (
            f"row 1, {level}: {getattr(abroad, level)} is a grid of another community "
            "than U0000's, 990199001001"
        )


def test_an_office_in_a_micro_grid_and_a_home_in_an_exclusive_grid_are_refused(pieces):  # R4
    features, held = pieces
    office = next(piece for piece in held if piece.exclusive)
    row = held.index(office)
    as_home = replace(held[0], unit=office.unit, households=0)
    lines = refused(features, [*held[:row], as_home, *held[row + 1 :]])
    assert lines[0].startswith(f"row {row + 1}: U0091 is managed by 锦江物业 and lies in one exclusive grid")
    as_office = replace(office, unit="U0000", households=10)
    assert refused(features, [as_office, *held[1:]])[0].startswith("row 1: U0000 lies in one general grid")


@pytest.mark.parametrize(
    "code", ["1", "99019900100120001", "990199001001100001", "９９０１９９００１００１２００００１"]
)
def test_what_is_no_code_of_its_level_is_refused(pieces, code):
    features, held = pieces
    assert refused(features, [replace(held[0], micro=code), *held[1:]])[0] == (
        f"row 1, micro: {code} is not the code of such a grid"
    )


def test_only_the_first_faults_are_listed(pieces):
    features, _ = pieces
    lines = refused(features, [])
    assert len(lines) == 21
    assert lines[-1] == f"and {len(features) - 20} more"
