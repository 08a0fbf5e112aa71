"""A password does not consist of what everybody knows of its holder: names, the area, the program."""

from collections.abc import Iterable
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.language.numerals import narrow

from .models import Person

SHORTEST: Final = 2
"""Letters of a word that counts; a shorter one stands in every password."""

LEAST_ELSE: Final = 5
"""How many different letters a password has beside such words; all digits together count as one of them."""

PROGRAM: Final = ("shige", "实格", "shequ", "wangge", "password")


class KnownWordsValidator:
    """Refuse a password that is the own name, service name or area once or more, with little else."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise ``ValidationError`` where little is left without the words that others know."""
        left = _plain(password)
        names = (*PROGRAM, *_words_of(user))
        words = {_plain(word) for name in names for word in (name, *name.split())}
        words |= {word.rstrip("0123456789") for word in words}
        known = sorted((word for word in words if len(word) >= SHORTEST), key=len, reverse=True)
        held = any(word in left for word in known)
        for word in known:
            left = left.replace(word, "")
        if held and len({"0" if one.isdecimal() else one for one in left}) < LEAST_ELSE:
            raise ValidationError(_("Please do not use your own name or area: others try it first."))

    def get_help_text(self) -> str:
        """Return what is asked for, as Django's own forms show it."""
        return _("Not your own name or area with little else.")


def _words_of(person: Person | None) -> Iterable[str]:
    """Yield what a person is called here, and where they serve or were entered."""
    if person is None or person.pk is None:
        return
    yield person.username
    yield person.service_name
    if person.area is not None:
        yield person.area.name
    yield from person.appointments.values_list("post__area__name", flat=True)


def _plain(text: str) -> str:
    """Return a text as letters and digits alone: width, case and signs make no other word."""
    return "".join(filter(str.isalnum, narrow(text))).casefold()
