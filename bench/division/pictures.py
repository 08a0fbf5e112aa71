"""Pictures of divisions: generated towns into docs/pictures, the shared places into var/pictures.

The shared places are data of others, which are not kept here: their pictures name the source, and stay out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from shige.division import Division, Piece, Previous, Unit, divide
from shige.division.input import read_areas, read_barriers, read_units
from shige.profile.grids import Bounds, GridRules

from ..dividing import SHARED
from .maps import BORDERS, EXCLUSIVE, FORMER, HOUSE, INK, PAPER, WATER, Scene, Style, draw, scene
from .svg import Frame, Sheet
from .towns import Town, bent_town

_ROOT = Path(__file__).parents[2]
_EXTENT = np.array([1000.0, 860.0])
_EDGE, _HEAD, _FOOT, _GAP = 16.0, 62.0, 88.0, 20.0  # pixels around the maps and between them
_MOVED, _BUILT, _GONE = "#d1495b", "#2a6f97", "#ffffff"
_SOURCES = {
    "shanghai": (
        "上海：建筑、道路、水系 © OpenStreetMap 贡献者，ODbL；户数为合成数据 · "
        "Shanghai: buildings, roads, water © OpenStreetMap contributors, ODbL; households synthesised"
    ),
    "suzhou": (
        "苏州：建筑轮廓出自 pybdshadow 示例文件（BSD-3）；户数为合成数据 · "
        "Suzhou: footprints from an example file of pybdshadow (BSD-3); households synthesised"
    ),
}
_INVENTED = (
    "生成的城区，非真实地点；数字为一般网格的户数 · A generated town; numbers: households of general grids"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    grids: GridRules


STREETS = _Rules(GridRules(style="streets"))
BALANCED = _Rules(GridRules(style="balanced", micro=Bounds(low=30, target=65, high=100)))


def lines() -> Iterator[str]:
    """Draw every picture, and say where it is."""
    docs, var = _ROOT / "docs/pictures", _ROOT / "var/pictures"
    place = bent_town(4, _EXTENT)
    yield _written(docs / "styles.svg", _styles(place))
    yield _written(docs / "again.svg", _again(place))
    for name, source in _SOURCES.items():
        if SHARED.exists():
            yield _written(var / f"{name}.svg", _shared(name, source))
        else:
            yield f"{name}: left out, ../shared/data is not on this machine"


def _written(path: Path, sheet: Sheet) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = str(sheet)
    path.write_text(text, encoding="utf-8")
    return f"{path.relative_to(_ROOT)}: {len(text.encode()) / 1000:.0f} kB"


def _styles(place: Town) -> Sheet:
    """One town in both styles."""
    maps = [
        (title, scene(_divided(place, rules).grids, place.units, place.barriers))
        for title, rules in (("街巷式 streets", STREETS), ("均衡式 balanced", BALANCED))
    ]
    return _sheet("同一城区的两种划分 · One town, divided in two styles", maps, _INVENTED, 0.6)


def _divided(place: Town, rules: _Rules, previous: Previous | None = None) -> Division:
    return divide(place.units, place.barriers, rules, previous, areas=place.areas)


def _again(place: Town) -> Sheet:
    """A town before and after some of it was built anew."""
    first = _divided(place, STREETS)
    later, built, gone = _rebuilt(place)
    second = _divided(later, STREETS, Previous(first.pieces, first.serials))
    moved = _moved(first.pieces, second.pieces)
    marks = {_MOVED: [unit for unit in later.units if unit.id in moved], _BUILT: built}
    share = 100 * (second.moved_households or 0) / sum(unit.households for unit in place.units)
    before = scene(first.grids, place.units, place.barriers, {_GONE: gone})
    after = scene(second.grids, later.units, later.barriers, marks, (first.grids, before))
    maps = [("之前 before", before), ("之后 after", after)]
    title = f"重新划分：{share:.1f}% 的住户换了网格 · Divided again: {share:.1f}% of households moved"
    extra = [("换网格的楼 moved", _filled(_MOVED)), ("新楼 built", _filled(_BUILT)),
             ("拆除 demolished", _filled(_GONE)), ("原边界 former border", _ruled(FORMER))]  # fmt: skip
    return _sheet(title, maps, _INVENTED, 0.6, extra)


def _rebuilt(place: Town) -> tuple[Town, list[Unit], list[Unit]]:
    """Demolish every fortieth building, and build towers in the place of some of them."""
    gone = [unit for k, unit in enumerate(place.units) if k % 40 == 17]
    built = [
        replace(unit, id=f"{unit.id}N", households=4 * unit.households, floors=18, lift=True)
        for unit in gone[::3]
    ]
    left = {unit.id for unit in gone}
    units = [unit for unit in place.units if unit.id not in left] + built
    return replace(place, units=units), built, gone


def _moved(before: Sequence[Piece], after: Sequence[Piece]) -> set[str]:
    """Ids of the buildings of which a piece is in another micro-grid."""
    home = {(piece.unit, piece.part): piece.micro for piece in before}
    return {p.unit for p in after if home.get((p.unit, p.part), p.micro) != p.micro}


def _shared(name: str, source: str) -> Sheet:
    units, barriers, areas = (
        _features(SHARED / f"{name}_{kind}.geojson", reader)
        for kind, reader in (("units", read_units), ("barriers", read_barriers), ("areas", read_areas))
    )
    found = divide(units, barriers, _Rules(GridRules()), areas=areas)
    shown = scene(found.grids, units, barriers)
    scale = 1200.0 / (shown.box[2] - shown.box[0])
    return _sheet("网格划分 · Grids", [("", shown)], source, scale)


def _features(path: Path, reader: Callable[[list[Any]], tuple[Any, Any]]) -> Any:
    return reader(json.loads(path.read_text(encoding="utf-8"))["features"])[0]


def _sheet(
    title: str, maps: Sequence[tuple[str, Scene]], source: str, scale: float,
    extra: Sequence[tuple[str, Callable[[Sheet, float, float], None]]] = (),
) -> Sheet:  # fmt: skip
    """Maps side by side, with a heading above, and a legend and the source below."""
    west, south, east, north = maps[0][1].box
    wide, high = (east - west) * scale, (north - south) * scale
    width = 2 * _EDGE + len(maps) * wide + (len(maps) - 1) * _GAP
    sheet = Sheet(width, _HEAD + high + _FOOT, title)
    sheet.box(0, 0, width, sheet.height, fill=PAPER)
    sheet.text(_EDGE, 27, title, font_size=17, font_weight="bold", fill=INK)
    for k, (name, shown) in enumerate(maps):
        left = _EDGE + k * (wide + _GAP)
        sheet.inside(left - 3, _HEAD - 3, wide + 6, high + 6)
        draw(sheet, Frame(west, north, scale, left, _HEAD), shown)
        sheet.outside()
        sheet.text(left, 50, name, font_size=13, fill=INK)
    _legend(sheet, _HEAD + high + 22, scale, extra)
    sheet.text(_EDGE, sheet.height - 12, source, font_size=10.5, fill="#555")
    return sheet


def _legend(
    sheet: Sheet, y: float, scale: float, extra: Sequence[tuple[str, Callable[[Sheet, float, float], None]]]
) -> None:
    entries = [
        ("社区 community", _ruled(BORDERS["community"])), ("一般网格 general", _ruled(BORDERS["general"])),
        ("微网格 micro", _ruled(BORDERS["micro"])), ("专属网格 exclusive", _filled(EXCLUSIVE)),
        ("楼 building", _filled(HOUSE)), ("水 water", _filled(WATER)), *extra,
    ]  # fmt: skip
    x, low = _EDGE, y
    for words, mark in entries:
        wide = 42 + sum(12.5 if ord(letter) > 255 else 6.8 for letter in words)
        if x + wide > sheet.width - 2 * _EDGE - 200.0 * scale:  # the bar stands there
            x, low = _EDGE, low + 22
        mark(sheet, x, low)
        sheet.text(x + 30, low + 4, words, font_size=12, fill=INK)
        x += wide
    bar = 200.0 * scale
    right = sheet.width - _EDGE
    sheet.line(
        [(right - bar, y - 3), (right - bar, y), (right, y), (right, y - 3)], stroke=INK, stroke_width=1.2
    )
    sheet.text(right, y + 14, "200 m", font_size=11, fill=INK, text_anchor="end")


def _ruled(style: Style) -> Callable[[Sheet, float, float], None]:
    return lambda sheet, x, y: sheet.line([(x, y), (x + 25, y)], **style)


def _filled(colour: str) -> Callable[[Sheet, float, float], None]:
    return lambda sheet, x, y: sheet.box(x + 4, y - 6, 18, 12, fill=colour, stroke="#777", stroke_width=0.6)
