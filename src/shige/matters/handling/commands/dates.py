"""Put approximate dates right once the holidays of their year are published (R22)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override, pgettext

from shige.trust.bulk_insert import insert_many
from shige.trust.commands import record_all
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ... import clock
from ...categories import category_of_matter
from ...facts import MatterChanged
from ...models import Matter, Step
from ...workflow.actors import lineage_of_matter
from ...workflow.commands.steps import SETTLED
from ...workflow.schedule import redated, settle
from ...workflow.workflows import REDATED

BATCH: Final = 50
"""Rows that one transaction locks."""


def redate_approximate(viewer: Viewer) -> int:
    """Date those open matters anew whose dates were approximate and are certain now; return how many.

    The limits are those of the profile in force. The reporter reads it in the history.
    """
    if not viewer.system:
        raise PermissionDenied("only the program itself corrects dates")
    waiting = Matter.objects.filter(open=True, approximate=True).order_by("pk").values_list("pk", flat=True)
    total, last = 0, 0
    while keys := list(waiting.filter(pk__gt=last)[:BATCH]):
        total += _redate(viewer, keys)
        last = keys[-1]
    return total


@transaction.atomic
def _redate(viewer: Viewer, keys: Sequence[int]) -> int:
    locked = Matter.objects.select_for_update().filter(pk__in=keys, open=True, approximate=True)
    steps = [step for matter in locked.order_by("pk") if (step := _corrected(matter))]
    matters = [step.matter for step in steps]
    Matter.objects.bulk_update(matters, ["version", *SETTLED])
    insert_many(steps)
    changes = [(m.pk, m.version, lineage_of_matter(m), MatterChanged.of(m)) for m in matters]
    record_all(viewer, f"matter.{REDATED}", "matter", changes)
    return len(steps)


def _corrected(matter: Matter) -> Step | None:
    """Set the dates that are certain now and return the step that says so; None while they are not."""
    before, due = matter.resolve_by, redated(matter, category_of_matter(matter))
    if due.approximate:
        return None
    matter.respond_by, matter.resolve_by, matter.approximate = due.respond_by, due.resolve_by, False
    settle(matter)
    matter.version += 1
    said = " → ".join(_written(moment) for moment in dict.fromkeys((before, due.resolve_by)))
    return Step(
        matter=matter, at=clock.now(), action=REDATED, before=matter.state, after=matter.state, note=said
    )


def _written(moment: datetime) -> str:
    with override(profile().language):
        return date_format(localtime(moment), pgettext("date format with year", "D j M Y, H:i"))
