"""What may be read of the one red line: grids, organisations and posts, never a resident (R10)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from shige.territory.lineage import lineage_of
from shige.territory.models import Area, GridVersion
from shige.trust.gate import Viewer, may, require, visible
from shige.trust.jurisdiction import profile
from shige.trust.queries import holders, today

from ..models import Standing
from ..rules import DEPTH, EVERYWHERE, GRID_LEVELS, holds
from .line import CommunityCoverage, Coverage, GridLine, Line, Overseer, Tied


def streets(viewer: Viewer) -> list[Area]:
    """Return the streets of which the viewer may see some part of the line, by name. One statement."""
    every = Area.objects.filter(level=Area.Level.STREET, kind=Area.Kind.DIVISION).order_by("sort_key", "code")
    scopes = viewer.holding("redline.see")
    if viewer.system or any(scope.level in EVERYWHERE for scope in scopes):
        return list(every)
    served = Area.objects.filter(pk__in=[scope.area for scope in scopes])
    districts = [scope.area for scope in scopes if scope.level == Area.Level.DISTRICT]
    return list(every.filter(Q(pk__in=served.values("street_id")) | Q(district_id__in=districts)))


def line_of_street(
    viewer: Viewer, street: int, day: date | None = None, community: int | None = None
) -> Line:
    """Return the one red line of a street on a day: what the viewer may see of it, in four statements.

    With a community, of that one alone.

    Grids with their names, ties and the holders of posts are those of the day.

    Raises
    ------
    PermissionDenied
        The viewer may see no line at all.
    """
    require(viewer, "redline.see")
    place = Area.objects.get(pk=street)
    day = day or today()
    areas = areas_on(viewer, street, day, community)
    standings = standings_from(viewer, street, day, community)
    bodies = bodies_on(viewer, standings, day)
    changing = changing_after(standings, max(day, today()))
    lines = LineBuilder(viewer, areas, (body for body in bodies if body.tied), changing).lines()
    every = tuple(node for line in lines for node in walk(line))
    known = {node.code for node in every}
    return Line(
        street=street,
        name=seen_part(viewer, place),
        grids=tuple(lines),
        coverage=tuple(coverage_of(every)),
        gaps=tuple(node for node in every if node.gap),
        without_overseer=tuple(body for body in bodies if body.tied and body.overseer is None),
        vacant=tuple(body for body in bodies if body.overseer is not None and not body.overseer.holder),
        stranded=tuple(body for body in bodies if body.tied and body.grid not in known),
        without_grid=tuple(body for body in bodies if not body.tied),
    )


def seen_part(viewer: Viewer, street: Area) -> str:
    """Return the name of what the viewer sees of a street: all of it, or the areas in it that they serve."""
    scopes = viewer.holding("redline.see")
    if viewer.system or any(DEPTH[scope.level] <= DEPTH[street.level] for scope in scopes):
        return street.name
    served = Area.objects.filter(pk__in=[scope.area for scope in scopes], street=street)
    return " · ".join([street.name, *served.order_by("sort_key", "code").values_list("name", flat=True)])


def areas_of(viewer: Viewer, street: int | None, community: int | None = None) -> QuerySet[Area]:
    """Return a street, its communities and their grids, or a community's, as the viewer may see them."""
    rows = Area.objects.annotate(leaf_id=F("pk"))
    here = Q(street_id=street) if community is None else Q(street_id=street, community_id=community)
    return rows.filter(visible(viewer, "redline.see"), here).order_by("sort_key", "code")


def divisions_of(viewer: Viewer, street: int) -> list[Area]:
    """Return the street and its communities, as far as the viewer may see them."""
    found = areas_of(viewer, street).filter(kind=Area.Kind.DIVISION)
    return sorted(found, key=lambda area: DEPTH[area.level])


def areas_on(viewer: Viewer, street: int, day: date, community: int | None) -> list[Area]:
    """Return the street, if the viewer may see it, and its grids of a day as they were called then."""
    held = FilteredRelation("versions", condition=Q(versions__valid__contains=day))
    rows = areas_of(viewer, street, community).annotate(held=held, called=F("held__name"))
    found = list(rows.filter(Q(held__isnull=False) | Q(pk=street)))
    for area in found:
        area.name = area.called or area.name
    return [*found]


def standings_from(viewer: Viewer, street: int, day: date, community: int | None) -> list[Standing]:
    """Return what the organisations of a street are on a day and later, as far as the viewer may see them."""
    seen = areas_of(viewer, street, community).order_by().values("pk")
    rows = Standing.objects.filter(area__in=seen, valid__overlap=DateRange(day, None))
    return list(rows.select_related("area", "overseer").order_by("area__sort_key", "area__code", "kind"))


def bodies_on(viewer: Viewer, standings: Iterable[Standing], day: date) -> list[Tied]:
    """Return the organisations as they stand on a day. One statement."""
    rows = [row for row in standings if day in row.valid]
    names = holders({row.overseer_id for row in rows if row.overseer_id is not None}, day)
    return [tied_of(viewer, row, names) for row in rows]


def top_standings(viewer: Viewer, street: int, day: date) -> list[Standing]:
    """Return the organisations of a street itself and of its community grids on a day. One statement."""
    seen = areas_of(viewer, street).order_by().filter(level__in=(Area.Level.STREET, Area.Level.COMMUNITY))
    rows = Standing.objects.filter(area__in=seen.values("pk"), tied=True, valid__contains=day)
    return list(rows.select_related("area", "overseer").order_by("kind"))


def changing_after(standings: Iterable[Standing], day: date) -> frozenset[int]:
    """Return the areas of which an organisation comes, changes or goes after a day."""
    later = (
        row.area_id
        for row in standings
        if row.tied and (row.valid.lower > day or (day in row.valid and row.valid.upper is not None))
    )
    return frozenset(later)


def tied_of(viewer: Viewer, row: Standing, names: dict[int, list[tuple[str, str]]]) -> Tied:
    """Return an organisation as it is read, with the service name of whoever holds its overseer's post."""
    overseer = None
    if row.overseer is not None:
        held = names.get(row.overseer.pk)
        overseer = Overseer(row.overseer.pk, row.overseer.name, held[0][0] if held else "")
    return Tied(
        id=row.organisation_id,
        name=row.name,
        kind=row.kind,
        grid=row.area.code,
        parent=row.parent_id,
        overseer=overseer,
        tied=row.tied,
        editable=may(viewer, "redline.edit", lineage_of(row.area)),
    )


class LineBuilder:
    """Puts the grids of a street under each other and their organisations to them."""

    def __init__(
        self, viewer: Viewer, areas: Iterable[Area], tied: Iterable[Tied], changing: Collection[int]
    ) -> None:
        self.viewer = viewer
        self.changing = changing
        self.pairs = {pair.oversees: pair for pair in profile().redline}
        divisions = self.pairs.keys() - GRID_LEVELS
        self.areas = [area for area in areas if area.kind == Area.Kind.GRID or area.level in divisions]
        self.tied: dict[str, list[Tied]] = defaultdict(list)
        for body in tied:
            self.tied[body.grid].append(body)
        self.below: dict[int | None, list[Area]] = defaultdict(list)
        self.place_areas()

    def place_areas(self) -> None:
        """Put each area below the nearest one that holds it."""
        upper: dict[tuple[str, int | None], Area] = {}
        for area in self.areas:
            upper[area.level, column(area, area.level)] = area
        for area in self.areas:
            over = (upper.get((level, column(area, level))) for level in ("general", "community", "street"))
            nearest = next((found for found in over if found is not None and holds(found, area)), None)
            self.below[nearest.pk if nearest else None].append(area)

    def lines(self) -> list[GridLine]:
        """Return the uppermost grids, each with all below it."""
        return [self.line(area, ()) for area in self.below[None]]

    def line(self, area: Area, above: tuple[Area, ...]) -> GridLine:
        """Return one grid with its organisations; ``above`` are the areas that hold it, nearest first."""
        own = tuple(self.tied[area.code])
        return GridLine(
            area=area.pk,
            code=area.code,
            name=area.name,
            level=area.level,
            organisations=own,
            stand_in=None if own else self.stand_in(area, above),
            expected=area.level in self.pairs,
            editable=may(self.viewer, "redline.edit", lineage_of(area)),
            planned=area.pk in self.changing,
            grids=tuple(self.line(child, (area, *above)) for child in self.below[area.pk]),
        )

    def stand_in(self, area: Area, above: tuple[Area, ...]) -> Tied | None:
        """Return the organisation that oversees a grid which has none, where its pair names a level."""
        pair = self.pairs.get(area.level)
        if pair is None or pair.otherwise is None:
            return None
        over = (held for held in above if held.level == pair.otherwise)
        return next((self.tied[held.code][0] for held in over if self.tied[held.code]), None)


def column(area: Area, level: str) -> int | None:
    """Return the id that areas of one ``level`` share with ``area``."""
    return {
        "street": area.street_id,
        "community": area.community_id,
        "general": area.general_id,
    }.get(level, area.pk)


def walk(line: GridLine) -> Iterator[GridLine]:
    """Yield a grid and everything below it."""
    yield line
    for below in line.grids:
        yield from walk(below)


def coverage_of(every: Iterable[GridLine]) -> Iterator[Coverage]:
    """Yield for each level that the profile's pairs name how many of its grids are overseen."""
    by_level: dict[str, list[GridLine]] = defaultdict(list)
    for node in every:
        by_level[node.level].append(node)
    for level in dict.fromkeys(pair.oversees for pair in profile().redline):
        nodes = by_level[level]
        yield Coverage(
            level=level,
            covered=sum(node.covered for node in nodes),
            total=len(nodes),
            stood_in=sum(node.stand_in is not None for node in nodes),
        )


def coverage_by_community(viewer: Viewer, level: str) -> list[CommunityCoverage]:
    """Count the grids of a level seen by the viewer, and those without an organisation. One statement."""
    current = GridVersion.objects.filter(area=OuterRef("pk"), valid__contains=today())
    own = Standing.objects.filter(area=OuterRef("pk"), tied=True, valid__contains=today())
    rows = Area.objects.annotate(leaf_id=F("pk")).filter(visible(viewer, "redline.see"), Exists(current))
    counts = (
        rows.filter(kind=Area.Kind.GRID, level=level)
        .annotate(tied=Exists(own))
        .values("community__code", "community__name", "street__code")
        .annotate(grids=Count("pk"), without=Count("pk", filter=Q(tied=False)))
    )
    return [
        CommunityCoverage(row["community__name"], row["street__code"] or "", row["grids"], row["without"])
        for row in counts.order_by("community__code")
    ]
