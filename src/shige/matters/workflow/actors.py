"""Who may do what to a matter: its owner, whoever dispatches there, the program itself (R22, P3)."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from shige.profile import Actor, Transition
from shige.territory.lineage import lineage_of_row
from shige.trust.concerned_persons import Sealed
from shige.trust.gate import HIGHEST_SEAL, Lineage, Scope, Viewer, may, unconcerned, visible
from shige.trust.jurisdiction import profile
from shige.trust.permissions import TASKED, Action, roles_of

from ..clock import now
from ..danger.guarded import is_trained, looked_at, looks_at
from ..models import Matter, Reading, ReturnVisit
from .handlers import has_handled
from .workflows import TO_RELEASE, offered

RANK: Final[Mapping[str, int]] = {"community": 2, "street": 3, "district": 4, "city": 5, "province": 6}
TIER_RANK: Final[Mapping[str, int]] = {"M": 0, "G": 1, "C": 2, "S": 3, "D": 3, "X": 3}
"""A dispatcher moves what stands at the own tier or below; departments are called by the street (R26)."""


UNREAD: Final = frozenset(
    {"take", "note", "extend", "ask_extension", "grant_extension", "keep_date", "resume"}
)
"""What is done to a sealed matter by whoever may not open its words: nothing that moves it or judges it."""


def lineage_of_matter(matter: Matter) -> Lineage:
    """Return the areas that held the matter's place when it came in."""
    return lineage_of_row(matter)


def seen_by(viewer: Viewer) -> Q:
    """Return the filter of the matters that ``viewer`` may see: those of the own areas, and the own ones."""
    if viewer.system:
        return Q()
    return seen_in_area(viewer, "matter.see") | owned_by_viewer(viewer)


def seen_in_area(viewer: Viewer, action: Action) -> Q:
    """Return the filter of the matters on which one's appointments allow ``action`` by where they lie.

    Danger to persons is among them for the post that is trained to look only (P4).
    """
    if viewer.system:
        return Q()
    areas: dict[tuple[str, int], list[Scope]] = {}
    for scope in viewer.holding(action):
        areas.setdefault((scope.level, scope.area), []).append(scope)
    found = Q(pk__in=[])
    for scopes in areas.values():
        found |= visible(viewer.only(scopes[0]), action, sealable=True) & looked_at(scopes)
    return found


def numbers_known(viewer: Viewer, numbers: Collection[str]) -> set[str]:
    """Return those of some numbers whose matters ``viewer`` may see."""
    seen = Matter.objects.filter(seen_by(viewer), number__in=numbers)
    return set(seen.values_list("number", flat=True))


def owned_by_viewer(viewer: Viewer) -> Q:
    """Return the filter of the matters of one's own posts, without what is sealed from them (P3)."""
    own = Q(pk__in=[])
    for clearance in sorted({scope.clearance for scope in viewer.holding("matter.handle")}):
        held = viewer.holding("matter.handle")
        posts = sorted({scope.post for scope in held if scope.clearance == clearance})
        here = Q(owner__in=posts)
        own |= here if clearance >= HIGHEST_SEAL else here & Q(sealed__lte=clearance)
    return own & unconcerned(viewer)


def along(way: str, condition: Q) -> Q:
    """Return a filter of matters as one of the rows that name a matter by ``way``.

    Where few rows wait, each is joined with its own matter; a subquery would gather all that may be seen.
    """
    children: list[Any] = condition.children
    parts: list[Any] = [
        along(way, part) if isinstance(part, Q) else (f"{way}__{part[0]}", part[1]) for part in children
    ]
    return Q.create(parts, condition.connector, condition.negated)


def own_posts(viewer: Viewer) -> set[int]:
    """Return the posts for which this person may handle matters."""
    return {scope.post for scope in viewer.holding("matter.handle")}


def actors_of(viewer: Viewer, matter: Matter) -> frozenset[Actor]:
    """Return as whom ``viewer`` may act on ``matter``. The reporter is known by the code, not by a viewer."""
    found = working_as(viewer, matter)
    if viewer.system:
        return found | {"visitor", "system"}
    return found | {"visitor"} if visiting(viewer, matter) else found


def working_as(viewer: Viewer, matter: Matter) -> frozenset[Actor]:
    """Return as whom ``viewer`` has a matter in hand, which their appointments tell without any statement."""
    if viewer.system:
        return frozenset({"owner", "dispatcher", "next_tier"})
    if concerned_by(viewer, matter):
        return frozenset()
    found: set[Actor] = set()
    if owning(viewer, matter):
        found.add("owner")
    if dispatching(viewer, matter):
        found.add("dispatcher")
    if leading(viewer, matter):
        found.add("leader")
    if matter.extension_asked_of_id is not None and _holds(viewer, matter.extension_asked_of_id, matter):
        found.add("next_tier")
    return frozenset(found)


def concerned_by(viewer: Viewer, matter: Matter) -> bool:
    """Say whether a sealed matter may be about this person, who then touches it in no post (P3)."""
    return viewer.ties.hold(sealed_of(matter))


def sealed_of(matter: Matter, seal: int | None = None) -> Sealed:
    """Return what says whom a matter may be about, by its own seal or by another one."""
    seal = matter.sealed if seal is None else seal
    return Sealed(seal, matter.street_id, matter.reported_at, matter.pk)


def owning(viewer: Viewer, matter: Matter) -> bool:
    """Say whether a post of ``viewer`` answers for a matter that it may know of."""
    return _own_scope(viewer, matter) is not None and not concerned_by(viewer, matter)


def _own_scope(viewer: Viewer, matter: Matter) -> Scope | None:
    """Return the appointment to the owner's post, if it is above the seal."""
    return _holds(viewer, matter.owner_id, matter)


def _holds(viewer: Viewer, post: int, matter: Matter) -> Scope | None:
    """Return the appointment to a post, if it is above the seal of a matter."""
    held = (scope for scope in viewer.holding("matter.handle") if scope.post == post)
    return next((scope for scope in held if scope.clears(matter.sealed)), None)


def is_independent(matter: Matter) -> bool:
    """Say whether a sealed matter is with the post that is under nobody of the area.

    Nobody else dispatches it: whoever did could have it, or give it to those whom it is about (P3).
    """
    independent = profile().guard.independent
    return bool(matter.sealed and independent) and matter.owner.department == independent


def dispatching(viewer: Viewer, matter: Matter) -> Scope | None:
    """Return the appointment by which ``viewer`` dispatches where the matter lies, if there is one."""
    lineage = lineage_of_matter(matter)
    if concerned_by(viewer, matter):
        return None
    if is_independent(matter):
        return _own_scope(viewer, matter)
    held = (scope for scope in viewer.holding("matter.dispatch") if looks_at(scope, matter))
    for scope in held:
        high = RANK.get(scope.level, 0) >= TIER_RANK[matter.tier]
        if high and scope.clears(matter.sealed) and scope.covers(lineage):
            return scope
    return None


def leading(viewer: Viewer, matter: Matter) -> Scope | None:
    """Return the appointment by which ``viewer`` leads the street of the matter (领导包案), if any."""
    lineage = lineage_of_matter(matter)
    if concerned_by(viewer, matter) or is_independent(matter):
        return None
    held = (scope for scope in viewer.holding("matter.lead") if scope.clears(matter.sealed))
    held = (scope for scope in held if looks_at(scope, matter))
    return next((scope for scope in held if scope.covers(lineage)), None)


def duty_of(viewer: Viewer, matter: Matter) -> str:
    """Return the duty by which ``viewer`` reads a matter that they see: the nearest to the work first."""
    held = working_as(viewer, matter)
    for duty in (Reading.Why.OWNER, Reading.Why.LEADER, Reading.Why.DISPATCHER):
        if duty.value in held:
            return duty.value
    return Reading.Why.VISITOR.value if visiting(viewer, matter) else Reading.Why.AREA.value


def reads_words(viewer: Viewer) -> bool:
    """Say whether somebody may read what the parties said: not whoever only has a task in the matter."""
    return viewer.system or any(scope.role not in roles_of(TASKED) for scope in viewer.scopes)


def visiting(viewer: Viewer, matter: Matter) -> bool:
    """Say whether a return visit of the matter (事后回访) is due by today at a post that ``viewer`` holds."""
    posts = set() if concerned_by(viewer, matter) else own_posts(viewer)
    return bool(posts) and pending(ReturnVisit.objects.filter(matter=matter, post__in=posts)).exists()


def pending(visits: QuerySet[ReturnVisit]) -> QuerySet[ReturnVisit]:
    """Narrow return visits to those due by today and not made yet."""
    return visits.filter(done_at=None, ended_at=None, due__lte=localdate(now()))


def allowed(viewer: Viewer, matter: Matter) -> list[Transition]:
    """Return the actions that ``viewer`` may take on ``matter`` now, in the order of the table.

    Whoever has handled it is not offered to look at the result, which would be refused (R25).
    """
    sides, unread = actors_of(viewer, matter), is_unread(viewer, matter)
    rows = [row for row in offered(matter, sides) if _is_for(row, sides, unread=unread)]
    if any("visitor" in row.who for row in rows) and has_handled(viewer.person, matter):
        rows = [row for row in rows if "visitor" not in row.who]
    return rows


def may_act(viewer: Viewer, matter: Matter, transition: Transition) -> bool:
    """Say whether ``viewer`` may take an action that is possible now, as ``allowed`` offers it."""
    return _is_for(transition, actors_of(viewer, matter), unread=is_unread(viewer, matter))


def _is_for(transition: Transition, sides: Collection[Actor], *, unread: bool) -> bool:
    theirs = set(transition.who).intersection(sides)
    return bool(theirs) and (not unread or transition.action in UNREAD or "visitor" in theirs)


def is_unread(viewer: Viewer, matter: Matter) -> bool:
    """Say whether a matter is sealed and its words are not for ``viewer`` to open."""
    return matter.sealed > 0 and not may_open(viewer, matter)


def may_open(viewer: Viewer, matter: Matter) -> bool:
    """Say whether ``viewer`` may open words and contact of a matter that they see.

    Of what was danger to persons they stay closed after its release to all but the trained posts (P4).
    Whoever is asked to confirm the release reads what they confirm.
    """
    if matter.endangered and not matter.sealed:
        if viewer.ties.hold(sealed_of(matter, 1)):
            return False
        viewer = viewer.only(*(scope for scope in viewer.scopes if is_trained(scope)))
    if concerned_by(viewer, matter):
        return False
    if owning(viewer, matter):
        return True
    confirms = matter.state == TO_RELEASE and dispatching(viewer, matter) is not None
    reveals = may(viewer, "contact.reveal", lineage_of_matter(matter), sealed=matter.sealed)
    return confirms or (reveals and bool(actors_of(viewer, matter)))
