"""The privacy notice, made from what the rooms have declared, so that it says what is so (P5, P6)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from shige.trust.jurisdiction import profile
from shige.trust.page_access import public_page
from shige.trust.personal import FIELDS

from ..device import KEPT_SECONDS
from ..drafts import LIFE

YEAR = timedelta(days=365)


@require_safe
@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is held, why, how long, and what somebody may do about it."""
    fields = [(_(field.label), _(field.purpose), span(field.keep)) for field in FIELDS.values()]
    shown = {
        "fields": fields,
        "words_kept": span(FIELDS["matter.words"].keep),
        "draft_kept": span(LIFE),
        "device_kept": span(timedelta(seconds=KEPT_SECONDS)),
        "few": profile().suppress_under,
        "gateway": bool(settings.SHIGE_DELIVERY_URL),
        "tiles": bool(settings.SHIGE_TILE_URL),
    }
    return render(request, "channels/privacy.html", shown)


def span(length: timedelta) -> str:
    """Say a length of time in whole years, days or minutes, whichever fits."""
    if length >= YEAR and not length % YEAR:
        years = length // YEAR
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    if length >= timedelta(days=1):
        return ngettext("%(count)d day", "%(count)d days", length.days) % {"count": length.days}
    minutes = int(length / timedelta(minutes=1))
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
