"""The part of a sealed matter's page on which somebody names whom it is about (P3)."""

from django.forms import Form

from shige.trust.gate import Viewer

from ..models import Matter
from .forms import RecusalForm
from .persons import kept_by_name, may_recuse, nameable
from .second_person import may_answer, shown_to


def recusal_on_page(viewer: Viewer, matter: Matter, failed: Form | None) -> dict[str, object]:
    """Return the form, who is named already, and requests; nothing for whoever may name nobody."""
    if not may_recuse(viewer, matter):
        return {}
    form = failed or RecusalForm(nameable(matter))
    asked = [(one, may_answer(viewer, one)) for one in shown_to(viewer, matter)]
    return {"recusal_form": form, "recused": kept_by_name(matter), "recusal_requests": asked}
