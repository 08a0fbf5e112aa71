"""Import the official tree of divisions, and make what an import of buildings needs of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from pypinyin import lazy_pinyin

from shige.geo.codes import WITHOUT_COUNTIES
from shige.trust.commands import record
from shige.trust.gate import Viewer, require

from ...facts import DivisionListed
from ...lineage import lineage_of
from ...models import Area
from ..divisions import LEVELS, DivisionRow, is_village, level_of, parent_code

OWN_COLUMNS = frozenset({Area.Level.DISTRICT, Area.Level.STREET, Area.Level.COMMUNITY})


@dataclass(frozen=True, slots=True)
class DivisionsImported:
    """How many divisions an import added, renamed, and found as they were."""

    added: int
    renamed: int
    unchanged: int


@transaction.atomic
def import_divisions(viewer: Viewer, rows: Iterable[DivisionRow]) -> DivisionsImported:
    """Add divisions and give known ones the name of the file; nothing is ever removed.

    Parents are found by the codes' prefixes; one that neither the file nor the database holds is made,
    named by its code, until the file that names it is imported.
    """
    listed = {row.code: row for row in rows}
    known = Area.objects.select_for_update().order_by("code").in_bulk(list(listed), field_name="code")
    renamed = [area for code, area in known.items() if area.name != listed[code].name]
    for area in renamed:
        area.name = listed[area.code].name
        area.sort_key = sort_key(area.name)
        area.version += 1
    Area.objects.bulk_update(renamed, ["name", "sort_key", "version"], batch_size=500)
    made = make_divisions({row.code: row.name for row in listed.values()})
    added = [area for area in made if area.code in listed]
    for verb, areas in (("division.added", added), ("division.renamed", renamed)):
        for area in areas:
            require(viewer, "territory.import", lineage_of(area))
            fact = DivisionListed(code=area.code)
            record(viewer, verb, "area", area.pk, area.version, lineage_of(area), fact)
    return DivisionsImported(len(added), len(renamed), len(known) - len(renamed))


def make_divisions(names: Mapping[str, str], rural: Collection[str] = ()) -> list[Area]:
    """Make those of the divisions, and of all that hold them, that are missing; return what was made.

    A city without counties is the district of its own streets.
    """
    wanted = dict.fromkeys(names)
    for code in names:
        above = parent_code(code)
        while above is not None:
            wanted[above] = None
            above = parent_code(above)
    known = Area.objects.in_bulk(list(wanted), field_name="code")
    made: list[Area] = []
    for level in LEVELS.values():
        missing = sorted(code for code in wanted if code not in known and level_of(code) == level)
        fresh = Area.objects.bulk_create(
            (
                new_division(code, names.get(code, spoken(code)), code in rural or is_village(code), known)
                for code in missing
            ),
            1000,
        )
        if level == Area.Level.CITY:
            standing_in = [area for area in fresh if area.code[:4] in WITHOUT_COUNTIES]
            Area.objects.filter(pk__in=[area.pk for area in standing_in]).update(district=F("pk"))
            for area in standing_in:
                area.district_id = area.pk
        if level in OWN_COLUMNS:
            Area.objects.filter(pk__in=[area.pk for area in fresh]).update(**{level: F("pk")})
            for area in fresh:
                setattr(area, f"{level}_id", area.pk)
        known |= {area.code: area for area in fresh}
        made += fresh
    return made


def new_division(code: str, name: str, rural: bool, known: Mapping[str, Area]) -> Area:
    """Return one division, not yet saved, under its parent."""
    above = parent_code(code)
    parent = known[above] if above else None
    area = Area(
        kind=Area.Kind.DIVISION,
        level=level_of(code),
        code=code,
        name=name,
        sort_key=sort_key(name),
        rural=rural,
        parent=parent,
    )
    if parent:
        area.district_id, area.street_id = parent.district_id, parent.street_id
    return area


def spoken(code: str) -> str:
    """Return the name of a division whose name is not known yet: its code without the padding."""
    above = parent_code(code)
    digits: dict[str | None, int] = {
        None: 2,
        Area.Level.PROVINCE: 4,
        Area.Level.CITY: 6,
        Area.Level.DISTRICT: 9,
        Area.Level.STREET: 12,
    }
    return code[: digits[level_of(above) if above else None]]


def sort_key(name: str) -> str:
    """Return the name in pinyin, by which lists are sorted: the database has no Chinese collation."""
    return " ".join(lazy_pinyin(name)).lower()[:200]
