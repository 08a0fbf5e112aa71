"""What is wrong with an imported file: row, column and a sentence in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shige.division.input import Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``row`` is the row as the file's user counts it, 0 for the file as a whole."""

    row: int
    column: str
    message: str
    file: str = ""

    def __str__(self) -> str:
        where = _("row %(row)d") % {"row": self.row} if self.row else _("whole file")
        return ", ".join(part for part in (self.file, where, self.column) if part) + f": {self.message}"


MESSAGES: Final[Mapping[str, str]] = {
    "not_a_feature": gettext_noop("This is not a GeoJSON feature."),
    "missing": gettext_noop("A value is needed here."),
    "duplicate": gettext_noop("%(value)s was already used in row %(first)s."),
    "community_code": gettext_noop("%(value)s is not a community code of 12 digits."),
    "not_whole": gettext_noop("%(value)s is not a whole number."),
    "not_a_number": gettext_noop("%(value)s is not a number."),
    "negative": gettext_noop("%(value)s is below zero."),
    "too_large": gettext_noop("%(value)s is more than %(limit)s."),
    "not_yes_or_no": gettext_noop("%(value)s is neither yes nor no."),
    "unknown": gettext_noop("%(value)s is not one of %(allowed)s."),
    "geometry_missing": gettext_noop("The shape, or longitude and latitude, are missing."),
    "geometry_type": gettext_noop("A %(value)s is not allowed here; use %(allowed)s."),
    "geometry_broken": gettext_noop("The shape cannot be read: %(reason)s"),
    "self_crossing": gettext_noop("The outline crosses itself or is not closed: %(reason)s"),
    "out_of_range": gettext_noop("%(value)s is not a longitude and latitude in degrees."),
    "swapped": gettext_noop("%(value)s: longitude and latitude look swapped."),
    "far_away": gettext_noop("It lies %(value)s km from the middle of its community."),
}


def fault_of(problem: Problem, first: int, headers: Mapping[str, str]) -> Fault:
    """Turn a problem of the shared reading into a fault as this file's user sees it.

    ``first`` is the user's number of the first feature, ``headers`` the file's own words for our columns.
    """
    details = dict(problem.details)
    if "first" in details:
        details["first"] = int(details["first"]) + first - 1
    message = _(MESSAGES[problem.code]) % details if problem.code in MESSAGES else problem.message
    return Fault(problem.row + first - 1, headers.get(problem.column, problem.column), message)
