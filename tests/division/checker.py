"""Checks the files that `shige divide` writes against the rules, sharing no code with what wrote them."""

import csv
import json
import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import shapely
from shapely.geometry import shape

from tests.division.reasons import unproved

COLUMNS = ["unit", "part", "households", "shops", "community", "general", "micro", "exclusive"]
LEVEL_DIGIT = {"community": "0", "general": "1", "micro": "2", "exclusive": "3"}
KEYS = {"grid", "rule", "value", "limit", "why", "cause", "proved", "details"}
SMALL = 1e-7  # share of an area that rounding may lose
RURAL = ("rural", "group")


def faults(
    units_file: Path, folder: Path, areas_file: Path | None = None, barriers_file: Path | None = None
) -> list[str]:
    """Everything that is wrong with the files in a folder; an empty list is a division that holds.

    With the barriers, stated reasons are checked on the map too.
    """
    files = _Files(units_file, folder, areas_file)
    checks = (
        _rows,
        _parts,
        _codes,
        _nesting,
        _counts,
        _exclusive,
        _bounds,
        _polygons,
        _doors,
        _fill,
        _apart,
        _names,
        _rounds,
    )
    found = [fault for check in checks for fault in check(files)]
    if barriers_file:
        found += unproved(files, json.loads(barriers_file.read_text())["features"])
    return found


class _Files:
    def __init__(self, units_file: Path, folder: Path, areas_file: Path | None) -> None:
        read = json.loads(units_file.read_text())["features"]
        self.units = {feature["properties"]["id"]: feature["properties"] for feature in read}
        self.outlines = {feature["properties"]["id"]: shape(feature["geometry"]) for feature in read}
        with (folder / "assignment.csv").open(newline="") as lines:
            table = csv.DictReader(lines)
            assert table.fieldnames == COLUMNS
            self.rows = list(table)
        grids = json.loads((folder / "grids.geojson").read_text())["features"]
        self.grids = {feature["properties"]["code"]: feature["properties"] for feature in grids}
        self.shapes = {feature["properties"]["code"]: shape(feature["geometry"]) for feature in grids}
        self.grid_count = len(grids)
        self.report = json.loads((folder / "report.json").read_text())
        self.areas = defaultdict(list)
        for feature in json.loads(areas_file.read_text())["features"] if areas_file else ():
            self.areas[feature["properties"]["community"]].append(shape(feature["geometry"]))

    def rows_of(self, unit: str) -> list[dict[str, str]]:
        if not hasattr(self, "_rows_of"):
            self._rows_of = defaultdict(list)
            for row in self.rows:
                self._rows_of[row["unit"]].append(row)
        return self._rows_of[unit]

    def stated(self, grid: str, rule: str, value: float) -> bool:
        return any(
            (v["grid"], v["rule"], v["value"]) == (grid, rule, value) and v["why"]
            for v in self.report["violations"]
        )


def _rows(files):
    for unit, said in files.units.items():
        rows = files.rows_of(unit)
        for count in ("households", "shops"):
            if not rows or sum(int(row[count]) for row in rows) != (said.get(count) or 0):
                yield f"{unit}: {count} do not add up to {said.get(count)}"
    yield from (f"{row['unit']} is no unit" for row in files.rows if row["unit"] not in files.units)


def _cells(unit):
    """Households and shops of each (entrance, floor): evenly, the remainder from below, shops on floor 1."""
    entrances, floors = unit.get("entrances") or 1, unit.get("floors") or 1
    cells = {(e, f): [0, 0] for f in range(1, floors + 1) for e in range(1, entrances + 1)}
    for kind, places in ((0, list(cells)), (1, [(e, 1) for e in range(1, entrances + 1)])):
        total = unit.get("households" if kind == 0 else "shops") or 0
        for k, place in enumerate(places):
            cells[place][kind] = total // len(places) + (1 if k < total % len(places) else 0)
    return cells


def _parts(files):
    for unit, said in files.units.items():
        rows = files.rows_of(unit)
        if [row["part"] for row in rows] == [""]:
            continue
        cells = _cells(said)
        for row in rows:
            found = re.fullmatch(r"e(\d+)(?:f(\d+)-(\d+))?", row["part"])
            if not found:
                yield f"{unit}: {row['part']!r} is no part"
                continue
            low, high = int(found[2] or 1), int(found[3] or said["floors"])
            held = [cells.pop((int(found[1]), floor), None) for floor in range(low, high + 1)]
            if None in held:
                yield f"{unit} {row['part']}: a floor is given twice or does not exist"
            elif [sum(count) for count in zip(*held, strict=True)] != [
                int(row["households"]),
                int(row["shops"]),
            ]:
                yield f"{unit} {row['part']}: not spread evenly over entrance x floor"
        if cells:
            yield f"{unit}: parts leave out {sorted(cells)[:3]}"


def _codes(files):
    if len(files.grids) != files.grid_count:
        yield "a code is given twice"
    for code, grid in files.grids.items():
        if not re.fullmatch(r"\d{12}[0-3]\d{5}", code) or code[12] != LEVEL_DIGIT[grid["level"]]:
            yield f"{code} is not a code of level {grid['level']}"
    for community in {unit["community"] for unit in files.units.values()} | set(files.areas):
        own = [code for code, grid in files.grids.items() if code[:12] == community and code[12] == "0"]
        if len(own) != 1:
            yield f"{community} has {len(own)} community grids"


def _nesting(files):
    above = defaultdict(set)
    for row in files.rows:
        if row["community"][:12] != files.units[row["unit"]]["community"]:
            yield f"{row['unit']} lies in another community's grid"
        if (bool(row["general"]), bool(row["micro"])) != (not row["exclusive"],) * 2:
            yield f"{row['unit']} {row['part']}: not in one micro and general grid, or in one exclusive grid"
        above[row["community"]].add(None)
        above[row["general"]].add(row["community"])
        above[row["micro"]].add(row["general"])
        above[row["exclusive"]].add(row["community"])
    above.pop("", None)
    for code, parents in above.items():
        if code not in files.grids or parents != {files.grids[code]["parent"]}:
            yield f"{code} is not in grids.geojson or has another parent there than {parents}"


def _counts(files):
    held = defaultdict(lambda: [0, 0])
    for row in files.rows:
        for level in ("community", "general", "micro", "exclusive"):
            held[row[level]][0] += int(row["households"])
            held[row[level]][1] += int(row["shops"])
    for code, grid in files.grids.items():
        if held[code] != [grid["households"], grid["shops"]]:
            yield f"{code}: says {grid['households']}, {grid['shops']}, holds {held[code]}"
        if grid["hours"] < 0 or (grid["level"] == "micro" and sum(held[code]) and not grid["hours"]):
            yield f"{code}: a round of {grid['hours']} hours"


def _exclusive(files):
    grid_of = defaultdict(set)
    for unit, said in files.units.items():
        managed = said["use"] in ("office", "market", "park", "campus") and bool(said.get("manager"))
        codes = {row["exclusive"] for row in files.rows_of(unit)}
        if managed != all(codes) or len(codes) != 1:
            yield f"{unit}: managed is {managed}, exclusive grids are {codes}"
        elif managed:
            grid_of[said["community"], said["manager"]] |= codes
    codes = [code for found in grid_of.values() for code in found]
    if len(codes) != len(grid_of) or len(set(codes)) != len(codes):
        yield "managing bodies and exclusive grids are not one to one in a community"


def _broken(files):
    """Grids out of bounds, with the rule and the value."""
    rural = {unit["community"] for unit in files.units.values() if any(unit.get(name) for name in RURAL)}
    for code, grid in files.grids.items():
        doors = grid["households"] + grid["shops"]
        if grid["level"] == "micro" and not 30 <= doors <= 100:
            yield code, "micro_doors", doors
        urban_general = grid["level"] == "general" and code[:12] not in rural
        if urban_general and not 300 <= grid["households"] <= 500:
            yield code, "general_households", grid["households"]


def _bounds(files):
    broken = set(_broken(files))
    yield from (f"{found} is not stated" for found in broken if not files.stated(*found))
    for found in files.report["violations"]:
        if set(found) != KEYS or found["grid"] not in files.grids:
            yield f"not a violation: {found}"
        said = (found["grid"], found["rule"], found["value"])
        if found["rule"] in ("micro_doors", "general_households") and said not in broken:
            yield f"{said} is not so"


def _polygons(files):
    for code, polygon in files.shapes.items():
        if polygon.geom_type not in ("Polygon", "MultiPolygon") or not polygon.is_valid or polygon.is_empty:
            yield f"{code}: {shapely.is_valid_reason(polygon)}"
        pieces = len(shapely.get_parts(polygon))
        scattered = files.grids[code]["level"] in ("general", "micro") and pieces > 1
        if scattered and not any(
            v["grid"] == code and v["rule"] == "connected" for v in files.report["violations"]
        ):
            yield f"{code} is in {pieces} pieces and does not say so"


def _doors(files):
    for row in files.rows:
        door = files.outlines[row["unit"]].representative_point()
        for level in ("community", "general", "micro", "exclusive"):
            if row[level] in files.shapes and not files.shapes[row[level]].contains(door):
                yield f"{row['unit']}: its door is outside {row[level]}"


def _fill(files):
    by_community = defaultdict(list)
    for code, grid in files.grids.items():
        if grid["level"] in ("micro", "exclusive"):
            by_community[code[:12]].append(code)
    for community, leaves in by_community.items():
        own = next(code for code in files.grids if code[:13] == community + "0")
        whole = shapely.union_all(files.areas[community]) if files.areas else files.shapes[own]
        yield from _partition(files, community, leaves, whole)
        if shapely.symmetric_difference(files.shapes[own], whole).area > SMALL * whole.area:
            yield f"{community}: its grid is not its area"


def _apart(files):
    codes = [code for code in files.grids if code[12] == "0"]
    for a, b in combinations(codes, 2):
        common = shapely.intersection(files.shapes[a], files.shapes[b]).area
        if common > SMALL * min(files.shapes[a].area, files.shapes[b].area):
            yield f"{a} and {b} overlap"


def _partition(files, community, leaves, whole):
    distinct = {}
    for code in leaves:
        distinct.setdefault(files.shapes[code].wkb, []).append(code)
    for stack in distinct.values():
        if len(stack) > 1 and not all(files.grids[code].get("floors") for code in stack):
            yield f"{stack} share a polygon and do not say which floors"
    shapes = [shapely.from_wkb(wkb) for wkb in distinct]
    union = shapely.union_all(shapes)
    if abs(sum(part.area for part in shapes) - union.area) > SMALL * whole.area:
        for a, b in combinations(range(len(shapes)), 2):
            if shapely.intersection(shapes[a], shapes[b]).area > SMALL * whole.area:
                yield f"{list(distinct.values())[a]} and {list(distinct.values())[b]} overlap"
    if shapely.symmetric_difference(union, whole).area > SMALL * whole.area:
        yield f"{community}: its leaf grids do not fill it"


def _names(files):
    named = defaultdict(set)
    for code, grid in files.grids.items():
        if not grid["name"] or grid["name"] in named[code[:12]]:
            yield f"{code}: the name {grid['name']!r} is empty or used twice in the community"
        named[code[:12]].add(grid["name"])


def _rounds(files):
    """Hours in the report: the mean of the grids', less for more people, more for a check."""
    hours = [grid["hours"] for grid in files.grids.values() if grid["level"] == "micro"]
    told = files.report["metrics"]
    if hours and abs(told["hours_mean_notice_1"] - sum(hours) / len(hours)) > 1e-3:
        yield "hours_mean_notice_1 is not the mean of the grids' hours"
    for task in ("notice", "check"):
        means = [told[f"hours_mean_{task}_{people}"] for people in (1, 2, 3)]
        if means != sorted(means, reverse=True) or any(
            mean < notice
            for mean, notice in zip(means, [told[f"hours_mean_notice_{n}"] for n in (1, 2, 3)], strict=True)
        ):
            yield f"hours of a {task} do not fall with people: {means}"
