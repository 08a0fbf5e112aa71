"""Claims of micro-wishes: who wants to fulfil one, and whether contact was made in time (R12)."""

from django.db import models
from django.db.models import Q


class Claim(models.Model):
    """Somebody wants to fulfil a wish. Name and telephone are handles into the vault.

    ``code_digest`` is the hash of the code by which whoever claims follows it. ``group`` is the organisation
    that claims, where it is one. ``sender`` is the keyed hash of the address from which it came, as
    long as it waits for contact. A wish has at most one claim in force.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="claims")
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    code_digest = models.BinaryField(unique=True, null=True)
    group = models.CharField(max_length=80, blank=True)
    name_handle = models.UUIDField(null=True)
    phone_handle = models.UUIDField(null=True)
    claimed_at = models.DateTimeField()
    contact_by = models.DateTimeField()
    sender = models.BinaryField(null=True)
    contacted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_at=None), name="one_claim_in_force_for_each_wish"
            )
        ]
        indexes = [
            models.Index(
                fields=["contact_by"], condition=Q(ended_at=None, contacted_at=None), name="claims_to_contact"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.claimed_at:%Y-%m-%d}"
