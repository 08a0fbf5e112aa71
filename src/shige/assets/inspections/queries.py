"""What was found at a thing, and which thing or device a matter came from (R41)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from shige.matters.models import Matter
from shige.matters.workflow.actors import seen_by
from shige.territory.models import Thing
from shige.trust.gate import Viewer

from ..models.device import DeviceEvent
from ..models.inspection import Inspection

SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Inspected:
    """One inspection as a line; ``number`` of the matter is empty where ``viewer`` may not see it."""

    on: date
    person: str
    defect: bool
    words: str
    number: str


def inspections_of(viewer: Viewer, thing: Thing) -> list[Inspected]:
    """Return the latest inspections of a thing that ``viewer`` sees. Two statements."""
    rows = list(thing.inspections.select_related("person", "matter").order_by("-pk")[:SHOWN])
    numbers = _seen_numbers(viewer, rows)
    return [
        Inspected(
            row.on,
            row.person.service_name if row.person else "",
            row.defect,
            row.words if row.matter_id in numbers else "",
            numbers.get(row.matter_id or 0, ""),
        )
        for row in rows
    ]


def thing_of(matter: Matter) -> Thing | None:
    """Return the thing at which a matter's defect or alarm is. At most two statements."""
    inspected = Inspection.objects.filter(matter=matter).select_related("thing").first()
    if inspected is not None:
        return inspected.thing
    event = DeviceEvent.objects.filter(matter=matter).select_related("device__thing").first()
    return event.device.thing if event else None


def _seen_numbers(viewer: Viewer, rows: list[Inspection]) -> dict[int, str]:
    keys = {row.matter_id for row in rows if row.matter_id}
    return dict(Matter.objects.filter(seen_by(viewer), pk__in=keys).values_list("pk", "number"))
