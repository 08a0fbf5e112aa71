"""The record of a dispute's mediation: running note, parties, sessions, promised steps, agreement (R24)."""

from typing import Final

from django.db import models
from django.db.models import Q

IN_MEDIATION: Final = frozenset({"in_hand", "waiting", "follow_up", "committee"})
"""States in which a dispute is being mediated."""


class Side(models.TextChoices):
    """On which side somebody stands; nothing about how people are related."""

    FIRST = "first"
    SECOND = "second"
    FURTHER = "further"
    WITNESS = "witness"


class Mediation(models.Model):
    """What belongs to one dispute. The agreement's text is a handle into the vault.

    ``account`` is what the mediator wrote for the committee's file: no words of the parties.
    """

    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="mediation")
    agreement_handle = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)
    account = models.TextField(blank=True)
    handed_at = models.DateTimeField(null=True, help_text="when the mediation committee got it")

    def __str__(self) -> str:
        return f"mediation of {self.matter_id}"


class MediationNote(models.Model):
    """One addition to the running note; the text is a handle into the vault."""

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="notes")
    handle = models.UUIDField()
    at = models.DateTimeField()
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.at:%Y-%m-%d}"


class Party(models.Model):
    """Somebody of the dispute; name and telephone are handles into the vault."""

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="parties")
    side = models.CharField(max_length=8, choices=Side.choices)
    name_handle = models.UUIDField()
    phone_handle = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.side}"


class MediationSession(models.Model):
    """One session: when, where, who mediated, who helped, what came of it."""

    class Result(models.TextChoices):
        AGREED = "agreed"
        CLOSER = "closer"
        NOT_YET = "not_yet"
        ABSENT = "absent"

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="sessions")
    held_at = models.DateTimeField()
    where = models.CharField(max_length=80)
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    helpers = models.ManyToManyField("trust.Post", related_name="+")
    others = models.CharField(max_length=80, blank=True, help_text="by what they are, such as a stair chief")
    result = models.CharField(max_length=8, choices=Result.choices)
    next_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["mediation", "held_at"])]

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.held_at:%Y-%m-%d}"


class PromisedStep(models.Model):
    """What a side has promised: who in words (a side), what, by when."""

    class Who(models.TextChoices):
        FIRST = "first"
        SECOND = "second"
        BOTH = "both"
        FURTHER = "further"
        OFFICE = "office"

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="promises")
    who = models.CharField(max_length=8, choices=Who.choices)
    what = models.CharField(max_length=200)
    due = models.DateField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due"], condition=Q(done_at=None), name="promises_to_keep")]

    def __str__(self) -> str:
        return f"{self.who} {self.due}"
