"""Urge, answer, ask once more, close, withdraw; tell above what was not answered (督办, R10)."""

from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shige.matters import clock
from shige.matters.models import Matter
from shige.matters.workflow.commands.notices import tell_posts
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.commands import record
from shige.trust.form_text import without_persons
from shige.trust.gate import Viewer, require

from ..facts import UrgingChanged
from ..grids.queries.cases import case_of
from ..grids.queries.overview import Watched, overseen_area
from ..models import Urging, UrgingStep
from ..words import of_no_house
from .acts import ESCALATE, URGE, Act, Side, act_named
from .posts import overseer_of, post_above, post_in_charge
from .sides import standpoint_of

LONGEST: Final = timedelta(days=90)
"""How far ahead a day may lie that is named with an urging."""


@transaction.atomic
def urge(viewer: Viewer, code: str, reason: str, due: date, case: str = "") -> Urging:
    """Urge the post in charge of an area that ``viewer`` oversees, or of a ``case`` there by its handle.

    Raises
    ------
    ValidationError
        By field: the reason is missing or points to somebody, the day does not fit; the case is told no more;
        the same is urged already; nobody is in office.
    PermissionDenied
        ``viewer`` does not oversee the area.
    """
    require(viewer, "urging.make")
    watched = overseen_area(viewer, code)
    if watched is None:
        raise PermissionDenied("no such area is overseen here")
    words, on = without_persons("reason", reason), _day("due", due)
    made = _about(watched, case)
    made.due = on
    if Urging.objects.filter(
        _open(), organisation=made.organisation_id, area=made.area_id, matter=made.matter_id
    ).exists():
        raise ValidationError(_("This is urged already. Please wait for the answer, or ask once more there."))
    made.save()
    _note(viewer, made, URGE, words, on, watched.by.post)
    return made


@transaction.atomic
def move_urging(viewer: Viewer, pk: int, action: str, words: str, on: date | None = None) -> Urging:
    """Answer an urging, close it, ask once more or withdraw it.

    Raises
    ------
    ValidationError
        It is not possible from where the urging stands; by field: the words are missing or point to somebody,
        the day does not fit.
    PermissionDenied
        There is no such urging here, or the act is for the other side.
    """
    act = act_named(action)
    standpoint = standpoint_of(viewer)
    if act is not None:  # also where a token was made for reading alone
        require(viewer, "urging.answer" if act.side == "asked" else "urging.make")
    urging = Urging.objects.select_for_update(of=("self",)).filter(standpoint.seen, pk=pk).first()
    if act is None or urging is None or standpoint.side(urging) != act.side:
        raise PermissionDenied("no such urging here, or not for this side")
    if urging.state != act.before:
        raise ValidationError(_("This is not possible any more. The page shows how it stands now."))
    said = of_no_house("words", words) if act.side == "asked" else without_persons("words", words)
    day = _day("on", on, done=act.side == "asked") if act.day else None
    urging.state = act.after
    if act.side == "overseer" and day:
        urging.due = day
    urging.version += 1
    urging.save(update_fields=["state", "due", "version"])
    _note(viewer, urging, action, said, day, _post_of(viewer, urging, act))
    return urging


@transaction.atomic
def escalate(viewer: Viewer) -> int:
    """Tell the post above of each urging not answered by its date, once for each date; return how many."""
    today = localdate(clock.now())
    late = Urging.objects.filter(
        ~Q(told_of=F("due")) | Q(told_of=None), state=Urging.State.OPEN, due__lt=today
    )
    told = 0
    for urging in late.select_for_update(of=("self",), skip_locked=True).select_related("area"):
        apart = overseer_of(urging.organisation_id) or urging.asked_id
        urging.above_id = post_above(urging.organisation_id, urging.area, apart_from=apart)
        urging.told_of = urging.due
        urging.version += 1
        urging.save(update_fields=["above", "told_of", "version"])
        _note(viewer, urging, ESCALATE, "", None, None)
        told += 1
    return told


def _about(watched: Watched, case: str) -> Urging:
    """Return an urging, not yet saved, about an area, or about a case with its general or exclusive grid."""
    by = watched.by.organisation
    if not case:
        asked = post_in_charge(watched.area)
        if asked is None:
            raise ValidationError(_("Nobody is in office who could answer for this grid."))
        return Urging(organisation_id=by, area=watched.area, asked_id=asked)
    found = case_of(watched.trouble, case) if watched.trouble else None
    if found is None:
        raise ValidationError(_("This case is settled meanwhile, or is not told of any more."))
    matter = Matter.objects.get(pk=found.matter)
    return Urging(
        organisation_id=by,
        area=Area.objects.get(pk=found.grid),
        matter=matter,
        category=found.code,
        asked_id=matter.owner_id,
    )


def _open() -> Q:
    return Q(state__in=(Urging.State.OPEN, Urging.State.ANSWERED))


def _day(field: str, day: date | None, *, done: bool = False) -> date:
    """Return a day that fits: one to come; with ``done`` also one on which it was done already."""
    today = localdate(clock.now())
    if done and (day is None or abs(day - today) > LONGEST):
        raise ValidationError({field: _("The day on which it was or will be done, within 90 days.")})
    if day is None or not (done or today < day <= today + LONGEST):
        raise ValidationError({field: _("A day from tomorrow on, within 90 days.")})
    return day


def _post_of(viewer: Viewer, urging: Urging, act: Act) -> int | None:
    """Return the post by which somebody acts: that which is asked, oversees, or was told above."""
    side: Side = act.side
    own = viewer.posts
    first = urging.asked_id if side == "asked" else overseer_of(urging.organisation_id)
    return next((post for post in (first, urging.above_id) if post in own), None)


def _note(viewer: Viewer, urging: Urging, action: str, words: str, on: date | None, post: int | None) -> None:
    """Write down what was done, tell the other side, and journal it."""
    UrgingStep.objects.create(
        urging=urging,
        at=clock.now(),
        action=action,
        post_id=post,
        person_id=viewer.person,
        words=words,
        on=on,
    )
    overseer = overseer_of(urging.organisation_id)
    sides = {"answer": {overseer, urging.above_id}, ESCALATE: {overseer, urging.above_id, urging.asked_id}}
    told = sides.get(action, {urging.asked_id, urging.above_id})
    tell_posts(f"urging.{action}", "urging", str(urging.pk), None, told - viewer.posts)
    fact = UrgingChanged(
        organisation=urging.organisation_id,
        asked=urging.asked_id,
        above=urging.above_id,
        case=urging.matter_id is not None,
        state=urging.state,
        due=f"{urging.due}",
    )
    record(viewer, f"urging.{action}", "urging", urging.pk, urging.version, lineage_of(urging.area), fact)
