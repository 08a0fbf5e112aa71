"""Release what everybody may read of a matter: an office's own words, free of persons (P8)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.form_text import without_persons
from shige.trust.gate import Viewer

from .. import clock
from ..categories import may_be_public
from ..models import Matter, Summary
from ..workflow.actors import dispatching
from ..workflow.commands.steps import acting_post, changed, lock_matter

WORDS, RESULT = 200, 300
"""Characters of a summary and of its result."""


@transaction.atomic
def release(viewer: Viewer, number: str, words: str, result: str = "") -> None:
    """Let everybody read a summary of a matter; empty words take it back.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not dispatch where the matter lies: a worker of a grid releases nothing.
    ValidationError
        By field: a person, a door, a plate or a number stands in it; or the matter is not for the public.
    """
    matter = lock_matter(viewer, number)
    if not may_release(viewer, matter):
        raise PermissionDenied("only the office that dispatches there releases a summary")
    if not words.strip():
        Summary.objects.filter(matter=matter).delete()
        changed(viewer, "matter.summary_withdrawn", matter)
        return
    if not may_be_public(matter):
        raise ValidationError(_("Nothing of this matter may be published: it is confidential or guarded."))
    said = without_persons("words", words, limit=WORDS)
    ended = without_persons("result", result, limit=RESULT) if result.strip() else ""
    kept = {"words": said, "result": ended, "person_id": viewer.person, "at": clock.now()}
    kept["post_id"] = acting_post(viewer, matter)
    Summary.objects.update_or_create(matter=matter, defaults=kept)
    changed(viewer, "matter.summarised", matter)


def may_release(viewer: Viewer, matter: Matter) -> bool:
    """Say whether ``viewer`` may release a summary of a matter that they see."""
    return viewer.system or dispatching(viewer, matter) is not None
