"""The telephone before the last change, kept for a while: it protects from whoever changes it (P5).

Code and telephone of a neighbour are soon known. Whoever changes the telephone by them alone could take the
office's calls. So the one before stays for ``KEPT``: it still shows who the reporter is, the office reads it
beside the new one, and until then nobody changes it once more but back.
"""

import uuid
from datetime import timedelta
from typing import Final

from shige.trust.handles import still_kept

from ..models import Matter

FIELD: Final = "matter.former_phone"
KEPT: Final = timedelta(days=30)

CHANGED: Final = "matter.contact_changed"
"""The message to the telephone that was left before."""


def former_of(matter: Matter) -> uuid.UUID | None:
    """Return the handle under which the telephone before is kept; None where there is none."""
    handle = handle_of_former(matter.phone_handle)
    return handle if still_kept([handle]) else None


def handle_of_former(phone: uuid.UUID | None) -> uuid.UUID | None:
    """Return the one handle that belongs to that of the telephone in force."""
    return uuid.uuid5(phone, FIELD) if phone else None
