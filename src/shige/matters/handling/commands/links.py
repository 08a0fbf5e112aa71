"""Let two matters point to each other, with a reason, and take that back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.form_text import filled
from shige.trust.gate import Viewer

from ... import clock
from ...models import Matter, Relation
from ...workflow.actors import actors_of
from ...workflow.commands.steps import NOTE_LIMIT, changed, lock_matter


@transaction.atomic
def relate(viewer: Viewer, number: str, other: str, reason: str) -> Relation:
    """Say that two matters belong together without being the same; both pages show it.

    It stands in no history: whoever may not see the one must not read of it at the other (P3).

    Raises
    ------
    ValidationError
        The other one is the same or not to be seen, or no reason is given.
    """
    said = filled("reason", reason, NOTE_LIMIT)
    matter, beside = _pair(viewer, number, other.strip())
    first, second = sorted((matter, beside), key=lambda one: one.pk)
    relation, new = Relation.objects.get_or_create(
        first=first, second=second, defaults={"reason": said, "person_id": viewer.person, "at": clock.now()}
    )
    if new:
        changed(viewer, "matter.related", first, second)
    return relation


@transaction.atomic
def unrelate(viewer: Viewer, number: str, other: str) -> None:
    """Take the pointing of two matters to each other back."""
    first, second = sorted(_pair(viewer, number, other), key=lambda one: one.pk)
    if Relation.objects.filter(first=first, second=second).delete()[0]:
        changed(viewer, "matter.unrelated", first, second)


def _pair(viewer: Viewer, number: str, other: str) -> tuple[Matter, Matter]:
    """Lock two matters in the order of their numbers; ``viewer`` must act on the first one."""
    if number == other:
        raise ValidationError({"other": _("A matter cannot be linked with itself.")})
    found: dict[str, Matter] = {}
    for name in sorted((number, other)):
        try:
            found[name] = lock_matter(viewer, name)
        except PermissionDenied:
            if name == number:
                raise
            raise ValidationError({"other": _("There is no such matter here.")}) from None
    if not actors_of(viewer, found[number]):
        raise PermissionDenied("only whoever handles a matter links it")
    return found[number], found[other]
