"""Kinds of notes, and what may be looked at on a visit."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import Note

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LABELS: Final[dict[str, "StrPromise"]] = {
    Note.Kind.VISIT: _("Visit note"),
    Note.Kind.GUIDANCE: _("Guidance"),
    Note.Kind.FINDING: _("Finding passed above"),
}

DO: Final[dict[str, "StrPromise"]] = {
    Note.Kind.VISIT: _("Write a visit note"),
    Note.Kind.GUIDANCE: _("Give guidance"),
    Note.Kind.FINDING: _("Pass a finding above"),
}
"""The button of each kind."""

LOOKED_AT: Final[dict[str, "StrPromise"]] = {
    "response": _("answers to what was reported"),
    "late": _("what is late or reopened"),
    "patrol": _("patrols and their records"),
    "visits": _("return visits and how content people are"),
    "staff": _("people in the grid team, vacancies"),
    "notice": _("notice boards and what they say"),
    "service": _("service points and opening hours"),
    "other": pgettext_lazy("looked at", "something else"),
}
"""What a visit may look at: of the work, never of a person."""
