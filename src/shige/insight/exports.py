"""The figures of a page as rows of a table, for a file."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shige.files.spreadsheets import Cell

from .charts import percent
from .measures import NAMES, Measures, Share
from .queries import Figures

HEADING = 4
"""Which row of the table is its heading, counted from 0."""


def table_of(found: Figures, place: str) -> list[list[Cell]]:
    """Return the figures as rows of a sheet: what it is, a heading, each row, and the total.

    Counts that may not be told are words, never numbers (P8).
    """
    last = timezone.localtime(found.until).date()
    return [
        [_("Area"), place],
        [
            _("Reported from"),
            f"{timezone.localtime(found.since):%Y-%m-%d}",
            _("until before"),
            f"{last:%Y-%m-%d}",
        ],
        [_("Complete until"), f"{timezone.localtime(found.complete_until):%Y-%m-%d %H:%M}"],
        [],
        heading(),
        *([row.key, row.label, *cells_of(row.measures)] for row in found.rows),
        ["", _("Total"), *cells_of(found.total)],
    ]


def heading() -> list[Cell]:
    """Return the heading: each measure as part, whole and, for a rate, per cent."""
    words = {
        "late": pgettext("figures", "late"),
        "response": _("answered in time"),
        "resolution": _("solved in time, as confirmed"),
        "satisfaction": pgettext("figures", "satisfied"),
        "unconfirmable": pgettext("figures", "nobody could confirm"),
    }
    said: list[Cell] = [_("Code"), _("Name"), pgettext("figures", "received"), pgettext("figures", "open")]
    for name, word in words.items():
        said += [word, pgettext("figures", "of"), "%"]
        if name == "late":
            said.pop()
    return said


def cells_of(measures: Measures) -> list[Cell]:
    """Return the cells of one row, in the order of the heading."""
    values: list[Cell] = [told(measures.open, measures.open.of), told(measures.open, measures.open.part)]
    for name in NAMES[1:]:
        share: Share = getattr(measures, name)
        values += [told(share, share.part), told(share, share.of)]
        if name != "late":
            values.append(None if share.rate is None else percent(share.rate))
    return values


def told(share: Share, count: int | None) -> Cell:
    """Return a count, or why there is none."""
    return _("too few to tell") if count is None else count
