"""The part of a matter's page on which an office writes what everybody may read."""

from django.forms import Form

from shige.trust.gate import Viewer

from ..categories import may_be_public
from ..handling.forms import SummaryForm
from ..models import Matter, Summary
from .commands import may_release


def summary_on_page(viewer: Viewer, matter: Matter, failed: Form | None) -> dict[str, object]:
    """Return the form with what is released; nothing for whoever may release nothing of it."""
    if not (may_release(viewer, matter) and may_be_public(matter)):
        return {}
    held = Summary.objects.filter(matter=matter).first()
    initial = {"words": held.words, "result": held.result} if held else None
    form = failed or SummaryForm(initial=initial, auto_id="id_summary_%s")
    return {"summary_form": form, "released": held is not None}
