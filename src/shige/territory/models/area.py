"""Areas: administrative divisions and grids, one row for each code, for ever (R1-R5)."""

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from ..fields import BoxField


class Area(models.Model):
    """A division (12-digit code) or a grid (18-digit code). A code names one row and is never reused.

    The columns ``district`` to ``general`` are its ancestors today, the area itself included, so that
    lists filter by one indexed column. What a grid covers, and since when, is in ``GridVersion``.
    """

    class Kind(models.TextChoices):
        DIVISION = "division"
        GRID = "grid"

    class Level(models.TextChoices):
        PROVINCE = "province"
        CITY = "city"
        DISTRICT = "district"
        STREET = "street"
        COMMUNITY = "community"
        GENERAL = "general"
        MICRO = "micro"
        EXCLUSIVE = "exclusive"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    level = models.CharField(max_length=9, choices=Level.choices)
    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=200, help_text="the name in pinyin")
    rural = models.BooleanField(default=False)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    district = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    street = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    general = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="area_code_fits_its_kind",
                condition=Q(kind="division", code__regex=r"^[0-9]{12}$")
                | Q(kind="grid", code__regex=r"^[0-9]{18}$"),
            ),
            models.CheckConstraint(
                name="grid_type_digit_fits_its_level",
                condition=Q(kind="division")
                | Q(level="community", code__regex=r"^[0-9]{12}0")
                | Q(level="general", code__regex=r"^[0-9]{12}1")
                | Q(level="micro", code__regex=r"^[0-9]{12}2")
                | Q(level="exclusive", code__regex=r"^[0-9]{12}3"),
            ),
        ]
        indexes = [models.Index(fields=["kind", "level", "sort_key"])]

    def __str__(self) -> str:
        return self.name


class Outline(models.Model):
    """The ground of a division as it was imported; a row of its own, so that lists of areas stay light."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="outline")
    shape = models.BinaryField()
    box = BoxField()

    class Meta:
        indexes = [GistIndex(fields=["box"], name="outline_box")]

    def __str__(self) -> str:
        return f"outline of {self.area_id}"
