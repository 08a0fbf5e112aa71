"""Who can be named as whom a sealed matter is about, and who is above them up to its seal (P3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from shige.trust.concerned_persons import LOOKED_BACK
from shige.trust.gate import KEPT_FROM, Viewer
from shige.trust.models import Appointment, Recusal

from ..clock import now
from ..models import Matter
from ..workflow.actors import dispatching


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody kept from a matter by name; ``meant`` whom it is about, else a line manager of theirs."""

    person: int
    name: str
    meant: bool


def may_recuse(viewer: Viewer, matter: Matter) -> bool:
    """Say whether ``viewer`` may name whom a sealed matter is about: who dispatches it, above its seal."""
    return matter.sealed > 0 and (viewer.system or dispatching(viewer, matter) is not None)


def kept_by_name(matter: Matter) -> list[Kept]:
    """Return who is kept from a matter by name, whom it is about first; one statement."""
    found = Recusal.objects.filter(matter=matter).order_by("-meant", "pk")
    return [Kept(*row) for row in found.values_list("person", "person__service_name", "meant")]


def nameable(matter: Matter) -> list[tuple[int, str]]:
    """Return who may be meant, with the posts that they held at the time, by name; one statement.

    They served in the street of the matter, or at its district.
    """
    here = Q(post__area__street=matter.street_id) | Q(post__area=matter.district_id)
    posts: dict[tuple[str, int], list[str]] = {}
    held = _at_the_time(matter).filter(here).order_by("person__service_name", "person", "post__name")
    for person, name, post in held.values_list("person", "person__service_name", "post__name"):
        posts.setdefault((name, person), []).append(post)
    return [(person, f"{name} · {'、'.join(dict.fromkeys(own))}") for (name, person), own in posts.items()]


def managers_of(person: int, matter: Matter) -> set[int]:
    """Return who was above somebody at the time, on the levels below the seal; two statements."""
    levels = KEPT_FROM[matter.sealed]
    columns = ("post__area", "post__area__general", "post__area__community", "post__area__street")
    own = _at_the_time(matter).filter(person=person, post__area__level__in=levels).values_list(*columns)
    above = {area for held in own for area in _above(held)}
    found = _at_the_time(matter).filter(post__area__in=above, post__area__level__in=levels)
    return set(found.values_list("person", flat=True)) - {person}


def _above(line: Iterable[int | None]) -> set[int]:
    """Return the areas above the first of a line."""
    own, *higher = line
    return {area for area in higher if area is not None and area != own}


def _at_the_time(matter: Matter) -> QuerySet[Appointment]:
    """Return the appointments in force when what is told may have happened, or since."""
    span = DateTimeTZRange(matter.reported_at - LOOKED_BACK, now(), "[]")
    return Appointment.objects.filter(valid__overlap=span)
