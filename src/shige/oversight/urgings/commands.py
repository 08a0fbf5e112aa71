"""Urge, answer, ask once more, close, withdraw; tell above what was not answered (督办, R10)."""

from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
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
from ..grids.countable import countable
from ..grids.queries.cases import case_of
from ..grids.queries.overview import Watched, overseen_area
from ..models import Urging, UrgingStep
from ..reach import overseer_of
from ..words import of_no_house
from .acts import END, ESCALATE, LATE, PROMISED, URGE, Act, act_named
from .posts import post_in_charge, told_above
from .sides import standpoint_of

BOTH: Final = (ESCALATE, LATE, END)
"""What the program does by itself, and tells both sides."""

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
        above = told_above(urging.organisation_id, urging.area, apart_from=apart)
        urging.above_id, urging.office_id = above.organisation, above.office
        urging.told_of = urging.due
        urging.version += 1
        urging.save(update_fields=["above", "office", "told_of", "version"])
        _note(viewer, urging, ESCALATE if urging.above_id or urging.office_id else LATE, "", None, None)
        told += 1
    return told


@transaction.atomic
def tell_promised(viewer: Viewer) -> int:
    """Tell the overseer, once, that the day has come which the last answer promised; return how many."""
    today = localdate(clock.now())
    newest = UrgingStep.objects.filter(urging=OuterRef("urging")).order_by("-pk").values("pk")[:1]
    promised = UrgingStep.objects.filter(pk=Subquery(newest), action="answer", on__gt=F("at__date"))
    due = list(promised.filter(on__lte=today).values_list("urging", flat=True))
    told = 0
    for urging in Urging.objects.filter(pk__in=due, state=Urging.State.ANSWERED).select_related("area"):
        _note(viewer, urging, PROMISED, "", None, None)
        told += 1
    return told


@transaction.atomic
def end_settled(viewer: Viewer) -> int:
    """End, at night, the urgings whose case is settled or lies elsewhere by now; return how many.

    A case that may be told of no more, as one that is sealed, ends in the same words at the same time (P3).
    """
    going_on = countable().filter(pk=OuterRef("matter"), owner=OuterRef("asked"), open=True)
    over = Urging.objects.filter(_open(), ~Exists(going_on), matter__isnull=False)
    ended = 0
    for urging in over.select_for_update(of=("self",), skip_locked=True).select_related("area"):
        urging.state = Urging.State.ENDED
        urging.version += 1
        urging.save(update_fields=["state", "version"])
        _note(viewer, urging, END, "", None, None)
        ended += 1
    return ended


def _about(watched: Watched, case: str) -> Urging:
    """Return an urging, not yet saved, about an area, or about a case with its general or exclusive grid."""
    by = watched.by.organisation
    if not case:
        asked = post_in_charge(watched.area)
        if asked is None:
            raise ValidationError(_("Nobody is in office who could answer for this grid."))
        return Urging(organisation_id=by, area=watched.area, asked_id=asked)
    try:
        found = case_of(watched.trouble, case) if watched.trouble else None
    except ValueError:
        found = None
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
    sides = {"asked": _asked(urging), "overseer": _overseers(urging)}
    return next((post for post in sides[act.side] if post in viewer.posts), None)


def _asked(urging: Urging) -> list[int | None]:
    return [urging.asked_id, urging.office_id]


def _overseers(urging: Urging) -> list[int | None]:
    return [overseer_of(urging.organisation_id), overseer_of(urging.above_id)]


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
    overseers, asked = set(_overseers(urging)), set(_asked(urging))
    if action in ("answer", PROMISED):
        asked = set()
    elif action not in BOTH:
        overseers -= {overseer_of(urging.organisation_id)}
    if urging.matter_id and not countable().filter(pk=urging.matter_id).exists():
        asked = set()  # nobody is told that somebody spoke of what is sealed
    kind, key = f"urging.{action}", str(urging.pk)
    tell_posts(kind, "urging", key, None, (overseers | asked) - viewer.posts)
    fact = UrgingChanged(
        organisation=urging.organisation_id,
        asked=urging.asked_id,
        above=urging.office_id or overseer_of(urging.above_id),
        case=urging.matter_id is not None,
        state=urging.state,
        due=f"{urging.due}",
    )
    record(viewer, kind, "urging", urging.pk, urging.version, lineage_of(urging.area), fact)
