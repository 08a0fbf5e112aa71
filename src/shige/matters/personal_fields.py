"""What is kept of persons who report, join or claim a wish: each field, why and for how long (P6)."""

from datetime import timedelta

from django.utils.translation import gettext_noop

from shige.trust.personal import declare

from .own_data.former import FIELD as FORMER
from .own_data.former import KEPT


def declare_fields() -> None:
    """Declare every field; the vault, the privacy notice and the deletion of what is over follow from it."""
    year, told = timedelta(days=365), gettext_noop
    brought = told("to bring whoever wishes and whoever fulfils it together")
    words = told("to know what it is about, for whoever handles it")
    joined = told("to tell whoever joined a matter what became of it")
    declare("matter.name", told("Name of a reporter"), told("to address the reporter when asking back"), year)
    declare(
        "matter.phone", told("Telephone of a reporter"), told("to ask back and to tell the result"), year,
        indexed=True,
    )  # fmt: skip
    declare(
        FORMER, told("Telephone that a reporter left before"),
        told("to let its owner undo a change that is not theirs"), KEPT, indexed=True,
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
    declare("wish.phone", told("Telephone of whoever fulfils a wish"), brought, year, indexed=True)
