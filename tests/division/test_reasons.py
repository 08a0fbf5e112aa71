"""Why a rule is broken: proved on the map, checked by other code, or said to be only not found (R6)."""

import json
import random
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.division.checker import faults
from tests.division.cities import barrier, city, unit


@pytest.fixture
def told(run):
    """Divide, check every file and reason, and return the causes with their words."""

    def divided(features, barriers=(), **more):
        division, folder = run(features, list(barriers), **more)
        files = (folder.parent / name for name in ("units.geojson", "barriers.geojson"))
        units, lines = files
        assert faults(units, folder, None, lines) == []
        return {found.cause: found.why for found in division.violations}

    return divided


def row(*households, start=0, x=0, y=0, **values):
    """Houses side by side, a little out of line so that only those beside each other are neighbours."""
    numbers = zip(count(start), households, strict=False)
    return [unit(k, x + 30 * (k - start), y, households=held, **values) for k, held in numbers]


def test_a_small_house_between_full_ones_is_proved(told):
    features = row(*[95, 12, 95], y=0, floors=1) + [
        unit(50 + k, k * 30, 900, households=90) for k in range(4)
    ]
    wall = barrier("river", (-90, 400), (900, 400))
    found = told(features, [wall])
    assert "U0001 comes to 12 " in found.get("hemmed", "") + found.get("side_hemmed", "")


def test_houses_that_cannot_be_parted_are_listed(told):
    assert "block_parted" not in told(row(60, 60, 25))  # 60 + 25 and 60
    found = told(row(85, 15, 14))
    assert " have 85, 15, 14 doors: no way to part them into neighbours " in found["block_parted"]


def test_doors_between_a_river_and_a_railway_are_named(told):
    features = row(4, 4, 4) + [unit(10 + k, k % 6 * 25, 200 + k // 6 * 25, households=12) for k in range(30)]
    found = told(features, [barrier("river", (-90, -60), (900, -60)), barrier("rail", (-90, 90), (900, 90))])
    assert found["side_small"] == "U0000's side of rail has only 12 doors, and a grid takes 30"


def test_houses_that_a_courtyard_encloses_are_named_where_it_is_split(told):
    yard = [unit(k, k % 5 * 22, k // 5 * 22, households=6, compound="玉兰苑") for k in range(15)]
    inside = [unit(20 + k, 22 * k, 66, households=5) for k in range(4)]
    found = told(yard + inside)
    assert found["compound_encloses"] == (
        "玉兰苑 has 90 doors and leaves 20 beside U0020 without a grid of 30; with them it has 110, over 100"
    )


def invented(dice):
    """A few streets of one community: houses, courtyards, towers and gaps of odd sizes."""
    features, lines = [], []
    for street in range(dice.randint(1, 4)):
        walled = dice.random() < 0.5
        for k in range(dice.randint(2, 9)):
            values = {"households": dice.choice([0, 3, 12, 28, 45, 70, 95, 101, 160])}
            values["compound"] = f"苑{street}{k // 3}" if walled else ""
            if dice.random() < 0.2:
                values |= {"floors": dice.choice([3, 18]), "entrances": dice.choice([1, 2])}
            place = k * 30 + dice.random() * 9, street * 45 + dice.random() * 9
            features.append(unit(len(features), *place, **values))
        if dice.random() < 0.5:
            kind = dice.choice(["river", "primary", "rail"])
            lines.append(barrier(kind, (-90, street * 45 + 32), (900, street * 45 + 32)))
    return features, lines


@given(seed=st.integers(0, 10**6))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_reason_holds_in_odd_places(told, seed):
    told(*invented(random.Random(seed)))


@given(seed=st.integers(0, 10**6))
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_reason_holds_in_cities(told, seed):
    dice = random.Random(seed)
    lines = [
        barrier(dice.choice(["river", "trunk"]), (-90, y), (900, y + dice.randint(-60, 60)))
        for y in (60, 112)
    ]
    told(city(seed, communities=2), lines)


@pytest.mark.parametrize(
    ("cause", "details"),
    [
        ("side_small", {"unit": "U0000", "total": 12}),
        ("hemmed", {"unit": "U0000", "less": 12, "more": 130}),
        ("community_sum", {"total": 400}),
        ("size_found", {}),
    ],
)
def test_a_reason_that_does_not_hold_is_found(run, cause, details):
    features = [unit(k, k % 8 * 24, k // 8 * 24, households=10) for k in range(40)]
    division, folder = run(features)
    report = json.loads((folder / "report.json").read_text())
    wrong = {"rule": "connected", "value": 2, "limit": 1, "why": "so", "cause": cause, "proved": True}
    grid = next(grid.code for grid in division.grids if grid.level == "micro")
    report["violations"].append(wrong | {"grid": grid, "details": details})
    (folder / "report.json").write_text(json.dumps(report))
    units, lines = folder.parent / "units.geojson", folder.parent / "barriers.geojson"
    assert faults(units, folder, None, lines)
    assert not faults(units, folder)
