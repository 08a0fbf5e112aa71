"""Random towns whose matters went every way they can, for the solver."""

from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from shige.insight.measures import RATED
from shige.insight.models import ToldCell, ToldMonth
from shige.insight.publication import COLUMNS, _cells

from .solver import BASICS, TOLD, Known, Town

CODES = ("01.1", "01.2", "02.1", "05.1", "05.2")
CONFIRMED, TARDY, UNSETTLED, NOBODY, UNCONFIRMED, WAITING, LATE, REOPENED = range(8)
OFTEN = (12, 1, 0.5, 0.5, 2, 0.6, 0.4, 0.4)
"""How a matter may stand, and how often it does."""


def random_town(seed: int, mean: float, streets: int = 1) -> Town:
    """Return a town with about ``mean`` matters in a micro-grid and category."""
    dice = np.random.default_rng(seed)
    leaves = [
        (1, 2 + s, 10 * s + c, 100 * s + 10 * c + g, 1000 * s + 100 * c + 10 * g + m)
        for s, c, g, m in product(range(streets), range(3), range(2), range(2))
    ]
    size = (len(leaves), len(CODES))
    received = dice.poisson(mean * dice.gamma(1, 1, size))
    truth = {name: np.zeros(size, np.int64) for name in BASICS}
    often, rated, cross, slow = dice.dirichlet(OFTEN), *dice.uniform(0.2, 0.9, 1), *dice.uniform(0, 0.3, 2)
    for at in np.ndindex(size):
        for _matter in range(received[at]):
            how = int(dice.choice(len(OFTEN), p=often))
            for name in _counted_in(how, dice.random(3) < (rated, cross, slow)):
                truth[name][at] += 1
    return Town(leaves, CODES, np.stack([truth[name] for name in BASICS]))


def _counted_in(how: int, dice: npt.NDArray[np.bool_]) -> list[str]:
    """Return the numbers in which a matter counts."""
    rated, cross, slow = dice
    solved = {CONFIRMED: "y"} | dict.fromkeys((UNCONFIRMED, WAITING), "o")
    content = "o" if how not in (CONFIRMED, TARDY, UNSETTLED) or not rated else "y"
    found = [
        f"response_{'n' if slow else 'y'}",
        f"resolution_{solved.get(how, 'n')}",
        f"satisfaction_{'n' if content == 'y' and (cross or how == UNSETTLED) else content}",
    ]
    if how in (WAITING, LATE, REOPENED):
        found.append("open")
    return found + {LATE: ["late"], NOBODY: ["unattested"]}.get(how, [])


def told_of(town: Town) -> list[Known]:
    """Return what the program would tell of a town's month."""
    cells = _cells(
        ToldMonth(first=date(2026, 10, 1), as_of=datetime(2026, 11, 24, tzinfo=UTC)), rows_of(town)
    )
    return [known for cell in cells for known in known_by(cell)]


def known_by(cell: ToldCell) -> list[Known]:
    """Return the sums that a cell tells."""
    place = tuple(area for column in COLUMNS if (area := getattr(cell, column)) is not None)
    values = {sum_: getattr(cell, name, None) for name, sum_ in TOLD.items()}
    return [(place, cell.category, sum_, value) for sum_, value in values.items() if value is not None]


def rows_of(town: Town) -> list[dict[str, Any]]:
    """Return a town's counts as the database gives them."""
    numbers = dict(zip(BASICS, town.truth, strict=True))
    received = sum(numbers[f"response_{kind}"] for kind in "yno")
    counts = {
        "open_of": received,
        "open_part": numbers["open"],
        "late_of": numbers["open"],
        "late_part": numbers["late"],
        "unconfirmable_of": received - numbers["open"],
        "unconfirmable_part": numbers["unattested"],
    }
    for name in RATED:
        counts[f"{name}_part"] = numbers[f"{name}_y"]
        counts[f"{name}_of"] = numbers[f"{name}_y"] + numbers[f"{name}_n"]
    keys = ("district_id", "street_id", "community_id", "middle", "leaf_id")
    return [
        dict(zip(keys, leaf, strict=True))
        | {"category": code}
        | {name: int(table[row, column]) for name, table in counts.items()}
        for (row, leaf), (column, code) in product(enumerate(town.leaves), enumerate(town.codes))
        if received[row, column]
    ]


def town_of(rows: list[dict[str, Any]], leaves: list[tuple[int, ...]], codes: tuple[str, ...]) -> Town:
    """Return the town of the database's counts."""
    truth = np.zeros((len(BASICS), len(leaves), len(codes)), np.int64)
    for row in rows:
        place = (row["district_id"], row["street_id"], row["community_id"], row["middle"], row["leaf_id"])
        for at, name in enumerate(BASICS):
            truth[at, leaves.index(place), codes.index(row["category"])] += _number(row, name)
    return Town(leaves, codes, truth)


def _number(row: dict[str, Any], name: str) -> int:
    direct = {"open": "open_part", "late": "late_part", "unattested": "unconfirmable_part"}
    if name in direct:
        return int(row[direct[name]])
    measure, kind = name.split("_")
    of, part = row[f"{measure}_of"], row[f"{measure}_part"]
    return int({"y": part, "n": of - part, "o": row["open_of"] - of}[kind])
