"""The matters room as a Django app: it declares the personal fields that it keeps (P6)."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_noop


class MattersConfig(AppConfig):
    name = "shige.matters"

    def ready(self) -> None:
        """Declare what is sealed, why, and for how long."""
        from shige.trust.personal import declare

        year = timedelta(days=365)
        declare("matter.name", gettext_noop("to address the reporter when asking back"), year)
        declare("matter.phone", gettext_noop("to ask back and to tell the result"), year, indexed=True)
        declare("matter.room", gettext_noop("to find the door, for whoever handles it"), year)
        declare("wish.name", "to address whoever fulfils a wish", year)
        declare("wish.phone", "to bring both together", year)
        declare("matter.joined_phone", "to tell whoever joined a matter what became of it", year)
        declare("mediation.name", "to call the parties of a dispute together", 3 * year)
        declare("mediation.phone", "to call the parties of a dispute together", 3 * year)
        declare("mediation.note", "what was seen and heard, for whoever mediates the dispute", 3 * year)
        declare("mediation.agreement", "what the parties agreed, to print it and follow it up", 3 * year)
        declare("matter.words", gettext_noop("to know what it is about, for whoever handles it"), 3 * year)
