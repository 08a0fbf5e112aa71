"""What is kept back of a cube cannot be worked out: asked of a solver, and by moving dates (P8)."""

from datetime import date, datetime, timedelta
from itertools import product
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.test import Client
from scipy.optimize import linprog
from scipy.sparse import csr_array

from shige.insight.commands import advance
from shige.insight.cube import Cube, named
from shige.insight.models import ToldCell
from shige.insight.partition import top_of
from shige.insight.periods import Closed, Period
from shige.insight.publication import decide_all, published
from shige.trust.commands import sequence
from shige.trust.jurisdiction import profile

from .conftest import Ground, write, write_many

CODES = ("01.01", "01.02", "02.01", "05.01", "05.02")
ZONE = ZoneInfo("Asia/Shanghai")
OCTOBER = Closed("2026-10", Period(date(2026, 10, 1), date(2026, 10, 31)))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("mean", [0.3, 1.0, 2.5])
def test_no_cell_that_is_kept_back_is_determined(seed: int, mean: float) -> None:
    dice = np.random.default_rng(seed)
    leaves = [
        (1, 2, c, 10 * c + g, 100 * c + 10 * g + m) for c, g, m in product(range(3), range(2), range(2))
    ]
    counts = dice.poisson(mean, (len(leaves), len(CODES))).astype(np.int64)
    told = Cube(leaves, CODES, counts).told(5)
    places = {leaf[:depth] for leaf in leaves for depth in range(6)}
    cells = {(place, name) for place in places for name in ("", *map(top_of, CODES), *map(named, CODES))}

    def row(place: tuple[int, ...], name: str) -> np.ndarray:
        inside = np.array([leaf[: len(place)] == place for leaf in leaves])
        of = np.array([name in ("", top_of(code), named(code)) for code in CODES])
        return np.outer(inside, of).ravel().astype(float)

    known = [(place, name) for place, names in told.items() for name in names]
    sums = {cell: int(row(*cell) @ counts.ravel()) for cell in cells}
    assert all(sums[cell] >= 5 for cell in known)
    matrix = csr_array(np.stack([row(*cell) for cell in known])) if known else None
    values = [sums[cell] for cell in known]
    for cell in sorted(cells - set(known)):
        if sums[cell] == 0:
            continue  # nobody is behind it
        low, high = (_bound(sign * row(*cell), matrix, values) for sign in (1, -1))
        assert high is None or low is None or -high - low > 0.5, cell


def _bound(aim: np.ndarray, matrix: csr_array | None, values: list[int]) -> float | None:
    found = linprog(aim, A_eq=matrix, b_eq=values if matrix is not None else None, method="highs")
    assert found.status in (0, 3)
    return float(found.fun) if found.status == 0 else None


def fill(ground: Ground, seed: int) -> None:
    dice = Random(seed)
    leaves = [area for area in ground.areas.values() if area.level in {"micro", "exclusive"}]
    for number in range(130):
        at = datetime(2026, 10, dice.randrange(1, 32), 12, tzinfo=ZONE)
        state = dice.choice(["new", "closed"])
        known: dict[str, object] = {"reported_at": at, "category": dice.choice(CODES), "state": state}
        if state == "closed":
            moments = {
                "responded_at": at,
                "solved_at": at + timedelta(days=1),
                "closed_at": at + timedelta(days=2),
            }
            known |= moments | {"rating": dice.choice([None, 2, 5])}
        write(number, dice.choice(leaves), **known)
    sequence()
    advance()


@pytest.mark.long
def test_ninety_requests_with_moved_dates_recover_nothing(ground: Ground, sign_in, monkeypatch) -> None:
    fill(ground, 1)
    monkeypatch.setattr("shige.insight.pages.told_periods", lambda: [OCTOBER])
    client: Client = sign_in("party_overseer", ground["street"])
    answers = set()
    for back in range(90):
        last = date(2026, 11, 24) - timedelta(days=back)
        asked = {"since": "2026-08-01", "until": f"{last}", "by": "leaf", "period": "custom"}
        page = client.get("/figures/", asked)
        assert "figures" not in page.context
        assert client.get("/figures/export.csv", asked).status_code == 404
        asked.pop("period")
        answers.add(client.get("/figures/", asked | {"period": "2026-10"}).context["figures"].total)
    assert len(answers) == 1


def test_what_was_decided_stays_whatever_happens_afterwards(ground: Ground) -> None:
    fill(ground, 1)
    now = datetime(2026, 11, 24, tzinfo=ZONE)
    published(OCTOBER.months, now)
    before = list(ToldCell.objects.order_by("pk").values())
    write("late", ground["c1g1m1"], reported_at=datetime(2026, 10, 31, tzinfo=ZONE))
    sequence()
    advance()
    published(OCTOBER.months, now)
    assert list(ToldCell.objects.order_by("pk").values()) == before


def test_danger_to_persons_is_told_to_outsiders_as_it_was_decided(ground: Ground, sign_in) -> None:
    """P4, P8: a count that follows what is re-sorted afterwards tells of one person between two days."""
    street, at = ground["street"], datetime(2026, 10, 20, tzinfo=ZONE)
    k, before = profile().suppress_under, at - timedelta(days=30)
    write_many(k, ground["c1g1m1"], "a", reported_at=at, sealed=1, guarded=True)
    write_many(k - 1, ground["c1g1m1"], "b", reported_at=before, sealed=1, guarded=True)
    advance()
    decide_all(datetime(2026, 11, 24, tzinfo=ZONE))
    client: Client = sign_in("party_overseer", street)
    for name in "c", "d":
        for period, counts in (("2026-10", [k]), ("2026-09", []), ("2026-Q3", [])):
            page = client.get("/figures/", {"area": street.code, "period": period})
            assert [month.count for month in page.context["guarded"]] == counts
        write_many(1, ground["c1g1m2"], name, reported_at=at, sealed=1, guarded=True)
        write_many(
            1, ground["c1g1m2"], f"{name}e", reported_at=at - timedelta(days=30), sealed=1, guarded=True
        )
        advance()
