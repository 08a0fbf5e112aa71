"""What its writer says of an alarm once later words are taken in: it was no emergency (P4)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import override

from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ...models import Matter
from ...neighbours.queries.followed import following, is_hidden
from ...workflow.commands.remarks import note_beside
from ...workflow.commands.steps import changed, lock_by_code
from ...workflow.workflows import ALARM_DISMISSED
from .apart import codes_apart
from .later_words import said_none


@transaction.atomic
def dismiss_alarm(viewer: Viewer, code: str, form: str) -> Matter:
    """Note, where the words of ``form`` stand, that there is no emergency; return that matter.

    It moves nothing and opens nothing: what is sealed stays so until somebody trained has looked.

    Raises
    ------
    PermissionDenied
        Nobody follows by this code.
    """
    matter = _matter_of_words(code, form)
    with override(profile().language):
        note_beside(matter, ALARM_DISMISSED, remark=said_none())
    changed(viewer, f"matter.{ALARM_DISMISSED}", matter)
    return matter


def _matter_of_words(code: str, form: str) -> Matter:
    """Return the matter in which words stand, its row locked: set apart, the one that goes on, or the own."""
    if apart := codes_apart(code, form):
        return lock_by_code(apart[0])
    found = following(code)
    if found is None:
        return lock_by_code(code)
    if is_hidden(found):
        raise PermissionDenied("nobody follows by this code")
    return Matter.objects.select_for_update().get(pk=found.matter.pk)
