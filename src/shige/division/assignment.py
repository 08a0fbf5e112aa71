"""An assignment of doors to grids that was not made here: what is wrong with it, and the grids in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from shige.division.drafts import GridDraft, Holding
from shige.division.pieces import read_part, spread
from shige.division.units import LEVELS, Piece, Unit

_Rows = list[tuple[int, Piece]]


def faults(units: Iterable[Unit], pieces: Sequence[Piece]) -> Iterator[str]:
    """Say row by row (the first piece is row 1) why pieces are no assignment of the units."""
    known = {unit.id: unit for unit in units}
    rows: dict[str, _Rows] = defaultdict(list)
    for number, piece in enumerate(pieces, start=1):
        rows[piece.unit].append((number, piece))
        if piece.unit not in known:
            yield f"row {number}: {piece.unit} is not among the units"
        else:
            yield from _row_faults(number, piece, known[piece.unit])
    for name, unit in known.items():
        yield from _unit_faults(unit, rows.get(name, []))
    yield from _nesting_faults(pieces, known)


def drafts_in(units: Sequence[Unit], pieces: Iterable[Piece]) -> tuple[list[GridDraft], list[str]]:
    """Draft the grids of one community, parents first, and give the code of each."""
    number = {unit.id: k for k, unit in enumerate(units)}
    held = sorted(pieces, key=lambda piece: (number[piece.unit], read_part(piece.part)))
    parents = {piece.community: "" for piece in held}
    parents |= {piece.general: piece.community for piece in held if piece.general}
    parents |= {piece.micro: piece.general for piece in held if piece.micro}
    parents |= {piece.exclusive: piece.community for piece in held if piece.exclusive}
    codes = sorted(parents)  # the digit of the level comes before the serial
    place = {code: k for k, code in enumerate(codes)}
    drafts = [GridDraft(LEVELS[int(code[12])], place.get(parents[code], -1)) for code in codes]
    for piece in held:
        holding = Holding(number[piece.unit], piece.part, piece.households, piece.shops)
        for code in (piece.community, piece.general, piece.micro, piece.exclusive):
            if code:
                drafts[place[code]].holdings.append(holding)
    return drafts, codes


def _row_faults(number: int, piece: Piece, unit: Unit) -> Iterator[str]:
    codes = (piece.community, piece.general, piece.micro, piece.exclusive)
    for digit, (level, code) in enumerate(zip(LEVELS, codes, strict=True)):
        wanted = digit in ((0, 3) if unit.exclusive else (0, 1, 2))
        if wanted != bool(code):
            yield f"row {number}: {unit.id} {_belongs(unit)}, but {level} is {code or 'empty'}"
        elif code and not (
            len(code) == 18 and code.isascii() and code.isdecimal() and code[12] == str(digit)
        ):
            yield f"row {number}, {level}: {code} is not the code of such a grid"
        elif code and code[:12] != unit.community:
            theirs = f"another community than {unit.id}'s, {unit.community}"
            yield f"row {number}, {level}: {code} is a grid of {theirs}"


def _belongs(unit: Unit) -> str:
    if unit.exclusive:
        return f"is managed by {unit.manager} and lies in one exclusive grid"
    return "lies in one general grid and one micro-grid"


def _unit_faults(unit: Unit, rows: _Rows) -> Iterator[str]:
    """Whether the rows hold every door of a unit once, each part what is in it."""
    if not rows:
        yield f"{unit.id} is in no row"
        return
    where = f"row{'s' * (len(rows) > 1)} {', '.join(str(number) for number, _ in rows)}: {unit.id}"
    households, shops = (sum(getattr(p, kind) for _, p in rows) for kind in ("households", "shops"))
    if (households, shops) != (unit.households, unit.shops):
        yield (
            f"{where} has {unit.households} households and {unit.shops} shops, "
            f"but {households} and {shops} are given"
        )
    elif len(rows) > 1 or rows[0][1].part:
        yield from _part_faults(unit, rows, where)


def _part_faults(unit: Unit, rows: _Rows, where: str) -> Iterator[str]:
    households, shops = spread(unit)
    held = np.zeros_like(households)
    for number, piece in rows:
        part = read_part(piece.part)
        if part is None or part[0] > unit.entrances or part[2] > unit.floors or part[1] > part[2]:
            yield f"row {number}, part: {unit.id} has no part {piece.part}"
            return
        entrance, low, high = part
        cells = (
            slice(entrance - 1, entrance) if entrance else slice(None),
            slice(max(low - 1, 0), high or None),
        )
        held[cells] += 1
        there = int(households[cells].sum()), int(shops[cells].sum())
        if there != (piece.households, piece.shops):
            yield (
                f"row {number}: {unit.id} {piece.part} has {there[0]} households and {there[1]} shops, "
                f"but {piece.households} and {piece.shops} are given"
            )
    if (held != 1).any():
        entrance, floor = np.argwhere(held != 1)[0] + 1
        times = "left out" if held[entrance - 1, floor - 1] == 0 else "given twice"
        yield f"{where}, floor {floor} of entrance {entrance} is {times}"


def _nesting_faults(pieces: Sequence[Piece], known: Mapping[str, Unit]) -> Iterator[str]:
    """Whether each micro-grid lies in one general grid, and the like."""
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for number, piece in enumerate(pieces, start=1):
        unit = known.get(piece.unit)
        for kind, code, above in (
            ("community grid", piece.community[:12], piece.community),
            ("general grid", piece.micro, piece.general),
            ("managing body", piece.exclusive, unit.manager if unit else ""),
        ):
            row, other = first.setdefault((kind, code), (number, above))
            if code and above != other:
                yield f"row {number}: {code} has the {kind} {above}, but {other} in row {row}"
