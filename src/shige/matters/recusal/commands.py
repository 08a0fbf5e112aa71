"""Keep from a sealed matter, by name, whom it is about and whoever is above them (回避, P3)."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.commands import record
from shige.trust.form_text import filled
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.makers import are_independent
from shige.trust.models import Person, Post, Recusal
from shige.trust.permissions import highest_role
from shige.trust.queries import posts_in_office
from shige.trust.service_history import posts_kept_from

from .. import clock
from ..assignment.choice import hearing
from ..assignment.routing import Owner, ReportMoment, route
from ..categories import category_of_matter
from ..handling.commands.category import take_back
from ..models import Matter, ReturnVisit, Step
from ..visits.commands import visitor_of
from ..workflow.actors import RANK, dispatching, lineage_of_matter, sealed_of
from ..workflow.commands.notices import tell_posts
from ..workflow.commands.steps import NOTE_LIMIT, SETTLED, acting_post, facts, lock_matter, tell_owner
from ..workflow.schedule import settle
from ..workflow.workflows import READMITTED, RECUSED
from .persons import managers_of, may_recuse, nameable


@transaction.atomic
def recuse(viewer: Viewer, number: str, person: int, reason: str) -> Matter:
    """Name whom a sealed matter is about: they and their line managers below its seal know of it no more.

    That holds in every post that they hold. Where nobody is left at its post the matter goes to the next
    tier; tasks and visits of such posts are taken back.

    Each of those who work on it names one person. Where the matter goes to a level above by it, whoever named
    is out as well: so nobody is left alone with a matter by naming everybody else. The district hears of it.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not dispatch the matter, or it is not sealed.
    ValidationError
        Nobody of that key served there at the time, no reason is given, or ``viewer`` named somebody already.
    """
    matter = _opened(viewer, number)
    why = filled("reason", reason, NOTE_LIMIT)
    _refuse_second(viewer, matter)
    if person not in dict(nameable(matter)):
        raise ValidationError({"person": _("This person did not serve here at the time.")})
    kept = {person, *managers_of(person, matter)}
    _keep_out(viewer, matter, kept)
    Recusal.objects.filter(matter=matter, person=person).update(meant=True)
    owner = _next_owner(matter)
    if owner is not None and viewer.person is not None and _lies_above(owner, viewer, matter):
        kept.add(viewer.person)
        _keep_out(viewer, matter, {viewer.person})
    _write_down(viewer, matter, RECUSED, kept, owner, why)
    _tell_district(matter)
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
    _write_down(viewer, matter, READMITTED, {person}, None, "")
    return matter


def _opened(viewer: Viewer, number: str) -> Matter:
    matter = lock_matter(viewer, number)
    if not may_recuse(viewer, matter):
        raise PermissionDenied("only whoever dispatches a sealed matter names whom it is about")
    return matter


def _refuse_second(viewer: Viewer, matter: Matter) -> None:
    """Refuse whoever named somebody already, and whoever is not independent of somebody who did."""
    named = matter.steps.filter(action=RECUSED).exclude(person=None).values_list("person", flat=True)
    if viewer.person is not None and not all(are_independent(viewer.person, one) for one in set(named)):
        said = _("You have named somebody already. A further one is named by somebody else.")
        raise ValidationError({"person": said})


def _keep_out(viewer: Viewer, matter: Matter, people: Collection[int]) -> None:
    at, by = clock.now(), viewer.person
    rows = [Recusal(matter=matter, person_id=one, meant=False, by_id=by, at=at) for one in people]
    Recusal.objects.bulk_create(rows, ignore_conflicts=True)


def _lies_above(owner: Owner, viewer: Viewer, matter: Matter) -> bool:
    """Say whether a new owner serves on a level above the one on which ``viewer`` dispatches."""
    scope = dispatching(viewer, matter)
    level = Post.objects.values_list("area__level", flat=True).get(pk=owner.post)
    return scope is not None and RANK.get(level, 0) > RANK.get(scope.level, 0)


def _tell_district(matter: Matter) -> None:
    posts = posts_in_office().filter(area=matter.district_id, role=highest_role())
    tell_posts("matter.recused", "matter", matter.number, matter, posts.values_list("pk", flat=True))


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
    viewer: Viewer, matter: Matter, action: str, people: Collection[int], owner: Owner | None, why: str
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
        remark="\n".join(part for part in (said, why, owner.remark if owner else "") if part),
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
