"""Write a division to a folder: all three files, or none."""

from __future__ import annotations

import csv
import io
import json
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from .previous import COLUMNS
from .reasons import PROVED
from .units import Division, Grid

_DIGITS = 12  # of a degree: a tenth of a micrometre, so that shared borders stay shared


def write_division(division: Division, folder: Path) -> None:
    """Write `assignment.csv`, `grids.geojson` and `report.json`.

    They take their place only when all three are complete, a new folder at once; the same division always
    gives the same bytes.

    Raises
    ------
    OSError
        Where the folder cannot be written; what was in it is still there.
    """
    texts = {
        "assignment.csv": _assignment(division),
        "grids.geojson": _grids(division),
        "report.json": json.dumps(_report(division), ensure_ascii=False, indent=1) + "\n",
    }
    new = not folder.exists()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        prefix=f".{folder.name}-", dir=folder.parent if new else folder, ignore_cleanup_errors=True
    ) as unfinished:
        complete = Path(unfinished) / "complete"
        complete.mkdir()
        for name, text in texts.items():
            (complete / name).write_text(text, encoding="utf-8", newline="")
        if new:
            complete.rename(folder)
            return
        with _undisturbed():
            for name in texts:
                (complete / name).replace(folder / name)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait, so that files of two divisions are never mixed."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _assignment(division: Division) -> str:
    lines = io.StringIO()
    rows = csv.writer(lines, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([getattr(piece, name) for name in COLUMNS] for piece in division.pieces)
    return lines.getvalue()


def _grids(division: Division) -> str:
    """One feature a line, so that two divisions can be compared line by line."""
    shapes = np.array([grid.geometry for grid in division.grids], dtype=object)
    geometries = shapely.to_geojson(shapely.transform(shapes, lambda lonlat: lonlat.round(_DIGITS)))
    features = ",\n".join(map(_feature, division.grids, geometries))
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'


def _feature(grid: Grid, geometry: str) -> str:
    properties = {
        "code": grid.code,
        "name": grid.name,
        "level": grid.level,
        "parent": grid.parent or None,
        "households": grid.households,
        "shops": grid.shops,
        "hours": grid.hours,
    }
    if grid.floors:
        properties["floors"] = grid.floors
    said = json.dumps(properties, ensure_ascii=False)
    return f'{{"type": "Feature", "properties": {said}, "geometry": {geometry}}}'


def _report(division: Division) -> Mapping[str, Any]:
    report: dict[str, Any] = {
        "violations": [
            {name: getattr(found, name) for name in ("grid", "rule", "value", "limit", "why", "cause")}
            | {"proved": found.cause in PROVED, "details": dict(found.details)}
            for found in division.violations
        ],
        "metrics": dict(division.metrics),
        "serials": dict(sorted(division.serials.items())),
    }
    if division.moved_households is not None:
        report["moved_households"] = division.moved_households
    return report
