"""What may be read of the register: of the own organisations and below, without names until one is opened."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, Q, Sum
from django.utils import timezone

from shige.redline.models import Standing
from shige.redline.reach import is_open, may_for, organisation, organisations_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, require
from shige.trust.models import JournalEntry

from . import calls
from .apart import register_open
from .models import Invitation, Member, Service, Task
from .rules import invites_still, offer_names, shortened
from .sealing import Contact, code_of, digest, name_hash, opened

PAGE: Final = 30
LOOKED_AT: Final = ("member.opened", "member.exported", "member.found")
SHOWN_READINGS: Final = 50


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What the list is narrowed to; ``waiting`` shows declarations instead of the register."""

    waiting: bool = False
    organisation: int | None = None
    grid: str = ""
    offer: str = ""
    ready: bool = False
    party: bool = False
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One entry without its name; ``called`` is the family name alone."""

    key: uuid.UUID
    called: str
    organisation: str
    grid: str
    party: bool
    reports_home: bool
    ready: bool
    offers: tuple[str, ...]
    monthly: int
    hours: float
    since: datetime
    state: str
    vouched: int | None = None
    """Who vouches for it first (a person's number); another one confirms."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A declaration that waits, until when; ``alike`` are other entries of exactly this name."""

    row: RegisterRow
    ends_at: datetime
    alike: int


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """What waits for this viewer, the oldest first, and what they vouched for, which waits for others."""

    mine: tuple[WaitingRow, ...]
    total: int
    others: tuple[WaitingRow, ...]


@dataclass(frozen=True, slots=True)
class GridCount:
    """How many members serve in a grid."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the list, and the counts of the whole register of the viewer."""

    rows: tuple[RegisterRow, ...]
    total: int
    page: int
    pages: int
    waiting: int
    confirmed: int
    ready: int
    hours: float
    grids: tuple[GridCount, ...]
    named: tuple[uuid.UUID, ...]
    """Those of the rows that were found by the whole name, which is a reading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Who looked at a contact, as whoever it is about may know; ``how`` is the verb of the journal."""

    at: datetime
    name: str
    how: str

    @property
    def exported(self) -> bool:
        """Whether it was taken along in a table."""
        return self.how == "member.exported"

    @property
    def found(self) -> bool:
        """Whether somebody looked for the whole name."""
        return self.how == "member.found"


@dataclass(frozen=True, slots=True)
class Served:
    """Hours given on a day."""

    key: uuid.UUID
    day: date
    hours: float
    what: str


@dataclass(frozen=True, slots=True)
class TakenOn:
    """A wish that somebody offered to take on, in its public words, and what became of it."""

    key: uuid.UUID
    words: str
    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One's own entry, behind its link: everything that is held."""

    row: RegisterRow
    contact: Contact
    standing: Standing
    grid_code: str
    offers: tuple[str, ...]
    reason: str
    ends_at: datetime | None
    readings: tuple[Reading, ...]
    served: tuple[Served, ...]
    tasks: tuple[TakenOn, ...]
    community: int | None
    """The community (its key) in which they serve."""


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """Links of one sheet or table that somebody may still use, by ``places`` more people."""

    organisation: int
    name: str
    ends_at: datetime
    links: int
    places: int


def register(viewer: Viewer, chosen: RegisterFilter) -> RegisterPage:
    """Return a page of the register of the viewer's organisations, with its counts."""
    require(viewer, "member.see")
    reach = organisations_of(viewer, "member.see")
    narrowed = _narrowed(chosen, reach)
    with register_open():
        every = Member.objects.filter(organisation__in=list(reach))
        counts = dict(every.values_list("state").annotate(Count("key")))
        confirmed = every.filter(state=Member.State.CONFIRMED)
        ready = confirmed.filter(ready=True).count()
        in_grids = list(confirmed.exclude(grid=None).values_list("grid").annotate(Count("key")))
        hours = float(sum(every.values_list("hours", flat=True)))
        found = every.filter(narrowed)
        total = found.count()
        pages = max(1, -(-total // PAGE))
        page = min(max(chosen.page, 1), pages)
        order = "changed_at" if chosen.waiting else "-changed_at"
        members = list(found.order_by(order, "key")[(page - 1) * PAGE : page * PAGE])
    areas = Area.objects.in_bulk([grid for grid, _ in in_grids] + [member.grid for member in members])
    sought = name_hash(chosen.words) if chosen.words else None
    return RegisterPage(
        rows=tuple(row_of(member, reach, areas) for member in members),
        total=total,
        page=page,
        pages=pages,
        waiting=counts.get(Member.State.DECLARED, 0),
        confirmed=counts.get(Member.State.CONFIRMED, 0),
        ready=ready,
        hours=hours,
        grids=tuple(
            GridCount(areas[grid].code, areas[grid].name, count)
            for grid, count in sorted(in_grids, key=lambda pair: areas[pair[0]].code)
        ),
        named=tuple(m.key for m in members if sought is not None and bytes(m.name_hash or b"") == sought),
    )


def waiting(viewer: Viewer) -> WaitingPage:
    """Return the first page of declarations that wait for the viewer, and of those that wait for others."""
    reach = organisations_of(viewer, "member.invite")
    with register_open():
        every = Member.objects.filter(organisation__in=list(reach), state=Member.State.DECLARED)
        own = Q(person=viewer.person, person__isnull=False)
        sorted_ones = every.order_by("ends_at", "key")
        mine, others = list(sorted_ones.exclude(own)[:PAGE]), list(sorted_ones.filter(own)[:PAGE])
        total = every.exclude(own).count()
        hashes = [member.name_hash for member in mine + others]
        held = Member.objects.filter(organisation__in=list(reach), name_hash__in=hashes)
        alike = Counter(bytes(found or b"") for found in held.values_list("name_hash", flat=True))
    areas = Area.objects.in_bulk([member.grid for member in mine + others])

    def told(members: Iterable[Member]) -> tuple[WaitingRow, ...]:
        return tuple(
            WaitingRow(
                row_of(member, reach, areas),
                member.ends_at or member.changed_at,
                alike[bytes(member.name_hash or b"")] - 1,
            )
            for member in members
        )

    return WaitingPage(told(mine), total, told(others))


def all_of(viewer: Viewer, chosen: RegisterFilter) -> list[tuple[RegisterRow, Contact]]:
    """Return what a list is narrowed to with the contacts, for whoever puts that on record first (P7)."""
    require(viewer, "member.open")
    reach = organisations_of(viewer, "member.open")
    narrowed = _narrowed(chosen, reach)
    with register_open():
        found = Member.objects.filter(narrowed, organisation__in=list(reach))
        members = list(found.order_by("organisation", "changed_at", "key"))
    areas = Area.objects.in_bulk([member.grid for member in members])
    return [(row_of(member, reach, areas), opened(member)) for member in members]


def entry(viewer: Viewer, key: uuid.UUID) -> tuple[RegisterRow, str] | None:
    """Return an entry of the viewer's organisations without its name, and why it was declined."""
    with register_open():
        member = Member.objects.exclude(state=Member.State.ENDED).filter(key=key).first()
    standing = may_for(viewer, "member.see", member.organisation) if member else None
    if member is None or standing is None:
        return None
    areas = Area.objects.in_bulk([member.grid or 0])
    return row_of(member, {member.organisation: standing}, areas), member.reason


def invited(code: str) -> Standing | None:
    """Return the organisation of an invitation that still has a place; None for any other code."""
    with register_open():
        open_now = Invitation.objects.filter(digest=digest(code), ends_at__gt=timezone.now(), places__gt=0)
        found = open_now.first()
    if found is None or not invites_still(found.person, found.organisation):
        return None
    standing = organisation(found.organisation)
    return standing if standing is not None and is_open(standing) else None


def invitations(viewer: Viewer) -> list[OpenInvitation]:
    """Return the invitations of the viewer's organisations that somebody may still use, the newest first."""
    reach = organisations_of(viewer, "member.invite")
    with register_open():
        open_now = Invitation.objects.filter(ends_at__gt=timezone.now(), organisation__in=list(reach))
        rows = list(
            open_now.filter(places__gt=0)
            .values_list("organisation", "person", "ends_at")
            .annotate(links=Count("key"), left=Sum("places"))
            .order_by("-ends_at", "organisation")
        )
    return [
        OpenInvitation(number, reach[number].name, *row)
        for number, person, *row in rows
        if invites_still(person, number)
    ]


def sent_before(form: str) -> str | None:
    """Return the code of the own page to which a form has led already."""
    own = code_of("own page", form)
    with register_open():
        return own if Member.objects.filter(digest=digest(own)).exists() else None


def own_entry(code: str) -> OwnEntry | None:
    """Return the entry of a code, and who has looked at its contact; None where nothing is kept."""
    with register_open():
        member = Member.objects.filter(digest=digest(code)).first()
    standing = organisation(member.organisation) if member else None
    if member is None or standing is None:
        return None
    with register_open():
        served = list(Service.objects.filter(member=member.key).order_by("-day", "key"))
    areas = Area.objects.in_bulk([member.grid or 0])
    grid = areas.get(member.grid or 0)
    kinds = offer_names()
    return OwnEntry(
        row=row_of(member, {member.organisation: standing}, areas),
        contact=opened(member),
        standing=standing,
        grid_code=grid.code if grid else "",
        offers=tuple(member.offers),
        reason=member.reason,
        ends_at=member.ends_at,
        readings=tuple(_readings(member.key)),
        served=tuple(
            Served(one.key, one.day, float(one.hours), kinds.get(one.what, one.what)) for one in served
        ),
        tasks=tuple(tasks_of(member.key)),
        community=grid.community_id if grid else None,
    )


def tasks_of(key: uuid.UUID) -> list[TakenOn]:
    """Return what an entry offered to take on, the newest first."""
    with register_open():
        tasks = list(Task.objects.filter(member=key).order_by("-at"))
    told = calls.outcomes([task.call for task in tasks])
    return [TakenOn(task.key, task.words, task.at, told.get(task.call, "")) for task in tasks]


def row_of(member: Member, reach: Mapping[int, Standing], areas: Mapping[int, Area]) -> RegisterRow:
    """Return an entry as a list shows it."""
    names = offer_names()
    grid = areas.get(member.grid or 0)
    return RegisterRow(
        key=member.key,
        called=shortened(opened(member).name),
        organisation=reach[member.organisation].name,
        grid=grid.name if grid else "",
        party=member.party,
        reports_home=member.reports_home,
        ready=member.ready,
        offers=tuple(names[offer] for offer in member.offers if offer in names),
        monthly=member.monthly,
        hours=float(member.hours),
        since=member.confirmed_at or member.changed_at,
        state=member.state,
        vouched=member.person,
    )


def _narrowed(chosen: RegisterFilter, reach: Mapping[int, Standing]) -> Q:
    found = Q(state=Member.State.DECLARED if chosen.waiting else Member.State.CONFIRMED)
    if chosen.organisation is not None:
        found &= Q(organisation=chosen.organisation)
    if chosen.grid:
        found &= Q(grid__in=list(Area.objects.filter(code=chosen.grid).values_list("pk", flat=True)))
    if chosen.offer:
        found &= Q(offers__contains=[chosen.offer])
    if chosen.ready:
        found &= Q(ready=True)
    if chosen.party:
        found &= Q(party=True)
    if chosen.words:
        named = [number for number, row in reach.items() if chosen.words in row.name]
        grids = Area.objects.filter(name__contains=chosen.words).values_list("pk", flat=True)
        found &= (
            Q(name_hash=name_hash(chosen.words)) | Q(organisation__in=named) | Q(grid__in=list(grids[:500]))
        )
    return found


def _readings(key: uuid.UUID) -> Iterable[Reading]:
    told = JournalEntry.objects.filter(object_type="member", object_id=str(key), verb__in=LOOKED_AT)
    for line in told.select_related("actor").order_by("-pk")[:SHOWN_READINGS]:
        yield Reading(line.at, line.actor.service_name if line.actor else "", line.verb)
