"""Merge a matter into another one that is the same: never by itself, always by a person with a reason."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.commands import seal
from shige.trust.gate import Viewer

from ... import clock
from ...categories import category_of_matter
from ...lists.commands.saved_filters import drop_naming
from ...models import Matter
from ...tasks.actors import open_work
from ...workflow.commands.steps import advance, authorise, journal, lock_matter, tell_reporter


@transaction.atomic
def merge(viewer: Viewer, number: str, into: str, reason: str) -> Matter:
    """End a matter as part of another open one, which both reporters then follow.

    Raises
    ------
    ValidationError
        The other one is the same, is done, is guarded differently, or is not to be seen by ``viewer``; or
        tasks of the one that ends are still open (R26).
    """
    other = _other(viewer, number, into.strip())
    matter, transition = authorise(viewer, number, "merge")
    if open_work(matter):
        raise ValidationError(_("Tasks are still open: accept or withdraw them first."))
    advance(viewer, matter, transition, reason, merged_into_id=other.pk, closed_at=clock.now())
    tell_reporter("matter.merged", matter)
    return matter


def _other(viewer: Viewer, number: str, into: str) -> Matter:
    """Return the matter that takes the other one in; both rows locked in the order of their numbers."""
    if number == into:
        raise ValidationError({"into": _("A matter cannot be merged into itself.")})
    try:
        pair = {name: lock_matter(viewer, name) for name in sorted((number, into))}
    except PermissionDenied:
        raise ValidationError({"into": _("There is no such matter here.")}) from None
    if not pair[into].open:
        raise ValidationError({"into": _("That matter is done already; only an open one takes others in.")})
    if _guarded(pair[into]) != _guarded(pair[number]):
        said = _("Only one of the two is confidential or must never be mediated: correct the category first.")
        raise ValidationError({"into": said})
    return pair[into]


def _guarded(matter: Matter) -> tuple[int, bool, bool]:
    """Return how a matter is guarded: of two that differ, a reporter or a reader of one learns too much.

    What the reporter says next is stored as the other one is, and reaches whoever handles that (P3, P4).
    """
    return matter.sealed, matter.confidential, category_of_matter(matter).never_mediate


def seal_merged(viewer: Viewer, matter: Matter) -> None:
    """Hide with a sealed matter whatever was merged into it: what stayed in sight would tell of it (P3)."""
    if not matter.sealed:
        return
    for part in Matter.objects.select_for_update().filter(merged_into=matter, sealed__lt=matter.sealed):
        if not part.confidential:
            part.words_handle, part.words = part.words_handle or seal("matter.words", part.words), ""
        part.sealed, part.confidential = matter.sealed, True
        part.version += 1
        part.save(update_fields=["sealed", "confidential", "words", "words_handle", "version"])
        journal(viewer, "matter.sealed", part)
        drop_naming(part)
        seal_merged(viewer, part)
