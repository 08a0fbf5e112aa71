"""Keep people out of a sealed matter, and pass on what stood at their posts (回避, P3)."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.commands import record
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.models import Person, Post, Recusal
from shige.trust.permissions import highest_role
from shige.trust.queries import posts_in_office
from shige.trust.service_history import posts_kept_from

from .. import clock
from ..assignment.choice import hearing
from ..assignment.routing import Owner, ReportMoment, route
from ..categories import category_of_matter
from ..facts import MatterRecused
from ..handling.commands.category import take_back
from ..models import Matter, ReturnVisit, Step
from ..visits.schedule import visitor_of
from ..workflow.actors import RANK, dispatching, lineage_of_matter, sealed_of
from ..workflow.commands.notices import tell_posts
from ..workflow.commands.steps import SETTLED, acting_post, tell_owner
from ..workflow.schedule import settle
from ..workflow.workflows import RECUSED
from .persons import managers_of


def keep(viewer: Viewer, matter: Matter, person: int, why: str, confirmed: Viewer | None = None) -> None:
    """Keep a person and their managers out, as ``viewer`` wants it and somebody above has ``confirmed`` it.

    Without ``confirmed`` it took one alone.
    """
    kept = {person, *managers_of(person, matter)}
    _keep_out(viewer, matter, kept)
    Recusal.objects.filter(matter=matter, person=person).update(meant=True)
    owner = next_owner(matter)
    if owner is not None and viewer.person is not None and _lies_above(owner, viewer, matter):
        kept.add(viewer.person)
        _keep_out(viewer, matter, {viewer.person})
    write_down(viewer, matter, RECUSED, kept, owner, why, confirmed)
    _tell_district(matter)
    take_back(confirmed or viewer, matter)
    pass_visits_on(matter)


def write_down(
    viewer: Viewer,
    matter: Matter,
    action: str,
    people: Collection[int],
    owner: Owner | None,
    why: str,
    confirmed: Viewer | None = None,
) -> None:
    """Write the change into history and journal, with its new owner and who confirmed it."""
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
    asked_by = viewer.person if confirmed else None
    told = MatterRecused.of(matter, asked_by=asked_by, **{action: sorted(people)})
    line = lineage_of_matter(matter)
    record(confirmed or viewer, f"matter.{action}", "matter", matter.pk, matter.version, line, told)
    if owner is not None:
        tell_owner("matter.assigned", matter)


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


def next_owner(matter: Matter) -> Owner | None:
    """Return who has it instead; None while somebody at its post may know of it, or nobody else may."""
    if not matter.open or hearing(matter.owner_id, sealed_of(matter)):
        return None
    category, told = category_of_matter(matter), ReportMoment(matter.reported_at, matter.pk)
    line = lineage_of_matter(matter)
    try:
        return route(profile(), category, line, matter.tier, told, apart_from=matter.owner_id)
    except ValidationError:
        return None


def pass_visits_on(matter: Matter) -> None:
    """Give the visits of posts that may know of it no more to another one; end them where there is none."""
    waiting = ReturnVisit.objects.filter(matter=matter, done_at=None, ended_at=None)
    kept = posts_kept_from(waiting.values_list("post", flat=True), sealed_of(matter))
    if not kept:
        return
    post = visitor_of(matter)
    changes = {"post": post} if post else {"ended_at": clock.now()}
    waiting.filter(post__in=kept).update(**changes)
