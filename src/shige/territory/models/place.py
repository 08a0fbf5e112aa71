"""Places: compounds, buildings, doors and what else the map shows. No persons here (P1)."""

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from ..fields import BoxField


class Compound(models.Model):
    """A compound or courtyard (小区、院落) of a community."""

    community = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="compounds")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="compound_name_in_community")
        ]

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """A building with its doors counted; ``unit`` is the id of the imported row."""

    unit = models.CharField(max_length=60, unique=True)
    community = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="buildings")
    compound = models.ForeignKey(Compound, null=True, on_delete=models.PROTECT, related_name="buildings")
    group = models.CharField(max_length=60, blank=True, help_text="villagers' group")
    address = models.CharField(max_length=160)
    use = models.CharField(max_length=20)
    manager = models.CharField(max_length=80, blank=True, help_text="managing body of an exclusive grid")
    households = models.PositiveIntegerField()
    shops = models.PositiveIntegerField()
    floors = models.PositiveSmallIntegerField()
    entrances = models.PositiveSmallIntegerField()
    lift = models.BooleanField(default=False)
    population = models.PositiveIntegerField(default=0, help_text="0 here and below: not known")
    expected_households = models.PositiveIntegerField(default=0, help_text="who will live here by the trend")
    workload = models.FloatField(default=0, help_text="hours a month, measured from matters")
    minutes = models.FloatField(default=0, help_text="at each door, instead of the profile's")
    kinds = models.JSONField(
        default=dict, help_text="residents of each kind that the profile names, where they are known"
    )
    shape = models.BinaryField(help_text="WKB, WGS-84 degrees")
    box = BoxField()
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        indexes = [
            GistIndex(fields=["box"], name="building_box"),
            models.Index(fields=["community", "address"]),
        ]

    def __str__(self) -> str:
        return self.address


class Door(models.Model):
    """A household or a shop as a door, never as people (P1)."""

    class Kind(models.TextChoices):
        HOUSEHOLD = "household"
        SHOP = "shop"

    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="doors")
    entrance = models.PositiveSmallIntegerField()
    floor = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(help_text="counted on its floor")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["building", "entrance", "floor", "kind", "number"], name="door_number_on_its_floor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entrance}-{self.floor}-{self.number}"


class Feature(models.Model):
    """Something else on the base map: a road, railway or river that may part grids, water, a park ...

    ``width`` is in metres, 0 where it is not known; ``grade`` is the class of a barrier.
    """

    class Kind(models.TextChoices):
        BARRIER = "barrier"
        WATER = "water"
        PARK = "park"
        GREEN = "green"
        FIELD = "field"
        PITCH = "pitch"
        PATH = "path"
        COMPOUND = "compound"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    grade = models.CharField(max_length=12, blank=True, help_text="primary, minor, river ...")
    name = models.CharField(max_length=80, blank=True)
    width = models.FloatField(default=0)
    street = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, related_name="+", help_text="with whose import it came"
    )
    shape = models.BinaryField()
    box = BoxField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="feature_kind",
                condition=Q(
                    kind__in=["barrier", "water", "park", "green", "field", "pitch", "path", "compound"]
                ),
            )
        ]
        indexes = [GistIndex(fields=["box"], name="feature_box")]

    def __str__(self) -> str:
        return self.name or f"{self.kind} {self.grade}"
