"""Put on record that something left the program as a file (P7)."""

from django.db import transaction

from ..facts import ListExported
from ..gate import Viewer
from .journal import record


@transaction.atomic
def note_export(viewer: Viewer, what: str, lines: int) -> None:
    """Write into the journal, before the file is handed out, who took how many lines of what away."""
    record(viewer, f"{what}.exported", "person", viewer.person, 1, fact=ListExported(lines=lines))
