"""Decide once what may be told of a month, and keep it: afterwards nobody learns from a change (P8)."""

from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
from django.db import connection, transaction
from django.db.models import Min
from django.db.models.functions import Coalesce
from django.utils import timezone

from shige.trust.jurisdiction import profile

from .cube import ALL, Counts, Cube, Path, named
from .guarded import counted_guarded
from .measures import NAMES, RATED, aggregates
from .models import CaseFact, ToldCell, ToldMonth
from .partition import Partition, top_of
from .periods import Closed, closed_periods
from .shares import Frame

LEVELS: Final = ("all", "district", "street", "community", "general", "leaf")
COLUMNS: Final = ("district_id", "street_id", "community_id", "general_id", "leaf_id")
DEEPEST: Final = LEVELS.index("street")
"""Categories are told of streets and wider places. If communities told them as well, all places would have to
tell their shares by the same few blocks of categories (``shares``): mostly of all of them together."""

LOCK: Final = 0x746F6C64
"""Key of the advisory lock under which a month is decided: two requests at once decide once."""


def told_periods() -> list[Closed]:
    """Return the periods whose figures may leave the office, as the profile says."""
    rules = profile()
    return closed_periods(rules.told_periods, timezone.localdate(), rules.told_after_days)


def periods_with_matters() -> list[Closed]:
    """Return the periods that may be told since the first matter came in; the last one where none has."""
    every = told_periods()
    first = CaseFact.objects.aggregate(first=Min("reported_at"))["first"]
    begun = timezone.localtime(first).date().replace(day=1) if first else None
    return [one for one in every if begun and max(one.months) >= begun] or every[:1]


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
    guarded = counted_guarded(*_bounds(first))
    month = ToldMonth.objects.create(first=first, as_of=as_of, empty=not counted, guarded=guarded)
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
    cube = Cube(leaves, codes, counts["open_of"], DEEPEST)
    frame = Frame(leaves, codes, cube.blocks(under), under)
    shares = {
        name: {place: cube.names(blocks) for place, blocks in told.items()}
        for name, told in _shares(frame, counts).items()
    }
    found = []
    for place, blocks in frame.blocks.items():
        if place and place[-1] is None:
            continue
        rows = [at for at, leaf in enumerate(leaves) if leaf[: len(place)] == place]
        for category in sorted(cube.names(blocks)):
            columns = [at for at, code in enumerate(codes) if category in (ALL, top_of(code), named(code))]
            sums = {name: int(table[np.ix_(rows, columns)].sum()) for name, table in counts.items()}
            told = {name for name in NAMES if category in shares[name].get(place, ())}
            found.append(_cell(month, place, category, _shown(sums, told)))
    return found


def _shares(frame: Frame, counts: Mapping[str, Counts]) -> dict[str, dict[Path, Partition]]:
    """Return where each measure's share is told, those that bound others first (``measures.aggregates``).

    Whoever rated had a result that counts as solved or not; what is open is neither rated nor confirmed; what
    nobody could confirm is closed, unrated and not solved; what is late is open and not solved. Such a share
    is told only where the one around it is, as both together tell of the rest.
    """
    received, still_open = counts["open_of"], counts["open_part"]
    late, unattested = counts["late_part"], counts["unconfirmable_part"]
    told = {name: frame.told(_thirds(counts, name)) for name in ("response", "resolution")}
    solved, unsolved, _undecided = _thirds(counts, "resolution")
    content, discontent, unrated = _thirds(counts, "satisfaction")
    told["satisfaction"] = frame.told(
        _rests(content, discontent, unrated, solved + unsolved - content - discontent), told["resolution"]
    )
    told["open"] = frame.told(
        _rests(still_open, unrated - still_open, received - solved - still_open), told["satisfaction"]
    )
    closed = received - still_open
    told["unconfirmable"] = frame.told(
        _rests(unattested, *(around - unattested for around in (closed, unrated - still_open, unsolved))),
        told["open"],
    )
    told["late"] = frame.told(
        _rests(late, still_open - late, unsolved - unattested - late), told["unconfirmable"]
    )
    return told


def _thirds(counts: Mapping[str, Counts], name: str) -> Counts:
    """Return what is in the part of a measure, what is in its base alone, and what is in neither."""
    of, part = counts[f"{name}_of"], counts[f"{name}_part"]
    return np.stack([part, of - part, counts["open_of"] - of])


def _rests(*counts: Counts) -> Counts:
    """Return counts one above the other; where one is below 0, it is no part of what it was taken from."""
    return np.maximum(np.stack(counts), 0)


def _shown(sums: Mapping[str, int], told: Container[str]) -> dict[str, int]:
    """Return the counts of a cell that are told; what is open is told as the base of what is late."""
    shown = {"open_of": sums["open_of"]}
    if "open" in told:
        shown["late_of"] = sums["open_part"]
    if "late" in told:
        shown["late_part"] = sums["late_part"]
    for name in (*RATED, "unconfirmable"):
        if name in told:
            shown |= {key: sums[key] for key in (f"{name}_of", f"{name}_part")}
    return shown


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
