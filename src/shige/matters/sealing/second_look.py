"""Who else could confirm that nobody is in danger, and how one alone does so where there is nobody (P4)."""

from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from shige.trust.gate import Viewer
from shige.trust.makers import are_independent
from shige.trust.models import Person
from shige.trust.permissions import roles_for
from shige.trust.queries import held_today, viewer_of

from .. import clock
from ..danger.guarded import is_trained
from ..models import Matter
from ..workflow.actors import dispatching, is_independent


def has_confirmer(matter: Matter, asker: int) -> bool:
    """Say whether somebody else in office may confirm a release that ``asker`` asked for.

    They dispatch the matter, are not concerned by it, and neither is of the other's making.
    """
    areas = [area for area in (matter.street_id, matter.district_id) if area is not None]
    above = Q(post__area__in=areas) | Q(post__area__level__in=("city", "province"))
    posts = Q(post=matter.owner_id) | (Q(post__role__in=roles_for("matter.dispatch")) & above)
    held = held_today().filter(posts).exclude(person=asker)
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    return any(
        dispatching(viewer_of(person), matter) is not None and are_independent(person.pk, asker)
        for person in people
    )


def may_look_again(viewer: Viewer, matter: Matter, asked: datetime) -> bool:
    """Say whether whoever asked may be the second look as well: a trained person, on a later day."""
    scope = dispatching(viewer, matter)
    trained = scope is not None and (is_trained(scope) or is_independent(matter))
    return trained and localdate(clock.now()) > localdate(asked)
