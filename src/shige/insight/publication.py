"""Decide once what may be told of a month, and keep it: afterwards nobody learns from a change (P8)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
from django.db import connection, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from shige.trust.jurisdiction import profile

from .cube import ALL, Cube, Path, named, top_of
from .measures import NAMES, aggregates
from .models import CaseFact, ToldCell, ToldMonth
from .periods import Closed, closed_periods

LEVELS: Final = ("all", "district", "street", "community", "general", "leaf")
COLUMNS: Final = ("district_id", "street_id", "community_id", "general_id", "leaf_id")
LOCK: Final = 0x746F6C64
"""Key of the advisory lock under which a month is decided: two requests at once decide once."""


def told_periods() -> list[Closed]:
    """Return the periods whose figures may leave the office, as the profile says."""
    rules = profile()
    return closed_periods(rules.told_periods, timezone.localdate(), rules.told_after_days)


def published(months: Iterable[date], as_of: datetime) -> list[ToldMonth]:
    """Return what was decided of each month, deciding it where nobody has asked before."""
    wanted = list(months)
    known = {month.first: month for month in ToldMonth.objects.filter(pk__in=wanted)}
    return [known.get(first) or _decide(first, as_of) for first in wanted]


def decide_all(as_of: datetime) -> int:
    """Decide every closed month that nobody has asked for yet, so that no reader waits; return how many."""
    months = {month for one in told_periods() for month in one.months}
    known = ToldMonth.objects.count()
    published(sorted(months), as_of)
    return ToldMonth.objects.count() - known


@transaction.atomic
def _decide(first: date, as_of: datetime) -> ToldMonth:
    """Decide a month and keep it; while its figures lag behind, nothing of it is told and nothing is kept."""
    if as_of < _bounds(first)[1]:
        return ToldMonth(first=first, as_of=as_of)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if (done := ToldMonth.objects.filter(pk=first).first()) is not None:
        return done
    counted = _counted(first, as_of)
    month = ToldMonth.objects.create(first=first, as_of=as_of, empty=not counted)
    if counted:
        ToldCell.objects.bulk_create(_cells(month, counted), batch_size=2000)
    return month


def _counted(first: date, as_of: datetime) -> list[dict[str, Any]]:
    """Count a month's matters by leaf and category; sealed ones are left out, as a neighbour knows whom."""
    begin, end = _bounds(first)
    cases = CaseFact.objects.filter(sealed=0, reported_at__gte=begin, reported_at__lt=end)
    # An exclusive grid lies in no general one and stands in its place.
    placed = cases.annotate(middle=Coalesce("general_id", "leaf_id"))
    keys = ("district_id", "street_id", "community_id", "middle", "leaf_id", "category")
    return list(placed.order_by(*keys).values(*keys).annotate(**aggregates(as_of)))


def _bounds(first: date) -> tuple[datetime, datetime]:
    """Return the first moment of a month and the first one after it."""
    after = (first + timedelta(days=31)).replace(day=1)
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, after))
    return begin, end


def _cells(month: ToldMonth, counted: list[dict[str, Any]]) -> list[ToldCell]:
    leaves = list(dict.fromkeys(_path(row) for row in counted))
    codes = sorted({row["category"] for row in counted})
    at_leaf, at_code = ({key: at for at, key in enumerate(keys)} for keys in (leaves, codes))
    counts = {
        f"{name}_{part}": np.zeros((len(leaves), len(codes)), np.int64)
        for name in NAMES
        for part in ("of", "part")
    }
    for row in counted:
        for name, table in counts.items():
            table[at_leaf[_path(row)], at_code[row["category"]]] += row[name]
    under = profile().suppress_under
    told = {name: Cube(leaves, codes, counts[f"{name}_of"]).told(under) for name in NAMES}
    found = []
    for place, categories in told["open"].items():
        if place and place[-1] is None:
            continue
        rows = [at for at, leaf in enumerate(leaves) if leaf[: len(place)] == place]
        for category in sorted(categories):
            columns = [at for at, code in enumerate(codes) if category in (ALL, top_of(code), named(code))]
            sums = {name: int(table[np.ix_(rows, columns)].sum()) for name, table in counts.items()}
            shown = {"open_of": sums["open_of"]}
            for name in NAMES[1:]:
                if category in told[name].get(place, ()):
                    shown |= {key: sums[key] for key in (f"{name}_of", f"{name}_part")}
            found.append(_cell(month, place, category, shown))
    return found


def _path(row: dict[str, Any]) -> Path:
    return (row["district_id"], row["street_id"], row["community_id"], row["middle"], row["leaf_id"])


def _cell(month: ToldMonth, place: Path, category: str, shown: dict[str, int]) -> ToldCell:
    areas = dict(zip(COLUMNS, place, strict=False))
    return ToldCell(
        month=month,
        level=LEVELS[len(place)],
        area=place[-1] if place else None,
        category=category,
        **areas,
        **shown,
    )
