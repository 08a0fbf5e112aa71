"""The differentiated plan for the claim of a group (差异化调处方案, R23): counts and measures, no persons."""

from django.db import models
from django.db.models import Q


class GroupPlan(models.Model):
    """The street's plan for one matter; adopted once it has a group and a measure."""

    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="group_plan")
    due_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True)
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"plan of {self.matter_id}"


class ClaimGroup(models.Model):
    """Claimants with one interest: a name for it and how many they are."""

    plan = models.ForeignKey(GroupPlan, on_delete=models.PROTECT, related_name="groups")
    interest = models.CharField(max_length=80)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "interest"], name="one_group_for_each_interest"),
            models.CheckConstraint(name="a_group_has_somebody", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        return self.interest


class Measure(models.Model):
    """What is done for a group, or for all where it names none; by a post, or by a body named in words.

    Dropped from an adopted plan, it stays with its reason.
    """

    plan = models.ForeignKey(GroupPlan, on_delete=models.PROTECT, related_name="measures")
    group = models.ForeignKey(ClaimGroup, null=True, on_delete=models.PROTECT, related_name="measures")
    what = models.CharField(max_length=200)
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=80, blank=True)
    due = models.DateField()
    done_at = models.DateTimeField(null=True)
    progress = models.CharField(max_length=200, blank=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_measure_has_a_body", condition=Q(post__isnull=False) | ~Q(body="")
            ),
            models.CheckConstraint(
                name="a_dropped_measure_says_why", condition=Q(dropped_at=None) | ~Q(dropped_why="")
            ),
        ]

    def __str__(self) -> str:
        return self.what
