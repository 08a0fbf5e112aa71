"""Puts the fictional sample into an empty database: ground, grids, team and Party organisations."""

from collections import Counter
from datetime import date, timedelta

from shige.division.input import read_units
from shige.profile import RedlinePair
from shige.redline.models import Standing
from shige.redline.organisations.commands import found
from shige.redline.organisations.writing import Decision
from shige.sample import PartyOrganisation, Plan, SampleGrid, SamplePost, party, staff, to_geojson
from shige.territory.intake.commands.divisions import import_divisions
from shige.territory.intake.commands.units import import_units
from shige.territory.intake.divisions import DivisionRow
from shige.territory.intake.ground import MapFeature
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.plans.commands.proposal import propose_plan
from shige.trust.commands import add_person, appoint, open_post
from shige.trust.gate import SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import Appointment, Person, Post

BEFORE = timedelta(days=400)
"""How long the grids and the team of the sample have been there."""

LATER = {"general": timedelta(days=12), "micro": timedelta(days=40)}
"""By how many days the Party organisations of a level were founded one after another, in eight turns."""


def fill(plan: Plan, seed: int, today: date) -> None:
    """Import the plan, divide it, and staff it, as an office would: through the same commands."""
    import_ground(plan)
    street = Area.objects.get(code=padded(plan.street.code))
    decide_plan(SYSTEM, propose_plan(SYSTEM, street), today - BEFORE)
    areas = Area.objects.in_bulk(field_name="code")
    grids = sample_grids()
    settle_team(staff(plan, grids, seed), areas, today)
    settle_party(party(plan, grids, seed), areas, today)


def padded(code: str) -> str:
    """Return a division code with all its 12 digits."""
    return code.ljust(12, "0")


def import_ground(plan: Plan) -> None:
    """Import divisions, buildings, barriers, outlines and what else the base map shows."""
    import_divisions(SYSTEM, [DivisionRow(padded(found.code), found.name) for found in plan.divisions])
    written = to_geojson(plan)
    units, problems = read_units(written["units"]["features"])
    if problems:
        raise ValueError(f"the sample does not hold together: {problems[0]}")
    features = [MapFeature("barrier", road.kind, road.name, road.shape, road.width) for road in plan.barriers]
    features += [MapFeature(piece.kind, "", piece.name, piece.shape) for piece in plan.base]
    import_units(SYSTEM, units, features, {area.community: area.shape for area in plan.areas})


def sample_grids() -> list[SampleGrid]:
    """Return the grids that the division drew, as the sample's people are given out over them."""
    drawn = Area.objects.filter(kind=Area.Kind.GRID).select_related("parent").order_by("code")
    return [
        SampleGrid(
            grid.code,
            grid.name,
            grid.level,
            grid.parent.code if grid.parent and grid.parent.kind == Area.Kind.GRID else None,
        )
        for grid in drawn
    ]


def settle_team(posts: tuple[SamplePost, ...], areas: dict[str, Area], today: date) -> None:
    """Open every post and appoint its holder; one name in two posts is one person (兼任)."""
    people: dict[str, Person] = {}
    named: Counter[tuple[str, str]] = Counter()
    for number, wanted in enumerate(posts):
        area = areas[padded(wanted.area)]
        lineage = lineage_of(area)
        place = area.name if area.kind == Area.Kind.GRID else wanted.organisation
        title = joined(place, wanted.title)
        named[area.code, title] += 1
        if named[area.code, title] > 1:
            title += str(named[area.code, title])
        post = open_post(
            SYSTEM, wanted.role, area.pk, title, lineage,
            telephone=f"028-0000{number:04d}", department=wanted.department or "",
        )  # fmt: skip
        if wanted.holder:
            person = people.get(wanted.holder) or add_person(SYSTEM, f"sample{number}", wanted.holder)
            people[wanted.holder] = person
            appoint(SYSTEM, person, post, lineage, Appointment.Kind.PRIMARY, today - BEFORE)


def joined(place: str, title: str) -> str:
    """Return the name of a post, a word that ends the place and begins the title said once."""
    shared = next(length for length in range(len(title), -1, -1) if place.endswith(title[:length]))
    return place + title[shared:]


def settle_party(organisations: tuple[PartyOrganisation, ...], areas: dict[str, Area], today: date) -> None:
    """Tie the Party organisations to the grids of their level, where the profile pairs that level (R9)."""
    kinds = {pair.oversees: pair for pair in profile().redline}
    made: dict[str, int] = {}
    founded: dict[str, date] = {}
    for number, wanted in enumerate(organisations):
        area = areas[padded(wanted.area)]
        pair = kinds.get(area.level)
        if pair is None or area.kind != Area.Kind.GRID:
            continue
        overseer = settle_overseer(wanted, pair, area, today) if number % 23 else None
        parent = made.get(wanted.parent or "")
        turn = today - BEFORE + LATER.get(area.level, timedelta()) * (number % 8)
        since = founded[wanted.id] = max(turn, founded.get(wanted.parent or "", turn))
        standing = found(
            SYSTEM, wanted.name, pair.code, area.pk, parent, overseer.pk if overseer else None,
            Decision(since, ""),
        )  # fmt: skip
        made[wanted.id] = standing.organisation_id
    settle_exceptions(areas, kinds, today)


def settle_exceptions(areas: dict[str, Area], kinds: dict[str, RedlinePair], today: date) -> None:
    """Let one grid be promised an organisation, and a market have one that is tied to no grid."""
    with_one = Standing.objects.values("area")
    micro, exclusive = kinds.get(Area.Level.MICRO), kinds.get(Area.Level.EXCLUSIVE)
    bare = Area.objects.filter(kind=Area.Kind.GRID, level=Area.Level.MICRO).exclude(pk__in=with_one)
    if micro and (grid := bare.order_by("code").first()):
        planned = Decision(today + timedelta(days=20), "支部改选后成立")
        found(SYSTEM, f"{grid.name}党小组", micro.code, grid.pk, decision=planned)
    communities = Area.objects.filter(kind=Area.Kind.DIVISION, level=Area.Level.COMMUNITY).order_by("code")
    if exclusive and (seat := communities.first()):
        founded = Decision(today - BEFORE / 2, "商户党员联合建立")
        found(SYSTEM, f"{seat.name}商户联合党支部", exclusive.code, seat.pk, decision=founded)


def settle_overseer(wanted: PartyOrganisation, pair: RedlinePair, area: Area, today: date) -> Post:
    """Open the overseer's post (监督责任人) of an organisation and appoint its holder."""
    lineage = lineage_of(area)
    person = add_person(SYSTEM, f"party-{wanted.id}", wanted.overseer)
    post = open_post(SYSTEM, "party_overseer", area.pk, f"{wanted.name} {pair.name.zh}", lineage)
    appoint(SYSTEM, person, post, lineage, Appointment.Kind.PRIMARY, today - BEFORE)
    return post
