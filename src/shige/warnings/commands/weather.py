"""Enter a weather warning signal (预警信号) by hand or by program, and lift it (R25)."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.matters import clock
from shige.matters.visibility.areas import inside
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.commands import Note, enqueue_all, record
from shige.trust.gate import Viewer, require
from shige.trust.jurisdiction import profile
from shige.trust.permissions import OFFICE, roles_of
from shige.trust.queries import held_today

from ..facts import WeatherChanged
from ..models import WeatherSignal


@dataclass(frozen=True, slots=True)
class SignalIn:
    """A signal as it was issued; ``reference`` is the issuer's own number, where there is one."""

    kind: str
    colour: str
    since: datetime
    until: datetime
    reference: str = ""


@transaction.atomic
def enter_signal(viewer: Viewer, area: Area, given: SignalIn) -> WeatherSignal:
    """Enter a signal for an office's area; the offices in it are told. Nothing goes to residents by itself.

    The same ``reference`` sent again gives back the signal that stands there.

    Raises
    ------
    ValidationError
        By field: a kind or colour that the profile does not know, or a time that is over or turned round.
    """
    require(viewer, "warning.send", lineage_of(area))
    area = Area.objects.select_for_update().get(pk=area.pk)
    known = WeatherSignal.objects.filter(area=area, reference=given.reference).exclude(reference="").first()
    if known is not None:
        return known
    _check(given)
    signal = WeatherSignal.objects.create(
        area=area,
        kind=given.kind,
        colour=given.colour,
        since=given.since,
        until=given.until,
        reference=given.reference,
        entered_at=clock.now(),
        person_id=viewer.person,
    )
    held = held_today().filter(inside([area.pk], "post__area__"), post__role__in=roles_of(OFFICE))
    people = held.exclude(person=viewer.person).order_by("person").values_list("person_id", flat=True)
    enqueue_all(Note("weather.entered", "weather", str(signal.pk), person) for person in people.distinct())
    _record(viewer, "weather.entered", signal)
    return signal


@transaction.atomic
def lift_signal(viewer: Viewer, pk: int) -> WeatherSignal:
    """End a signal before its time; warnings that were sent because of it stay until they are withdrawn.

    Raises
    ------
    PermissionDenied
        There is none, or it is not for an area of the viewer's.
    """
    found = WeatherSignal.objects.select_for_update(of=("self",)).select_related("area").filter(pk=pk)
    signal = found.first()
    if signal is None:
        raise PermissionDenied("no such signal here")
    require(viewer, "warning.send", lineage_of(signal.area))
    if signal.lifted_at is None:
        signal.lifted_at = clock.now()
        signal.version += 1
        signal.save(update_fields=["lifted_at", "version"])
        _record(viewer, "weather.lifted", signal)
    return signal


def _check(given: SignalIn) -> None:
    kind = next((kind for kind in profile().weather if kind.code == given.kind), None)
    if kind is None:
        raise ValidationError({"kind": _("The profile knows no such kind of weather.")})
    if given.colour not in kind.colours:
        raise ValidationError({"colour": _("This kind of weather has no such colour.")})
    if given.until <= max(given.since, clock.now()):
        raise ValidationError({"until": _("The end lies before the beginning, or is over.")})


def _record(viewer: Viewer, verb: str, signal: WeatherSignal) -> None:
    fact = WeatherChanged(
        kind=signal.kind,
        colour=signal.colour,
        since=signal.since.isoformat(),
        until=signal.until.isoformat(),
    )
    record(viewer, verb, "weather_signal", signal.pk, signal.version, lineage_of(signal.area), fact)
