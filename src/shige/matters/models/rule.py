"""Routing rules: which post or department answers for what, where and when, decided by an office (R22)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class RoutingRule(models.Model):
    """One rule of a street or district. Empty lists mean all; the live rule with the lowest ``order`` holds.

    ``tried`` is what the dry run of this very version found; without one a rule cannot go live.
    """

    class Hours(models.TextChoices):
        ALWAYS = "always"
        OFFICE = "office"
        OUTSIDE = "outside"

    class State(models.TextChoices):
        DRAFT = "draft"
        LIVE = "live"
        ENDED = "ended"

    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=100)
    categories = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    grids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    tiers = ArrayField(models.CharField(max_length=1), default=list, blank=True)
    hours = models.CharField(max_length=8, choices=Hours.choices, default=Hours.ALWAYS)
    post = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=5, choices=State.choices, default=State.DRAFT)
    tried = models.JSONField(null=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["area", "order", "id"], condition=Q(state="live"), name="rules_live")]
        constraints = [
            models.CheckConstraint(
                name="live_rule_was_tried", condition=~Q(state="live") | Q(tried__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name
