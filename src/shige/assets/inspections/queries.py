"""What was found at a thing, and which thing or device a matter came from (R41)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import OuterRef, Q, Subquery

from shige.matters.models import Matter
from shige.matters.workflow.actors import seen_by
from shige.territory.models import Thing
from shige.trust.gate import Viewer

from ..models.device import DeviceEvent
from ..models.inspection import Inspection

SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Inspected:
    """One inspection as a line; ``number`` of the matter is empty where it is over, or not seen."""

    on: date
    person: str
    defect: bool
    words: str
    number: str


def inspections_of(viewer: Viewer, thing: Thing) -> list[Inspected]:
    """Return the latest inspections of a thing that ``viewer`` sees, and who made them. One statement.

    An own inspection stays in sight, as it was written, when its matter no longer is; of somebody else's
    nothing is told then. A number is that of an open matter, so that its absence tells of no seal (P3).
    """
    seen = Matter.objects.filter(seen_by(viewer))
    told = Q(matter=None) | Q(matter__in=seen) | Q(person=viewer.person)
    known = Matter.objects.filter(seen_by(viewer), open=True, pk=OuterRef("matter"))
    rows = thing.inspections.filter(told).annotate(number=Subquery(known.values("number")[:1]))
    return [
        Inspected(
            row.on, row.person.service_name if row.person else "", row.defect, row.words, row.number or ""
        )
        for row in rows.select_related("person").order_by("-pk")[:SHOWN]
    ]


def thing_of(matter: Matter) -> Thing | None:
    """Return the thing at which a matter's defect or alarm is. At most two statements."""
    inspected = Inspection.objects.filter(matter=matter).select_related("thing").first()
    if inspected is not None:
        return inspected.thing
    event = DeviceEvent.objects.filter(matter=matter).select_related("device__thing").first()
    return event.device.thing if event else None
