"""Party organisations as a tree, each tied to a grid of its level for a time (一根红线, R9)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from shige.trust.ranges import same


class Organisation(models.Model):
    """A Party organisation (党组织), one row for ever; what it is at a time stands in ``Standing``.

    Who its members are is not kept here (R11).
    """

    kind = models.CharField(max_length=40, help_text="code of the profile's pair that ties it to a level")
    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"organisation {self.pk}"


def same_kind() -> Func:
    """Return a range that holds one number for each kind: GiST compares two of them as equality."""
    number = Func(F("kind"), Value(0), function="hashtextextended")
    return Func(number, number, Value("[]"), function="int8range")


class StandingQuerySet(models.QuerySet["Standing"]):
    """Standings by when they hold."""

    def living(self) -> "StandingQuerySet":
        """Return the last standing of each organisation that is not closed, also one that is to come."""
        return self.filter(valid__upper_inf=True)


class Standing(models.Model):
    """What an organisation is for a time: its name, its grid, who stands above it and who oversees (R9).

    ``area`` is the grid that it oversees; where it is ``tied`` to none, the division in which it has its
    seat. A change from a day on is another row, so that what was before stays as it was.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="standings")
    kind = models.CharField(max_length=40, help_text="the organisation's own, for the database to compare")
    name = models.CharField(max_length=80)
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="standings")
    tied = models.BooleanField(default=True)
    parent = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="below")
    overseer = models.ForeignKey(
        "trust.Post", null=True, on_delete=models.PROTECT, related_name="oversees", help_text="监督责任人"
    )
    valid = DateRangeField()
    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_standing_of_an_organisation_at_a_time",
                expressions=[
                    (same("organisation"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_organisation_of_a_kind_for_a_grid_at_a_time",
                expressions=[
                    (same("area"), RangeOperators.OVERLAPS),
                    (same_kind(), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(tied=True),
            ),
            models.CheckConstraint(
                name="organisation_is_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("organisation")),
            ),
            models.CheckConstraint(name="organisation_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """One change in an organisation's life, as its history tells it: what, from when, why and by whom.

    ``before`` and ``after`` are names as they were then: of the organisation, its grid, the one above it, the
    overseer's post, or the organisation with which it merged or from which it was split.
    """

    class Kind(models.TextChoices):
        FOUNDED = "founded"
        RENAMED = "renamed"
        RETIED = "retied"
        PLACED = "placed"
        OVERSEEN = "overseen"
        MERGED = "merged"
        ABSORBED = "absorbed"
        SPLIT = "split"
        SPLIT_OFF = "split_off"
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"
        RESTORED = "restored"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    on = models.DateField()
    before = models.CharField(max_length=80, blank=True)
    after = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} of organisation {self.organisation_id}"
