"""Who made or appointed whom: nobody is the second of two people by an account of their own making."""

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from .models import Appointment, Person

FRESH: Final = timedelta(days=90)
"""How long two accounts of one maker do not count as two people: by then others have seen both at work."""


def makers_of(person: int) -> set[int]:
    """Return who made an account or gave it a post that it holds, and who did so for them, and so on."""
    found: set[int] = set()
    asked = {person}
    while asked:
        asked = _made(asked) - found - {person}
        found |= asked
    return found


def are_independent(one: int, other: int) -> bool:
    """Say whether two people are two: neither is of the other's making, nor both newly of somebody else's."""
    if one == other or one in makers_of(other) or other in makers_of(one):
        return False
    since = timezone.now() - FRESH
    fresh = Q(created_at__gte=since) | Q(appointments__valid__startswith__gte=since)
    common = _made({one}) & _made({other})
    return not (common and Person.objects.filter(fresh, pk__in=(one, other)).exists())


def _made(people: set[int]) -> set[int]:
    accounts = Person.objects.filter(pk__in=people).values_list("made_by", flat=True)
    held = Appointment.objects.not_over().filter(person__in=people).values_list("made_by", flat=True)
    return {maker for maker in (*accounts, *held) if maker is not None}
