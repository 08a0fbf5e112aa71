"""Found the organisations of a table, all or none; what stands there already is passed over (R9, R46)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from shige.tables.text import plain
from shige.territory.intake.faults import Fault
from shige.territory.lineage import lineage_of
from shige.territory.models import Area, GridVersion
from shige.trust.bulk_insert import insert_many
from shige.trust.commands import record_all
from shige.trust.gate import Viewer, may, require, visible
from shige.trust.models import Appointment, Post
from shige.trust.queries import today

from ..facts import OrganisationChanged
from ..models import Change, Organisation, Standing
from ..rules import DEPTH, GRID_LEVELS, SEATS, overseer_roles, pair_of, serves
from .checks import AHEAD, checked_reason, day_name
from .duty import set_overseers
from .table import OrganisationTable, Written

AT_ONCE: Final = 5000


class FaultyTableError(Exception):
    """Nothing of a table was taken over; ``faults`` say by row what is to be mended."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


@dataclass(slots=True)
class Place:
    """One organisation where it stands or is to stand; ``key`` is its id, once it has one."""

    name: str
    kind: str
    area: Area
    tied: bool
    since: date
    key: int = 0
    above: "Place | None" = None
    overseer: Post | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table would do: the organisations to be founded, how many are known already, and its faults.

    ``overseen`` are those among the known ones that get another overseer.
    """

    places: tuple[Place, ...]
    known: int
    faults: tuple[Fault, ...]
    overseen: tuple[tuple[Standing, Post], ...] = ()

    @property
    def overseers(self) -> int:
        """How many organisations get an overseer, founded or known."""
        return len(self.overseen) + sum(place.overseer is not None for place in self.places)


def understood(viewer: Viewer, table: OrganisationTable) -> Reading:
    """Find grid and organisation above of each row, in the area in which the viewer may edit.

    Eight statements, however long the table is.
    """
    require(viewer, "redline.edit")
    return _Finder(viewer, table).reading()


@transaction.atomic
def found_all(viewer: Viewer, table: OrganisationTable, reason: str) -> Reading:
    """Found every organisation of a table that is not there yet, and name the overseers of all.

    Raises
    ------
    FaultyTableError
        What is wrong, by row; nothing was saved.
    ValidationError
        No reason is given.
    """
    reason = checked_reason(reason)
    reading = understood(viewer, table)
    if reading.faults:
        raise FaultyTableError(reading.faults)
    for place, key in zip(reading.places, _next_keys(len(reading.places)), strict=True):
        place.key = key
    Organisation.objects.bulk_create(
        [Organisation(pk=place.key, kind=place.kind) for place in reading.places], batch_size=AT_ONCE
    )
    insert_many([_standing(place) for place in reading.places])
    founded = Change.Kind.FOUNDED
    insert_many(
        [
            Change(
                organisation_id=place.key, kind=founded, on=place.since, after=place.name, reason=reason,
                person_id=viewer.person,
            )
            for place in reading.places
        ]
    )  # fmt: skip
    told = ((place.key, 1, lineage_of(place.area), _fact(place)) for place in reading.places)
    record_all(viewer, "organisation.added", "organisation", told)
    set_overseers(viewer, reading.overseen, reason)
    return reading


class _Finder:
    """Reads what stands there once, and finds for each row its grid and the organisation above."""

    def __init__(self, viewer: Viewer, table: OrganisationTable) -> None:
        self.viewer, self.table = viewer, table
        self.faults = list(table.faults)
        rows = Area.objects.annotate(leaf_id=F("pk")).filter(visible(viewer, "redline.edit"))
        in_force = GridVersion.objects.filter(area=OuterRef("pk"), valid__contains=today())
        self.areas = {area.code: area for area in rows.annotate(in_force=Exists(in_force))}
        self.by_pk = {area.pk: area for area in self.areas.values()}
        self.grids: dict[tuple[str, str], list[Area]] = {}
        for area in self.areas.values():
            if area.in_force:
                self.grids.setdefault((area.level, plain(area.name)), []).append(area)
        self.held: dict[tuple[int, str], list[Standing]] = {}
        self.named: dict[tuple[str, str, int | None], list[Place]] = {}
        self.seated: dict[tuple[int, str, str], Standing] = {}
        self.posts = overseers_by_name() if any(row.overseer for row in table.rows) else {}
        for standing in Standing.objects.filter(area__in=rows.values("pk")):
            self._know(standing)

    def _know(self, standing: Standing) -> None:
        """Keep what stands there."""
        area = self.by_pk[standing.area_id]
        if standing.tied:
            self.held.setdefault((area.pk, standing.kind), []).append(standing)
        if standing.valid.upper is None:
            place = Place(
                standing.name, standing.kind, area, standing.tied, standing.valid.lower or today(),
                standing.organisation_id,
            )  # fmt: skip
            self._name(place)
            if not standing.tied:
                self.seated[area.pk, standing.kind, plain(standing.name)] = standing

    def _name(self, place: Place) -> None:
        """Let an organisation be found by its name from whatever lies in its area, as ``holds`` asks."""
        level = place.area.level
        key = plain(place.name), level, lineage_of(place.area).at(level)
        self.named.setdefault(key, []).append(place)

    def reading(self) -> Reading:
        """Return what the table would do."""
        placed = [(written, place) for written in self.table.rows if (place := self._place(written))]
        new, first = [], dict[tuple[int, str, str], int]()
        overseen: list[tuple[Standing, Post]] = []
        for written, place in placed:
            once = (place.area.pk, place.kind, "" if place.tied else plain(place.name))
            if once in first:
                said = _("Row %(first)d already names an organisation of this kind for it.")
                self._fault(written, self._grid_column(written), said % {"first": first[once]})
                continue
            first[once] = written.row
            place.overseer = self._overseer(written, place)
            known = self._known(written, place)
            if known is None:
                new.append((written, place))
                self._name(place)
            elif place.overseer is not None and place.overseer.pk != known.overseer_id:
                if known.valid.lower is not None and known.valid.lower > today():
                    said = _("%(name)s begins on %(day)s only.")
                    told = {"name": known.name, "day": day_name(known.valid.lower)}
                    self._fault(written, "overseer", said % told)
                known.area = place.area
                overseen.append((known, place.overseer))
        for written, place in new:
            if written.above:
                place.above = self._above(written, place)
        self.faults.sort(key=lambda fault: fault.row)
        places = tuple(place for _row, place in new)
        return Reading(places, len(placed) - len(new), tuple(self.faults), tuple(overseen))

    def _place(self, written: Written) -> Place | None:
        """Return where an organisation is to stand; None where that cannot be said."""
        level = pair_of(written.kind).oversees
        area = self._area(written, level)
        if area is None:
            return None
        tied = area.level == level and (area.kind == Area.Kind.GRID) == (level in GRID_LEVELS)
        if not tied and (area.kind == Area.Kind.GRID or area.level not in SEATS):
            said = _("%(area)s is not of the level that organisations of this kind oversee.")
            self._fault(written, self._grid_column(written), said % {"area": area.name})
            return None
        since = written.since or today()
        if since > today() + AHEAD:
            self._fault(written, "since", _("This day is more than a year ahead."))
            return None
        return Place(written.name, written.kind, area, tied, since, row=written.row)

    def _area(self, written: Written, level: str) -> Area | None:
        if written.grid:
            code = written.grid.ljust(12, "0")
            if code not in self.areas:
                said = _("There is no grid, street or community with the code “%(code)s” in your area.")
                self._fault(written, "grid", said % {"code": written.grid})
            return self.areas.get(code)
        found = self.grids.get((level, plain(written.grid_name)), [])
        if len(found) == 1:
            return found[0]
        said = _("Several grids are called “%(name)s”; please write the code of the one that is meant.")
        none = _("There is no grid in force called “%(name)s” in your area, of the level of this kind.")
        self._fault(written, "grid_name", (said if found else none) % {"name": written.grid_name})
        return None

    def _known(self, written: Written, place: Place) -> Standing | None:
        """Return the organisation where it stands there already; name another one that takes its grid."""
        if not place.tied:
            return self.seated.get((place.area.pk, place.kind, plain(place.name)))
        held = self.held.get((place.area.pk, place.kind), [])
        for standing in held:
            if standing.valid.upper is None and plain(standing.name) == plain(place.name):
                return standing
        for standing in held:
            if standing.valid.upper is not None and standing.valid.upper <= place.since:
                continue
            said = _("%(area)s already has %(name)s, of the same kind.")
            told = {"area": place.area.name, "name": standing.name}
            self._fault(written, self._grid_column(written), said % told)
            return None
        return None

    def _overseer(self, written: Written, place: Place) -> Post | None:
        """Return the post that a row names as overseer, by its own name or by its holder's."""
        if not written.overseer:
            return None
        told = {"name": written.overseer, "area": place.area.name}
        if not may(self.viewer, "redline.oversee", lineage_of(place.area)):
            self._fault(written, "overseer", _("The street names overseers; please leave this empty."))
            return None
        found = self.posts.get(plain(written.overseer), [])
        found = [post for post in found if serves(post.area, place.area)]
        if len(found) == 1:
            return found[0]
        said = _("Several posts of overseers of %(area)s are called “%(name)s”.")
        none = _("No open post of an overseer that serves %(area)s is called “%(name)s”.")
        self._fault(written, "overseer", (said if found else none) % told)
        return None

    def _above(self, written: Written, place: Place) -> Place | None:
        """Return the nearest organisation of a name that oversees an area above."""
        lineage, depth = lineage_of(place.area), DEPTH[place.area.level]
        levels = sorted((level for level in DEPTH if DEPTH[level] < depth), key=lambda level: -DEPTH[level])
        keys = ((plain(written.above), level, lineage.at(level)) for level in levels)
        above = next((self.named[key] for key in keys if key in self.named), [])
        if len(above) != 1:
            said = _("Several organisations called “%(name)s” oversee an area above it.")
            none = _("No organisation called “%(name)s” oversees an area above it, here or in the table.")
            self._fault(written, "above", (said if above else none) % {"name": written.above})
            return None
        if above[0].since > place.since and (above[0].row or not self._stood(above[0], place.since)):
            said = _("%(name)s begins on %(day)s only.")
            told = {"name": above[0].name, "day": day_name(above[0].since)}
            self._fault(written, "since", said % told)
        return above[0]

    def _stood(self, place: Place, on: date) -> bool:
        """Say whether an organisation was there on a day, under whatever name."""
        return Standing.objects.filter(organisation=place.key, valid__contains=on).exists()

    def _grid_column(self, written: Written) -> str:
        return "grid" if written.grid else "grid_name"

    def _fault(self, written: Written, column: str, said: str) -> None:
        self.faults.append(Fault(written.row, self.table.headers[column], said))


def overseers_by_name() -> dict[str, list[Post]]:
    """Return the open posts of overseers by their own name and by that of whoever holds them today."""
    rows = Post.objects.filter(role__in=overseer_roles(), closed_at=None).select_related("area")
    posts = {post.pk: post for post in rows}
    held = Appointment.objects.in_force(today()).filter(post__in=posts)
    named = {(plain(post.name), post.pk) for post in posts.values()}
    named |= {(plain(name), post) for post, name in held.values_list("post", "person__service_name")}
    found: dict[str, list[Post]] = {}
    for name, pk in sorted(named):
        found.setdefault(name, []).append(posts[pk])
    return found


def _standing(place: Place) -> Standing:
    return Standing(
        organisation_id=place.key, kind=place.kind, name=place.name, area_id=place.area.pk, tied=place.tied,
        parent_id=place.above.key if place.above else None, overseer=place.overseer,
        valid=DateRange(place.since, None),
    )  # fmt: skip


def _fact(place: Place) -> OrganisationChanged:
    return OrganisationChanged(
        kind=place.kind, area=place.area.pk, parent=place.above.key if place.above else None,
        overseer=place.overseer.pk if place.overseer else None, on=place.since.isoformat(), tied=place.tied,
    )  # fmt: skip


def _next_keys(count: int) -> Iterable[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Organisation._meta.db_table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]
