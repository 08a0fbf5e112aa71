"""Write telephones that are kept already in the one form in which they are found (once, after an upgrade)."""

import uuid
from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.apps import apps
from django.core.exceptions import PermissionDenied

from shige.trust.commands import record, write_anew
from shige.trust.gate import Viewer
from shige.trust.models import JournalEntry
from shige.trust.telephone_field import found_telephone

from ...facts import TelephonesRead

AT_ONCE: Final = 1000
DONE: Final = "vault.telephones_read"


def read_telephones_anew(viewer: Viewer) -> int:
    """Bring every kept telephone into its one form; return how many changed.

    Each thousand is a transaction of its own: broken off, it goes on where it was, for what has the form
    already stays. The journal says when all were read, and nothing is opened a second time.

    Raises
    ------
    PermissionDenied
        Somebody else than the program itself asks.
    """
    if not viewer.system:
        raise PermissionDenied("only the program itself reads kept telephones anew")
    if JournalEntry.objects.filter(object_type="vault", object_id="telephones", verb=DONE).exists():
        return 0
    kept, changed = _handles(), 0
    while some := list(islice(kept, AT_ONCE)):
        changed += write_anew(viewer, some, found_telephone)
    record(viewer, DONE, "vault", "telephones", 1, fact=TelephonesRead(changed=changed))
    return changed


def _handles() -> Iterator[uuid.UUID]:
    keeping = (model for model in apps.get_models() if hasattr(model, "phone_handle"))
    for model in sorted(keeping, key=lambda model: model._meta.label):
        known = model._default_manager.exclude(phone_handle=None).order_by("pk")
        yield from (
            handle for handle in known.values_list("phone_handle", flat=True).iterator(AT_ONCE) if handle
        )
