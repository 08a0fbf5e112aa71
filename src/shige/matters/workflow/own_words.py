"""What residents say of a matter after it was filed: every such step is marked with whose words it holds.

By that mark the words go with their owner (P6): with the reporter's deletion, when whoever joined leaves,
when a claim is withdrawn, and after the matter's time, whatever the profile's tables call the step by then.
"""

from django.db.models import Q, QuerySet

from ..models import Claim, Matter, Step
from ..models.follower import Follower

Resident = Matter | Follower | Claim
"""Whoever says something, by what they hold a code of: their own matter, a joining, a claim."""


def speaker(resident: Resident) -> str:
    """Return how steps are marked with whose words they hold; a code that is made anew does not change it."""
    return f"{resident._meta.model_name} {resident.pk}"


def said_by(resident: Resident) -> QuerySet[Step]:
    """Return the steps with somebody's own words: a merged matter's lie in the one that goes on."""
    return Step.objects.filter(said_by=speaker(resident))


def said_in(matter: Matter) -> QuerySet[Step]:
    """Return the steps of a matter that hold words of residents, whoever they are."""
    return Step.objects.filter(~Q(said_by="") | ~Q(said=""), matter=matter)
