"""Telephones as forms take them and pages show them, by the numbering of the jurisdiction."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.language.telephone import NoTelephoneError, Problem, canonical, read_telephone
from shige.language.telephone import dialled as as_dialled
from shige.language.telephone import shown as as_shown

from .jurisdiction import profile

TYPED_LIMIT: Final = 60
"""Characters of a telephone number as it is typed or pasted: with its label, blanks and extension."""


class TelephoneField(forms.CharField):
    """A telephone number, however it is typed; its value is the one form in which it is kept."""

    def __init__(self, *, autocomplete: str = "tel", **given: Any) -> None:
        look = {"type": "tel", "inputmode": "tel", "autocomplete": autocomplete}
        super().__init__(max_length=TYPED_LIMIT, widget=forms.TextInput(attrs=look), **given)

    def clean(self, value: Any) -> str:
        """Read what was typed; ValidationError with a sentence where it is no telephone number."""
        try:
            return telephone(super().clean(value))
        except ValidationError as error:
            raise ValidationError(error.messages) from None


def telephone(written: str, field: str = "phone") -> str:
    """Return a telephone number in the one form in which it is kept; empty where nothing was typed.

    Raises
    ------
    ValidationError
        By ``field``: it is no telephone number; the sentence says what is wrong.
    """
    if not written.strip():
        return ""
    try:
        return str(read_telephone(written, profile().telephones))
    except NoTelephoneError as error:
        if error.problem == Problem.EMPTY:
            return ""
        raise ValidationError({field: wrong_with(error)}) from None


def found_telephone(written: str) -> str:
    """Return a telephone number in the form in which it is kept; empty where it is none."""
    return canonical(written, profile().telephones)


def shown(kept: str) -> str:
    """Return a kept telephone number as people here know it."""
    return as_shown(kept, profile().telephones)


def dialled(kept: str) -> str:
    """Return the digits of a kept telephone number that a gateway or a keypad takes."""
    return as_dialled(kept, profile().telephones)


def wrong_with(error: NoTelephoneError) -> str:
    """Say in a sentence why something is no telephone number, and what to do."""
    area = profile().telephones.area
    if error.problem == Problem.SHORT:
        said = _(
            "This number has only %(count)d digits. A mobile number has 11; a landline needs its area code."
        )
        if area:
            said = _(
                "This number has only %(count)d digits. A mobile number has 11; a landline has its area code"
                " before it, such as %(area)s."
            )
        return said % {"count": error.digits, "area": area}
    said = {
        Problem.LONG: _("This number has %(count)d digits, more than a telephone number has."),
        Problem.WORDS: _("Please write the telephone number in digits; something else stands in it."),
        Problem.SEVERAL: _("These are two telephone numbers. Please write one."),
        Problem.ROUNDED: _(
            "A spreadsheet has shortened this number. Format the column as text and type the number again."
        ),
    }.get(error.problem, _("There is no such telephone number. Please check the digits."))
    return said % {"count": error.digits}
