"""Icons, moments and deadlines as the pages say them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shige.project.icons import ICONS

register = template.Library()

SOON = timedelta(hours=24)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a pictogram beside its words; hidden from screen readers, which read the words.

    Raises
    ------
    KeyError
        When there is no icon of that name.
    """
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def comma() -> str:
    """Return what stands between two names of a list in the language of the page: 、 or a comma."""
    return pgettext("between names", ", ")


@register.filter
def together(names: Iterable[object]) -> str:
    """Return names as one list in the language of the page."""
    return comma().join(map(str, names))


@register.filter
def when(moment: datetime) -> str:
    """Say a moment as an office would: 11月23日 14:30 (周一), with the year only where it is another one."""
    local = timezone.localtime(moment)
    same_year = local.year == timezone.localtime().year
    pattern = (
        # Translators: Django's date format of a moment in this year.
        pgettext("date format", "D j M, H:i")
        if same_year
        else pgettext("date format with year", "D j M Y, H:i")
    )
    return date_format(local, pattern)


def span_words(span: timedelta) -> str:
    """Say a length of time in its largest unit, rounded down: 2 days, 5 hours, 10 minutes."""
    if span >= 2 * DAY:
        return ngettext("%(count)d day", "%(count)d days", span.days) % {"count": span.days}
    if span >= HOUR:
        hours = int(span / HOUR)
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    minutes = max(1, int(span / timedelta(minutes=1)))
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


@register.inclusion_tag("components/deadline.html")
def deadline(due: datetime, name: str = "", done: datetime | None = None) -> dict[str, str]:
    """Say how long there is until `due`: grey, amber within a day, red once it has passed.

    Parameters
    ----------
    due
        The moment, in elapsed time; working time is already counted into it.
    name
        Which deadline it is, such as "Response due".
    done
        When what was due was done, if it was: the chip then says whether that was in time.
    """
    left = due - (done or timezone.now())
    shown = {"name": name, "title": when(due), "level": "", "mark": "clock"}
    if done and left >= timedelta(0):
        return shown | {"mark": "done", "words": _("Kept")}
    if done:
        words = _("done, %(span)s late") % {"span": span_words(-left)}
        return shown | {"mark": "done", "level": "late", "words": words}
    if left < timedelta(0):
        return shown | {
            "mark": "warning",
            "level": "late",
            "words": _("%(span)s overdue") % {"span": span_words(-left)},
        }
    level = "soon" if left <= SOON else ""
    return shown | {"level": level, "words": _("%(span)s left") % {"span": span_words(left)}}
