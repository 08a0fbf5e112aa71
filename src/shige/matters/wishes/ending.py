"""The end of a claim, wherever a wish ends."""

from .. import clock
from ..models import Matter


def end_claim(matter: Matter) -> None:
    """End the claim of a wish, if there is one; another neighbour may take it on."""
    matter.claims.filter(ended_at=None).update(ended_at=clock.now(), sender=None)
