"""What the page of a matter shows of the plan for a group's claim (R23)."""

from django.forms import Form

from shige.matters.models import Matter
from shige.trust.gate import Viewer

from .queries import plan_of


def plan_on_page(viewer: Viewer, matter: Matter, failed: Form | None, action: str) -> dict[str, object]:
    """Return the plan in short; nothing where its category asks for none."""
    plan = plan_of(viewer, matter)
    return {"plan": plan} if plan else {}
