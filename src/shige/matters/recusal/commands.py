"""Keep from a sealed matter, by name, whom it is about and whoever is above them (回避, P3)."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.commands import record
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.models import Person, Recusal
from shige.trust.service_history import posts_kept_from

from .. import clock
from ..assignment.choice import hearing
from ..assignment.routing import Owner, ReportMoment, route
from ..categories import category_of_matter
from ..handling.commands.category import take_back
from ..models import Matter, ReturnVisit, Step
from ..visits.commands import visitor_of
from ..workflow.actors import lineage_of_matter, sealed_of
from ..workflow.commands.steps import (
    SETTLED,
    acting_post,
    facts,
    lock_matter,
    tell_owner,
)
from ..workflow.schedule import settle
from ..workflow.workflows import READMITTED, RECUSED
from .persons import managers_of, may_recuse, nameable


@transaction.atomic
def recuse(viewer: Viewer, number: str, person: int) -> Matter:
    """Name whom a sealed matter is about: they and their line managers below its seal know of it no more.

    That holds in every post that they hold. Where nobody is left at its post the matter goes to the next
    tier; tasks and visits of such posts are taken back.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not dispatch the matter, or it is not sealed.
    ValidationError
        Nobody of that key served there at the time.
    """
    matter = _opened(viewer, number)
    if person not in dict(nameable(matter)):
        raise ValidationError({"person": _("This person did not serve here at the time.")})
    kept = {person, *managers_of(person, matter)}
    at, by = clock.now(), viewer.person
    rows = [Recusal(matter=matter, person_id=one, meant=False, by_id=by, at=at) for one in kept]
    Recusal.objects.bulk_create(rows, ignore_conflicts=True)
    Recusal.objects.filter(matter=matter, person=person).update(meant=True)
    _write_down(viewer, matter, RECUSED, kept, _next_owner(matter))
    take_back(viewer, matter)
    _pass_visits_on(matter)
    return matter


@transaction.atomic
def readmit(viewer: Viewer, number: str, person: int) -> Matter:
    """Take back that somebody is kept from a matter by name; whom its seal keeps out stays out.

    Raises
    ------
    PermissionDenied
        As with ``recuse``.
    ValidationError
        This person is not kept from it by name.
    """
    matter = _opened(viewer, number)
    if not Recusal.objects.filter(matter=matter, person=person).delete()[0]:
        raise ValidationError({"person": _("This person is not kept from it by name.")})
    _write_down(viewer, matter, READMITTED, {person}, None)
    return matter


def _opened(viewer: Viewer, number: str) -> Matter:
    matter = lock_matter(viewer, number)
    if not may_recuse(viewer, matter):
        raise PermissionDenied("only whoever dispatches a sealed matter names whom it is about")
    return matter


def _next_owner(matter: Matter) -> Owner | None:
    """Return who has it instead; None while somebody at its post may know of it, or nobody else may."""
    if not matter.open or hearing(matter.owner_id, sealed_of(matter)):
        return None
    category, told = category_of_matter(matter), ReportMoment(matter.reported_at, matter.pk)
    line = lineage_of_matter(matter)
    try:
        return route(profile(), category, line, matter.tier, told, apart_from=matter.owner_id)
    except ValidationError:
        return None


def _write_down(
    viewer: Viewer, matter: Matter, action: str, people: Collection[int], owner: Owner | None
) -> None:
    """Write the change into history and journal, with its new owner if it has one."""
    if owner is not None:
        matter.owner_id, matter.tier = owner.post, owner.tier
        settle(matter)
    matter.version += 1
    matter.save(update_fields=["owner", "tier", "version", *SETTLED])
    names = (
        Person.objects.filter(pk__in=people).order_by("service_name").values_list("service_name", flat=True)
    )
    with override(profile().language):
        said = _(", ").join(names)
    Step.objects.create(
        matter=matter,
        at=clock.now(),
        action=action,
        before=matter.state,
        after=matter.state,
        person_id=viewer.person,
        post_id=acting_post(viewer, matter),
        to_post_id=owner.post if owner else None,
        remark="\n".join(part for part in (said, owner.remark if owner else "") if part),
    )
    told = facts(matter) | {action: sorted(people)}
    record(viewer, f"matter.{action}", "matter", matter.pk, matter.version, lineage_of_matter(matter), told)
    if owner is not None:
        tell_owner("matter.assigned", matter)


def _pass_visits_on(matter: Matter) -> None:
    """Give the visits of posts that may know of it no more to another one; end them where there is none."""
    waiting = ReturnVisit.objects.filter(matter=matter, done_at=None, ended_at=None)
    kept = posts_kept_from(waiting.values_list("post", flat=True), sealed_of(matter))
    if not kept:
        return
    post = visitor_of(matter)
    changes = {"post": post} if post else {"ended_at": clock.now()}
    waiting.filter(post__in=kept).update(**changes)
