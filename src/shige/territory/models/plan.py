"""Division plans and what they put into force: versions of grids, and the doors placed in them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from shige.trust.ranges import same

from ..fields import BoxField


class Plan(models.Model):
    """A division plan (划分方案): requested, computed, then decided by the street with a date (R3, R7).

    Which step leads from which state to which is in ``planning.life``.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        FAILED = "failed"
        PROPOSED = "proposed"
        SUBMITTED = "submitted"
        DECIDED = "decided"
        REFUSED = "refused"

    scope = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="plans")
    street = models.ForeignKey("territory.Area", null=True, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey("territory.Area", null=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey("territory.Area", null=True, on_delete=models.PROTECT, related_name="+")
    leaf = models.ForeignKey(
        "territory.Area",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the exclusive grid whose managing body drew the plan (R44)",
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    profile = models.CharField(max_length=60)
    settings = models.JSONField(default=dict, help_text="targets and prices, as planning.settings keeps them")
    wishes = models.JSONField(default=dict, help_text="what has to be honoured, as planning.wishes keeps it")
    done = models.PositiveIntegerField(default=0, help_text="communities computed so far")
    todo = models.PositiveIntegerField(default=0, help_text="communities to compute")
    outcome = models.JSONField(default=dict, help_text="the division, as planning.outcome keeps it")
    moved_households = models.PositiveIntegerField(null=True, help_text="null for a first division")
    reason = models.CharField(max_length=200, blank=True, help_text="why it was refused or failed")
    basis = models.BinaryField(
        default=bytes, help_text="hash over the units and grids that it was computed from"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    effective_on = models.DateField(null=True)
    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"plan {self.pk}"


class PlanNote(models.Model):
    """What was said about a plan or done to it, in its order; no personal data of residents."""

    class Kind(models.TextChoices):
        COMMENT = "comment"
        MOVED = "moved"
        WISHED = "wished"
        SUBMITTED = "submitted"
        DECIDED = "decided"
        REFUSED = "refused"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="notes")
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    words = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} of plan {self.plan_id}"


class GridVersion(models.Model):
    """What a grid covers for a time, and what it is called; versions of one grid never overlap."""

    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="versions")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    parent = models.ForeignKey("territory.Area", null=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="grid_versions")
    level = models.CharField(max_length=9)
    name = models.CharField(max_length=80, blank=True, help_text="empty: as the area's own row says")
    reason = models.CharField(max_length=200, blank=True, help_text="why it was renamed without a plan")
    valid = DateRangeField()
    households = models.PositiveIntegerField()
    shops = models.PositiveIntegerField()
    hours = models.FloatField()
    floors = models.TextField(blank=True, help_text="floors of a grid stacked in a building")
    broken = models.JSONField(default=list, help_text="rules that this grid breaks, each with its reason")
    shape = models.BinaryField()
    box = BoxField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_version_of_a_grid_at_a_time",
                expressions=[(same("area"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="one_community_grid_at_a_time",
                expressions=[
                    (same("community"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(level="community"),
            ),
        ]
        indexes = [
            GistIndex(fields=["box"], name="grid_box"),
            models.Index(fields=["community", "level"]),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.valid}"

    @property
    def called(self) -> str:
        """What the grid is called while this version holds."""
        return self.name or self.area.name


class Placement(models.Model):
    """Doors of a building in a leaf grid; the database refuses a door in two grids (R5)."""

    building = models.ForeignKey("territory.Building", on_delete=models.PROTECT, related_name="placements")
    leaf = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="placements")
    entrances = IntegerRangeField()
    floors = IntegerRangeField()
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_door_lies_in_one_leaf_grid",
                expressions=[
                    (same("building"), RangeOperators.OVERLAPS),
                    ("entrances", RangeOperators.OVERLAPS),
                    ("floors", RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]
        indexes = [models.Index(fields=["leaf"])]

    def __str__(self) -> str:
        return f"{self.building_id} in {self.leaf_id}"
