"""The matters room as a Django app: what it keeps of persons, and who may know of what (P3, P6)."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_noop


class MattersConfig(AppConfig):
    name = "shige.matters"

    def ready(self) -> None:
        """Declare what is sealed, why and for how long, what the journal vouches for, and what is erased."""
        from shige.trust.erasures import erase_again_with
        from shige.trust.message_subjects import declare_known
        from shige.trust.messages import bring_page, bring_words
        from shige.trust.navigation import bring_desks, bring_rail
        from shige.trust.personal import declare
        from shige.trust.vouched_rows import vouch_for

        from .messages import MESSAGES
        from .models import Reading
        from .models.read_receipt import ReadReceipt
        from .navigation import DESKS, RAIL
        from .neighbours import commands as joining
        from .own_data import former
        from .own_data.commands import own_data
        from .tasks.actors import joints_known, tasks_known
        from .wishes import commands as wishing
        from .workflow.actors import numbers_known

        bring_words(MESSAGES)
        bring_page("matter", "matters:matter")
        bring_rail(*RAIL)
        bring_desks(*DESKS)
        for kind in (own_data, joining, wishing):
            erase_again_with(kind.ERASED, kind.erase_again)
        declare_known("matter", numbers_known)
        declare_known("task", tasks_known)
        declare_known("joint", joints_known)
        vouch_for(ReadReceipt, "task_id", "part_id", "person_id", "post_id", "at")
        vouch_for(Reading, "matters", "person_id", "role", "how", "why", "at")

        year, told = timedelta(days=365), gettext_noop
        brought = told("to bring whoever wishes and whoever fulfils it together")
        words = told("to know what it is about, for whoever handles it")
        joined = told("to tell whoever joined a matter what became of it")
        declare(
            "matter.name", told("Name of a reporter"), told("to address the reporter when asking back"), year
        )
        declare(
            "matter.phone", told("Telephone of a reporter"), told("to ask back and to tell the result"), year,
            indexed=True,
        )  # fmt: skip
        declare(
            former.FIELD, told("Telephone that a reporter left before"),
            told("to let its owner undo a change that is not theirs"), former.KEPT, indexed=True,
        )  # fmt: skip
        declare(
            "matter.room",
            told("Unit, floor and room"),
            told("to find the door, for whoever handles it"),
            year,
        )
        declare(
            "matter.callback", told("Safe time and way to call back"),
            told("to call back in a way and at a time that is safe"), year,
        )  # fmt: skip
        declare(
            "matter.original",
            told("Words of a matter as they were typed"),
            told("to read the numbers in it that the text hides, for whoever handles it"),
            3 * year,
        )
        declare("matter.words", told("Words of a confidential matter"), words, 3 * year)
        declare("matter.joined_phone", told("Telephone of whoever joined a matter"), joined, year)
        declare("wish.name", told("Name of whoever fulfils a wish"), brought, year)
        declare("wish.phone", told("Telephone of whoever fulfils a wish"), brought, year)
