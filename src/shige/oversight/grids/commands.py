"""Decide once a night what overseers are told is late: asking again tells nothing (R10, P8)."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Left
from django.utils.timezone import localdate, make_aware

from shige.matters import clock
from shige.matters.categories import is_unsorted
from shige.matters.models import Matter, Step
from shige.trust.commands import kept_alike
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ..models import ToldCase, ToldGrid, ToldNight
from ..reach import NEIGHBOURS, named_today
from .countable import countable

WEEK: Final = timedelta(days=7)
SPAN: Final = 13 * WEEK
"""A category of a grid is told of once so many people reported one within these weeks, or wait still."""

TOP: Final = 2
"""Digits of a top category."""

COLUMNS: Final = ("pk", "middle", "leaf", "top", "category", "reopened", "running", "next_at")
"""All that is read of a matter."""

AT_ONCE: Final = 200
WITHDRAWN: Final = "withdraw"

Cell = tuple[int, str]


@transaction.atomic
def tell_night(viewer: Viewer) -> bool:
    """Decide what overseers are told until the next night; say whether this day was not decided before.

    What has become late shows once its week is over, what ends is gone the next night, and both are counted
    of people: whoever reports often, or takes back what they reported, reaches no least count alone.

    Raises
    ------
    PermissionDenied
        Somebody else than the program itself asks.
    """
    if not viewer.system:
        raise PermissionDenied("only the program itself decides what overseers are told")
    day = localdate(clock.now())
    if ToldNight.objects.filter(day=day).exists():
        return False
    monday = make_aware(datetime.combine(day - timedelta(days=day.weekday()), time.min))
    rows = _troubled(monday)
    near = list(named_today().filter(area__level__in=NEIGHBOURS).values_list("area", flat=True))
    kinds, leaves = _people(monday, {row["middle"] for row in rows}, near)
    enough = profile().suppress_under
    told, kept = list[dict[str, Any]](), set[int]()
    for row in rows:
        if kinds.get((row["middle"], row["top"]), 0) >= enough and not is_unsorted(row["category"]):
            told.append(row)
        else:
            kept.add(row["middle"])
    ToldNight.objects.all().delete()
    night = ToldNight.objects.create(day=day)
    ToldCase.objects.bulk_create((_case(night, row, monday) for row in told), batch_size=1000)
    troubled = {row["leaf"] for row in rows}
    grids = [ToldGrid(night=night, area_id=area, near=False, late=True) for area in kept]
    grids += [
        ToldGrid(night=night, area_id=area, near=True, late=area in troubled)
        for area in near
        if leaves.get(area, 0) >= enough
    ]
    ToldGrid.objects.bulk_create(grids, batch_size=1000)
    return True


def _troubled(monday: datetime) -> list[dict[str, Any]]:
    """Return what was late when the week began, or was reopened, and still is open."""
    late = Q(running=True, next_at__lt=monday)
    found = countable().filter(late | Q(reopened__gt=0), open=True, leaf__isnull=False)
    placed = found.annotate(middle=Coalesce("general_id", "leaf_id"), top=Left("category", TOP))
    rows: list[dict[str, Any]] = list(placed.values(*COLUMNS))
    return rows


def _case(night: ToldNight, row: Mapping[str, Any], monday: datetime) -> ToldCase:
    late = row["running"] and row["next_at"] < monday
    return ToldCase(
        night=night,
        matter_id=row["pk"],
        grid_id=row["middle"],
        code=row["top"],
        late=late,
        reopened=row["reopened"] > 0,
        weeks=(monday - row["next_at"]) // WEEK if late else 0,
    )


def _people(
    monday: datetime, middles: Iterable[int], leaves: Iterable[int]
) -> tuple[dict[Cell, int], dict[int, int]]:
    """Count who reported something in closed weeks that an office took in hand: by kind, and by small grid.

    People are told apart by the telephone that they left, as it is kept; without one somebody counts nowhere.
    """
    span = Q(open=True) | Q(reported_at__gte=monday - SPAN)
    taken_back = Step.objects.filter(matter=OuterRef("pk"), action=WITHDRAWN)
    found = countable().filter(span, reported_at__lt=monday, phone_handle__isnull=False)
    found = found.exclude(state=Matter.State.NEW).exclude(Exists(taken_back))
    placed = found.annotate(middle=Coalesce("general_id", "leaf_id"), top=Left("category", TOP))
    here = placed.filter(Q(middle__in=list(middles)) | Q(leaf__in=list(leaves)))
    rows = list(here.values_list("middle", "leaf", "top", "phone_handle"))
    who = _alike([handle for *_place, handle in rows if handle])
    kinds, small = defaultdict[Cell, set[bytes]](set), defaultdict[int, set[bytes]](set)
    for middle, leaf, top, handle in rows:
        if handle in who:
            kinds[middle, top].add(who[handle])
            small[leaf].add(who[handle])
    by_kind = {cell: len(people) for cell, people in kinds.items()}
    return by_kind, {leaf: len(people) for leaf, people in small.items()}


def _alike(handles: list[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    found: dict[uuid.UUID, bytes] = {}
    for start in range(0, len(handles), AT_ONCE):
        found |= kept_alike(handles[start : start + AT_ONCE])
    return found
