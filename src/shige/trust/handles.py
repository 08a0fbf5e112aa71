"""What is still kept under handles of the vault, and who has read it: nothing is opened (P6)."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction

from .gate import Viewer
from .models import VaultItem, VaultReading


def kept(handles: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, tuple[str, datetime | None]]:
    """Return field and end of what is still kept under handles; nothing is opened."""
    wanted = list(handles)
    with transaction.atomic():
        name_handles(wanted)
        rows = VaultItem.objects.filter(handle__in=wanted).values_list("handle", "field", "expires_at")
        return {handle: (field, end) for handle, field, end in rows}


def was_read_by(viewer: Viewer, handle: uuid.UUID | None, since: datetime | None = None) -> bool:
    """Say whether this person has opened what is kept under a handle, since a moment where one is given."""
    if handle is None:
        return False
    read = VaultReading.objects.filter(handle=handle, person=viewer.person)
    return (read.filter(at__gte=since) if since else read).exists()


def still_kept(handles: Iterable[uuid.UUID | None]) -> frozenset[uuid.UUID]:
    """Return those handles under which something is still kept: not deleted, not past its time."""
    asked = [handle for handle in handles if handle is not None]
    return frozenset(kept(asked)) if asked else frozenset()


def name_handles(handles: Iterable[uuid.UUID]) -> None:
    """Tell the database which rows this transaction may see; the policy knows no other way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('shige.handles', %s, true)", [",".join(str(handle) for handle in handles)]
        )
