"""Ask a solver what somebody can work out of a month who knows all that is told of it (P8).

The unknowns are the matters of each leaf and category, taken apart three times over: answered in time, not,
or not due; solved, not, or undecided; satisfied, not, or unrated; and those open, late, unattested. Everybody
knows how these hang together, and the sums that are told. Linear programmes give the least and the greatest
value that a sum can have; those of whole numbers lie within them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron, vstack

from shige.insight.cube import Path, named
from shige.insight.measures import RATED
from shige.insight.partition import top_of

Numbers = npt.NDArray[np.float64]

ATOMS: Final = tuple(
    f"{name}_{kind}" for name in ("response", "resolution", "satisfaction") for kind in "yno"
)
BASICS: Final = (*ATOMS, "open", "late", "unattested")
RECEIVED: Final = {f"response_{kind}": 1 for kind in "yno"}
SUMS: Final[Mapping[str, Mapping[str, int]]] = {
    "received": RECEIVED,
    **{atom: {atom: 1} for atom in ATOMS},
    **{f"{name}_of": {f"{name}_y": 1, f"{name}_n": 1} for name in RATED},
    "open": {"open": 1},
    "closed": {**RECEIVED, "open": -1},
    "late": {"late": 1},
    "open in time": {"open": 1, "late": -1},
    "unattested": {"unattested": 1},
    "attested": {**RECEIVED, "open": -1, "unattested": -1},
}
"""What may be asked of a cell, by what it is the sum of."""

EQUAL: Final = (
    {**RECEIVED, **{f"resolution_{kind}": -1 for kind in "yno"}},
    {**RECEIVED, **{f"satisfaction_{kind}": -1 for kind in "yno"}},
)
NOT_ABOVE_0: Final = (
    {"open": 1, "satisfaction_o": -1},
    {"open": 1, "resolution_n": -1, "resolution_o": -1},
    {"late": 1, "open": -1},
    {"late": 1, "unattested": 1, "resolution_n": -1},
    {"unattested": 1, "open": 1, "satisfaction_o": -1},
    {"satisfaction_y": 1, "satisfaction_n": 1, "resolution_y": -1, "resolution_n": -1},
)
"""How the measures bound each other, as their definitions say."""

TOLD: Final[Mapping[str, str]] = {
    "open_of": "received",
    "open_part": "open",
    "late_of": "open",
    "late_part": "late",
    "unconfirmable_of": "closed",
    "unconfirmable_part": "unattested",
    **{f"{name}_of": f"{name}_of" for name in RATED},
    **{f"{name}_part": f"{name}_y" for name in RATED},
}
"""What a measure's base and part are sums of."""

Cell = tuple[Path, str]
Known = tuple[Path, str, str, int]
"""A place, a category, which sum, and its value."""


@dataclass(frozen=True)
class Found:
    """What the solver says: the sums that can be asked, are told, are small, or known too closely."""

    cells: int
    told: int
    small: int
    determined: list[tuple[Path, str, str, int, float, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Town:
    """Leaves by the ids of the places around them, categories, and the true numbers of ``BASICS`` by both."""

    leaves: Sequence[Path]
    codes: Sequence[str]
    truth: npt.NDArray[np.int64]

    def cells(self) -> list[Cell]:
        """Return every place with every category that can be asked."""
        places = sorted({leaf[:depth] for leaf in self.leaves for depth in range(len(leaf) + 1)}, key=str)
        names = ("", *dict.fromkeys(map(top_of, self.codes)), *map(named, self.codes))
        return list(product(places, names))

    def within(self, cell: Cell) -> npt.NDArray[np.float64]:
        """Return 1 for each leaf and category in a cell."""
        place, name = cell
        rows = np.array([leaf[: len(place)] == place for leaf in self.leaves], float)
        columns = np.array([name in ("", top_of(code), named(code)) for code in self.codes], float)
        return np.outer(rows, columns).ravel()

    def line(self, cell: Cell, sum_: str) -> Numbers:
        """Return the row of the unknowns whose sum is asked."""
        weights = np.array([SUMS[sum_].get(name, 0) for name in BASICS], float)
        return np.kron(weights, self.within(cell))


def determined(town: Town, known: Iterable[Known], under: int, room: int) -> Found:
    """Return the small sums that can be known to lie within less than ``room`` of each other."""
    told = {(place, name, sum_): value for place, name, sum_, value in known}
    flat = town.truth.reshape(len(BASICS), -1).ravel().astype(float)
    lines = {(cell, sum_): town.line(cell, sum_) for cell in town.cells() for sum_ in SUMS}
    for (place, name, sum_), value in told.items():
        assert round(lines[(place, name), sum_] @ flat) == value, (place, name, sum_, value)
    small = [one for one, line in lines.items() if 0 < round(line @ flat) < under]
    assert not [one for one in small if (*one[0], one[1]) in told]
    ask = Asked(town, [(lines[(place, name), sum_], value) for (place, name, sum_), value in told.items()])
    seen = np.stack([lines[one] for one in small]) if small else np.zeros((0, len(flat)))
    low, high = _seen_range(ask, seen, room)
    close = []
    for at in np.flatnonzero(high - low < room - 1e-6):
        bounds = (ask.least(seen[at]), -ask.least(-seen[at]))
        if bounds[1] - bounds[0] < room - 1e-6:
            (cell, sum_) = small[at]
            close.append((*cell, sum_, round(seen[at] @ flat), *bounds))
    return Found(len(lines), len(told), len(small), close)


def _seen_range(ask: "Asked", seen: Numbers, room: int) -> tuple[Numbers, Numbers]:
    """Return between which values each sum was seen in answers that fit: few need one of their own."""
    dice = np.random.default_rng(1)
    low, high = np.full(len(seen), np.inf), np.full(len(seen), -np.inf)
    for _try in range(60):
        open_ = np.flatnonzero(~(high - low >= room))
        if not len(open_):
            break
        aim = dice.normal(size=min(len(open_), 40)) @ seen[dice.permutation(open_)[:40]]
        for sign in (1, -1):
            values = seen @ ask.answer(sign * aim)
            low, high = np.minimum(low, values), np.maximum(high, values)
    return low, high


class Asked:
    """The linear programme of a town, by what is known of it."""

    def __init__(self, town: Town, known: Sequence[tuple[Numbers, int]]) -> None:
        size = len(town.leaves) * len(town.codes)
        hang = [csr_array(kron(_weights(one), eye_array(size))) for one in EQUAL]
        told = [csr_array(np.stack([line for line, _value in known]))] if known else []
        self.equal = vstack([*hang, *told])
        self.values = np.concatenate([np.zeros(len(EQUAL) * size), [value for _line, value in known]])
        self.under = vstack([csr_array(kron(_weights(one), eye_array(size))) for one in NOT_ABOVE_0])
        self.most = float(town.truth.sum())

    def answer(self, aim: Numbers) -> Numbers:
        """Return numbers that fit all that is known, of which ``aim`` is least."""
        found = linprog(
            aim, self.under, np.zeros(self.under.shape[0]), self.equal, self.values,
            bounds=(0, self.most), method="highs",
        )  # fmt: skip
        assert found.status == 0, found.message
        return np.asarray(found.x)

    def least(self, aim: Numbers) -> float:
        """Return the least value of a sum."""
        return float(aim @ self.answer(aim))


def _weights(one: Mapping[str, int]) -> Numbers:
    return np.array([[one.get(name, 0) for name in BASICS]], float)
