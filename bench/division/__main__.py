"""`python -m bench.division [shared | district | shapes | again | bound | city]` prints tables.

`polygons` divides the city with polygons; `pictures` draws those of docs/division.md. Both only if asked for.
Each tool runs in a process of its own, so that its peak memory is its own; CPU seconds are those of that
process for the work itself, after one small run that compiles. Nothing is asserted.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec

import numpy as np

from .. import dividing
from . import bound, filling, pictures
from .changing import changed, moved
from .districts import SHAPES, District, district
from .measures import objective
from .ours import BALANCED, STREETS, drawn, drawn_again
from .peers import TOOLS
from .running import Row, alone, ours, peer

HEAD = "| tool | CPU s | MB | parts | x target | valid | J | small split | mixed | CV | cut | general valid |"
SLOW = {"spopt max-p": 3, "constrained k-means": 30}
"""Communities on which a slow tool is tried."""


def main(wanted: list[str]) -> None:
    """Print the wanted tables."""
    tables = {
        "shared": _shared, "district": _district, "shapes": _shapes, "again": _again, "bound": bound.lines,
        "city": _city,
    }  # fmt: skip
    asked = {"polygons": lambda: filling.lines(4000), "pictures": pictures.lines}
    for name in wanted or list(tables):
        for line in (tables | asked)[name]():
            print(line, flush=True)


def _line(name: str, row: Row) -> str:
    took, peak, (parts, ratio, valid, cost, split, mixed, deviation, cut, general) = row
    upper = f"{100 * general:.1f}%" if general else "-"
    shares = f"{100 * split:.1f}% | {100 * mixed:.1f}% | {deviation:.3f} | {100 * cut:.1f}% | {upper}"
    return (
        f"| {name} | {took:.2f} | {peak:.0f} | {parts} | {ratio:.3f} | {100 * valid:.2f}% | {cost:.2f} "
        f"| {shares} |"
    )


def _head(place: District, title: str) -> Iterator[str]:
    yield f"\n{title}: {len(place.households)} atoms, {place.households.sum()} households\n"
    yield HEAD
    yield "|---" * 12 + "|"


def _shared() -> Iterator[str]:
    """Whole commands on the shared places, polygons included."""
    yield from map(str, dividing.lines())


def _district() -> Iterator[str]:
    yield from _head(district(), "District, 150 communities")
    yield _line("ours, balanced, micro level alone", alone(ours, "balanced", 1, 150, "mixed", False))
    for style in ("balanced", "streets"):
        yield _line(f"ours, {style}", alone(ours, style, 1, 150, "mixed", True))
    for name, (package, _) in TOOLS.items():
        if find_spec(package) is None:
            yield f"| {name} | left out: {package} is not installed (pip install -r peers.lock) |"
            continue
        communities = SLOW.get(name, 150)
        said = name if communities == 150 else f"{name}, {communities} communities"
        yield _line(said, alone(peer, name, 1, communities, "mixed"))


def _shapes() -> Iterator[str]:
    for seed, shape in ((2, "mixed"), *((3, shape) for shape in SHAPES)):
        yield from _head(district(seed, 150, shape), f"{shape}, seed {seed}")
        for style in ("balanced", "streets"):
            yield _line(f"ours, {style}", alone(ours, style, seed, 150, shape, True))


def _city() -> Iterator[str]:
    yield from _head(district(1, 4000), "City, 4,000 communities")
    for style in ("balanced", "streets"):
        yield _line(f"ours, {style}", alone(ours, style, 1, 4000, "mixed", True))


def _again() -> Iterator[str]:
    """1% of the atoms gone and 1% new."""
    yield "\n| divided again, 1% gone, 1% new | CPU s | households moved | J | J from nothing |"
    yield "|---" * 5 + "|"
    for name, rules in (("balanced", BALANCED), ("streets", STREETS)):
        place = district()
        micro, general = drawn(place, rules)
        assert general is not None
        later, kept = changed(place)
        before, above = (np.where(kept >= 0, label[kept], -1) for label in (micro, general))
        began = time.process_time()
        again, _ = drawn_again(later, rules, before, above)
        took = time.process_time() - began
        costs = [
            objective(later.points, later.households, later.compound, label)
            for label in (again, drawn(later, rules)[0])
        ]
        share = moved(later.households, before, again)
        yield f"| {name} | {took:.2f} | {100 * share:.3f}% | {costs[0]:.3f} | {costs[1]:.3f} |"


if __name__ == "__main__":
    main(sys.argv[1:])
