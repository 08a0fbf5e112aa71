"""What people write into the fields of a form, as it may be kept."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.language.blank import trimmed
from shige.language.masking import masked
from shige.language.persons import person_in

TEXT_LIMIT: Final = 1000

LANDLINE: Final = re.compile(
    r"(?<!\d)(?:\(?0\d{2,3}\)?[- ]?)?[2-8]\d{2,3}[- ]?\d{4}(?:\s*(?:-|转)\s*\d{1,5})?(?!\d)"
)
"""A telephone of an office as notices write it, with its extension."""


def filled(field: str, text: str, limit: int, *, keep_numbers: bool = False) -> str:
    """Return a text that must be there, trimmed and with its telephone and ID numbers masked.

    Parameters
    ----------
    limit
        The most characters.
    keep_numbers
        Whether the numbers stay, as only what goes to the vault may keep them.

    Raises
    ------
    ValidationError
        By field: it is empty or too long.
    """
    said = trimmed(text)
    if not said or len(said) > limit:
        raise ValidationError(
            {field: _("Please fill this in, in at most %(count)d characters.") % {"count": limit}}
        )
    return said if keep_numbers else masked(said)


def without_numbers(field: str, text: str, *, limit: int = TEXT_LIMIT) -> str:
    """Return a text that leaves the office, trimmed.

    Raises
    ------
    ValidationError
        It is empty or too long, or a telephone or ID number stands in it.
    """
    said = trimmed(text)
    if not said:
        raise ValidationError({field: _("Please fill this in.")})
    if len(said) > limit:
        raise ValidationError({field: _("At most %(count)d characters.") % {"count": limit}})
    if masked(said) != said:
        raise ValidationError(
            {
                field: _(
                    "There is a telephone or ID number in it. Take it out: nobody's data leave the office."
                )
            }
        )
    return said


def without_persons(field: str, text: str, *, limit: int = TEXT_LIMIT) -> str:
    """Return a text that speaks of a place and of nobody in it, trimmed.

    Raises
    ------
    ValidationError
        As with ``without_numbers``, or a person, a door or a number plate stands in it.
    """
    said = without_numbers(field, text, limit=limit)
    if found := person_in(said):
        raise ValidationError(
            {
                field: _(
                    "“%(part)s” points to a person. Write what is said of the place, without names or doors."
                )
                % {"part": found}
            }
        )
    return said


def for_everybody(field: str, text: str, *, limit: int) -> str:
    """Return what an office says to everybody of a place of its own, trimmed; it may be empty.

    Rooms, landlines and who serves there may stand in it, as on any notice; a mobile or ID number may not.

    Raises
    ------
    ValidationError
        It is too long, or such a number stands in it.
    """
    said = trimmed(text)
    if len(said) > limit:
        raise ValidationError({field: _("At most %(count)d characters.") % {"count": limit}})
    rest = LANDLINE.sub("", said)
    if masked(rest) != rest:
        raise ValidationError(
            {
                field: _(
                    "Everybody reads this: take the mobile or ID number out. An office's landline may stay."
                )
            }
        )
    return said
