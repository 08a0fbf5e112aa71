"""The part of a sealed matter's page on which somebody names whom it is about (P3)."""

from django.forms import Form

from shige.trust.gate import Viewer

from ..models import Matter
from .forms import RecusalForm
from .persons import kept_by_name, may_recuse, nameable


def recusal_on_page(viewer: Viewer, matter: Matter, failed: Form | None) -> dict[str, object]:
    """Return the form and who is named already; nothing for whoever may name nobody."""
    if not may_recuse(viewer, matter):
        return {}
    form = failed or RecusalForm(nameable(matter))
    return {"recusal_form": form, "recused": kept_by_name(matter)}
