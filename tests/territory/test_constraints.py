"""What the database itself refuses (R1, R5)."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange

from shige.territory.models import Area, GridVersion, Placement, Plan

from .conftest import first_of

OPEN = DateRange(date(2020, 1, 1), None)


def copy_of(version: GridVersion, **changes: Any) -> GridVersion:
    fields = {field.attname: getattr(version, field.attname) for field in GridVersion._meta.concrete_fields}
    return GridVersion(**{**fields, "id": None, **changes})


def refused(row: Any) -> bool:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return True
    return False


def test_two_versions_of_a_grid_do_not_overlap(divided: Plan) -> None:
    version = GridVersion.objects.filter(level="micro")[0]
    assert refused(copy_of(version, valid=OPEN))
    assert not refused(copy_of(version, valid=DateRange(date(2019, 1, 1), date(2020, 1, 1))))


def test_a_community_has_one_community_grid_at_a_time(divided: Plan) -> None:
    root = GridVersion.objects.filter(level="community").select_related("area")[0]
    other = Area.objects.create(
        kind="grid", level="community", code=f"{root.area.code[:12]}099999", name="又一总网格", sort_key="x"
    )
    assert refused(copy_of(root, area_id=other.pk, valid=OPEN))


def test_a_code_is_never_reused(divided: Plan) -> None:
    used = first_of("micro")
    assert refused(Area(kind="grid", level="micro", code=used.code, name="x", sort_key="x"))


@pytest.mark.parametrize(
    ("kind", "level", "code"),
    [
        ("division", "community", "99010100100"),
        ("grid", "micro", "990101001001"),
        ("grid", "micro", "990101001001100009"),
        ("grid", "general", "990101001001200009"),
        ("grid", "street", "990101001001000009"),
    ],
)
def test_a_code_fits_its_kind_and_level(db: None, kind: str, level: str, code: str) -> None:
    assert refused(Area(kind=kind, level=level, code=code, name="x", sort_key="x"))


@pytest.mark.parametrize(
    ("entrances", "floors", "valid"),
    [
        ((1, None), (1, None), (2020, None)),
        ((1, 2), (3, 4), (2020, None)),
        ((1, None), (5, None), (2020, 2100)),
    ],
)
def test_a_door_lies_in_one_leaf_grid(divided: Plan, entrances: Any, floors: Any, valid: Any) -> None:
    held = Placement.objects.filter(entrances__upper_inf=True)[0]
    end = date(valid[1], 1, 1) if valid[1] else None
    other = Placement(
        building_id=held.building_id,
        leaf=first_of("exclusive"),
        entrances=NumericRange(*entrances),
        floors=NumericRange(*floors),
        valid=DateRange(date(valid[0], 1, 1), end),
    )
    assert refused(other)


def test_an_area_with_posts_or_grids_cannot_be_deleted(divided: Plan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        first_of("general").delete()
