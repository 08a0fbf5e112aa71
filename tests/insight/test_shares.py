"""No small count of a month can be worked out from all that one reader is told: asked of a solver (P8)."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from shige.insight.commands import advance
from shige.insight.labels import OUTSIDE
from shige.insight.measures import NAMES, RATED, Measures
from shige.insight.models import ToldCell
from shige.insight.publication import _counted, decide_all
from shige.insight.queries import FigureRow
from shige.insight.shares import Frame
from shige.territory.models import Area
from shige.trust.commands import sequence
from shige.trust.jurisdiction import profile

from .conftest import DAY, Ground, serving, write
from .solver import TOLD, Known, Town, determined
from .towns import CODES, random_town, told_of, town_of

OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("mean", "streets"), [(0.7, 1), (2.5, 1), (8, 1), (2, 2)])
def test_no_small_count_or_part_of_a_share_is_known_closely(seed: int, mean: float, streets: int) -> None:
    """Whatever is told of places, categories and measures, each small sum can still have many values."""
    town, under = random_town(seed, mean, streets), profile().suppress_under
    found = determined(town, told_of(town), under, room=under)
    assert found.small and not found.determined, found.determined[:5]


def test_the_solver_finds_shares_told_without_their_complements() -> None:
    """It can fail: each part that is told is large, and what is left for one place is not."""
    under = profile().suppress_under
    towns = [random_town(seed, 8) for seed in range(3)]
    assert any(determined(town, told_alone(town, under), under, room=under).determined for town in towns)


def told_alone(town: Town, under: int) -> list[Known]:
    """Return the shares of solved matters of each place that are large in themselves."""
    flat, parts = town.truth.ravel(), ("resolution_y", "resolution_n", "resolution_o")
    known: list[Known] = []
    for place, name in town.cells():
        values = [(sum_, round(town.line((place, name), sum_) @ flat)) for sum_ in parts]
        if not name and all(value == 0 or value >= under for _sum, value in values):
            known += [(place, name, sum_, value) for sum_, value in values]
    return known


def test_a_share_is_told_of_places_only_where_what_is_left_is_large() -> None:
    leaves = [(1,), (2,), (3,)]
    frame = Frame(leaves, ["01"], {place: [(0,)] for place in [(), *leaves]}, 5)
    late = np.array([[2], [6], [9]])
    parts = np.stack([late, 40 - late])
    assert set(frame.told(parts)) == {(), (3,)}
    assert set(frame.told(np.stack([late * 0, late * 0 + 40]))) == {(), *leaves}
    assert set(frame.told(parts, {(): [(0,)], (1,): [(0,)]})) == {()}
    assert frame.told(np.stack([late * 0 + 1, late])) == {}


def fill(ground: Ground, seed: int) -> None:
    """Write a month's matters that went every way."""
    dice = Random(seed)
    leaves = [area for area in ground.areas.values() if area.level in {"micro", "exclusive"}]
    for number in range(420):
        at = datetime(2026, 10, dice.randrange(1, 31), 4, tzinfo=UTC)
        known: dict[str, object] = {"reported_at": at, "category": dice.choice(CODES)}
        state = dice.choices(["new", "closed", "unsettled", "unattested", "unconfirmed"], [1, 12, 1, 1, 3])[0]
        known |= {"state": state, "responded_at": at + DAY * dice.choice([0.1, 0.1, 0.1, 0.1, 0.4])}
        if state != "new":
            known["solved_at"] = at + DAY * dice.choice([1, 1, 1, 1, 1, 3])
            known["closed_at"] = at + DAY * 4
        if state in {"closed", "unsettled"}:
            known["rating"] = 1 if state == "unsettled" else dice.choice([None, 2, 5, 5, 5])
        write(number, dice.choice(leaves), **known)
    sequence()
    advance()


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_asks_every_page_and_file_learns_no_small_count(
    ground: Ground, sign_in: Any, client: Client, seed: int
) -> None:
    """An overseer of the street asks of all areas, comparisons and categories, and reads the open page."""
    fill(ground, seed)
    under, now = profile().suppress_under, timezone.now()
    decide_all(now)
    overseer: Client = sign_in("party_overseer", ground["street"])
    rows = _counted(OCTOBER, now)
    town = town_of(rows, sorted({path_of(row) for row in rows}), CODES)
    learned = list(dict.fromkeys([*asked_of_pages(overseer, ground), *asked_of_everybody(client, ground)]))
    found = determined(town, learned, under, room=under)
    assert {sum_ for _place, _name, sum_, _value in learned} >= {"received", "resolution_of", "response_y"}
    assert found.small and not found.determined, found.determined[:5]


def path_of(row: dict[str, Any]) -> tuple[int, ...]:
    """Return the place of a row of counts."""
    return (row["district_id"], row["street_id"], row["community_id"], row["middle"], row["leaf_id"])


def asked_of_pages(overseer: Client, ground: Ground) -> Iterator[Known]:
    """Yield what figures of each area in the street tell, by every comparison and category; files alike."""
    areas = [area for area in ground.areas.values() if area.level != "district"]
    kinds = ("", *dict.fromkeys(code[:2] for code in CODES), *CODES)
    for area, by in product(areas, ("community", "general", "leaf", "category", "month")):
        for category in kinds if area.level == "street" else kinds[:2]:
            yield from answered(overseer, ground, area, by, category)


def answered(overseer: Client, ground: Ground, area: Area, by: str, category: str) -> Iterator[Known]:
    """Yield what one page tells; nothing where it answers another question, as this one is not told."""
    asked = {"area": area.code, "period": "2026-10", "by": by, "category": category}
    page = overseer.get("/figures/", asked).context
    if (page["asked"].by, page["asked"].category) == (by, category):
        yield from known_of(place_of(ground, area.code), category, page["figures"].total)
        yield from known_of_rows(ground, asked, page["figures"].rows)
        same_in_the_file(overseer, asked, page["figures"].rows)


def known_of_rows(ground: Ground, asked: dict[str, str], rows: Iterable[FigureRow]) -> Iterator[Known]:
    """Yield what the rows of a comparison tell."""
    for row in rows:
        if row.key == OUTSIDE:
            continue
        if asked["by"] in ("category", "month"):
            name = row.key if asked["by"] == "category" else asked["category"]
            yield from known_of(place_of(ground, asked["area"]), name, row.measures)
        else:
            yield from known_of(place_of(ground, row.key), asked["category"], row.measures)


def same_in_the_file(overseer: Client, asked: dict[str, str], rows: Any) -> None:
    """Assert that a file tells no number that its page does not."""
    file = overseer.get("/figures/export.csv", asked).content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(file)))[5:-1]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        shares = [getattr(row.measures, name) for name in NAMES]
        known = {str(count) for share in shares for count in (share.part, share.of)}
        rates = {str(round(100 * share.rate, 1)) for share in shares if share.rate is not None}
        assert {cell for cell in line[2:] if cell and cell[0].isdigit()} <= known | rates


def asked_of_everybody(client: Client, ground: Ground) -> Iterator[Known]:
    """Yield what the open page tells."""
    client.logout()
    found = client.get("/open/?month=2026-10").context["found"]
    yield from known_of((), "", found.total)
    for row in found.areas:
        if row.key != OUTSIDE:
            yield from known_of(place_of(ground, row.key), "", row.measures)
    for row in found.categories:
        if row.key != OUTSIDE:
            yield from known_of((), row.key, row.measures)


def place_of(ground: Ground, code: str) -> tuple[int, ...]:
    """Return the place of an area: the ids of the areas around it, and its own."""
    area = next(one for one in ground.areas.values() if one.code == code)
    around = (area.district_id, area.street_id, area.community_id, area.general_id)
    above = tuple(one for one in around if one is not None)
    if area.level == "exclusive":
        return (*above, area.pk, area.pk)
    return (*above, area.pk) if area.level == "micro" else above


def known_of(place: tuple[int, ...], category: str, measures: Measures) -> Iterator[Known]:
    """Yield the sums that a row tells."""
    for name in NAMES:
        share = getattr(measures, name)
        for which, value in (("of", share.of), ("part", share.part)):
            if value is not None:
                yield place, category, TOLD[f"{name}_{which}"], value


def test_an_overseer_is_told_of_no_opinions_and_of_no_categories_below_a_street(
    ground: Ground, sign_in: Any
) -> None:
    fill(ground, 1)
    decide_all(timezone.now())
    assert not serving("party_overseer", ground["street"]).holding("opinion.follow")
    assert set(ToldCell.objects.exclude(category="").values_list("level", flat=True)) == {
        "all",
        "district",
        "street",
    }
    page = sign_in("party_overseer", ground["c1"]).get("/figures/?period=2026-10").context["form"]
    assert "category" not in page.fields
    assert "category" not in [by for by, _word in page.fields["by"].choices]


def test_shares_are_told_where_they_tell_of_nobody(ground: Ground) -> None:
    """What is kept back is not everything: the street tells its rates, by its categories as well."""
    told = {name: 0 for name in RATED}
    for seed in range(4):
        for _place, category, sum_, _value in told_of(random_town(seed, 12)):
            told |= {name: told[name] + 1 for name in RATED if sum_ == f"{name}_of" and category}
    assert sum(told.values())
