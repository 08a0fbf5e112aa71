"""Put on record that a list left the program as a file (P7)."""

from django.db import transaction

from shige.trust.commands import record
from shige.trust.gate import Viewer


@transaction.atomic
def note_export(viewer: Viewer, lines: int) -> None:
    """Write into the journal who took how many matters away."""
    record(viewer, "matter.exported", "person", viewer.person, 1, facts={"lines": lines})
