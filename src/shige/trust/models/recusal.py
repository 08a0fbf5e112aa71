"""Who is kept from one sealed matter by name (回避), and who asks that somebody be."""

from django.db import models
from django.db.models import Q


class Recusal(models.Model):
    """Somebody is kept from a sealed matter in every post: it is about them or somebody below them (P3)."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="recusals")
    person = models.ForeignKey("trust.Person", on_delete=models.PROTECT, related_name="recusals")
    meant = models.BooleanField(help_text="complained about; else a line manager of somebody who is")
    by = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "matter"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.matter_id}"


class RecusalRequest(models.Model):
    """Somebody asks to keep a person from a sealed matter; somebody of a level above confirms or refuses it.

    ``level`` is that of the post by which it was asked. Whom it names does not see it.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="recusal_requests")
    person = models.ForeignKey("trust.Person", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20)
    asked_by = models.ForeignKey("trust.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=2000)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recusal_by_two_people",
                condition=Q(answered_by=None)
                | (~Q(answered_by=models.F("asked_by")) & ~Q(answered_by=models.F("person"))),
            ),
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(answered_at=None), name="asked_once_to_recuse"
            ),
        ]
        indexes = [models.Index(fields=["-asked_at"], condition=Q(answered_at=None), name="recusals_waiting")]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.matter_id}, asked"
