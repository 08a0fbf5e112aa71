"""Return visits (事后回访): somebody other than the handler asks whether the result holds (R25)."""

from django.db import models
from django.db.models import Q


class ReturnVisit(models.Model):
    """A visit to be made on or after a day by whoever holds a post; one not needed any more has ended."""

    class Outcome(models.TextChoices):
        OK = "ok"
        NOT_OK = "not_ok"

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="visits")
    post = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "due"],
                condition=Q(done_at=None, ended_at=None),
                name="one_open_visit_for_each_day",
            ),
            models.CheckConstraint(
                name="a_visit_made_has_an_outcome",
                condition=(Q(done_at=None) & Q(outcome="")) | (Q(done_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(fields=["post", "due"], condition=Q(done_at=None, ended_at=None), name="visits_due")
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.due}"
