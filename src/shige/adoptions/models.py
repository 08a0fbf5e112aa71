"""Adoptions: which organisation stands behind a claim of a wish (R12)."""

import uuid

from django.db import models


class Adoption(models.Model):
    """A claim of a wish that an organisation made. What became of it is the claim's and the wish's own.

    The organisation alone is named: no member of it is joined to a resident's wish.
    """

    claim = models.OneToOneField("matters.Claim", on_delete=models.PROTECT, related_name="adoption")
    organisation = models.ForeignKey(
        "redline.Organisation", on_delete=models.PROTECT, related_name="adoptions"
    )

    def __str__(self) -> str:
        return f"adoption {self.pk} by organisation {self.organisation_id}"


class Offer(models.Model):
    """Somebody of an organisation would take a wish on: who it is stands in no table beside this one.

    ``name`` is opaque: whoever asked knows it, and reads by it what became of the offer.
    """

    name = models.UUIDField(unique=True, default=uuid.uuid4)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("redline.Organisation", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"offer of organisation {self.organisation_id}"
