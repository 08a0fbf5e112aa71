"""Adoptions: which organisation stands behind a claim of a wish (R12)."""

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
