"""Names of places and the addresses that they make up: what the search for a place reads. No persons (P1)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class PlaceName(models.Model):
    """A street, compound, landmark or thing by its name; ``keys`` are those of ``shige.language.spelling``.

    A street stands once for the whole database, a compound once for each ``Compound``. ``lon`` and ``lat``
    are the middle of what bears the name. ``also`` are common words for a landmark's kind (菜市场).
    """

    class Kind(models.TextChoices):
        STREET = "street"
        COMPOUND = "compound"
        LANDMARK = "landmark"
        THING = "thing"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=160)
    also = models.CharField(max_length=80, blank=True)
    keys = ArrayField(models.TextField())
    compound = models.OneToOneField(
        "territory.Compound", null=True, on_delete=models.CASCADE, related_name="spelled"
    )
    community = models.ForeignKey("territory.Area", null=True, on_delete=models.CASCADE, related_name="+")
    lon = models.FloatField(default=0)
    lat = models.FloatField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text"], condition=Q(kind="street"), name="street_name_once")
        ]
        indexes = [
            GinIndex(fields=["keys"], name="place_name_keys", fastupdate=False),
            models.Index(fields=["lat", "lon"], name="place_name_spot"),
        ]

    def __str__(self) -> str:
        return self.text


class Address(models.Model):
    """One way to name a building: a number on a street, or a building in a compound.

    ``number`` and ``block`` are written as ``shige.language.address`` reads them.
    """

    name = models.ForeignKey(PlaceName, on_delete=models.CASCADE, related_name="addresses")
    building = models.ForeignKey("territory.Building", on_delete=models.CASCADE, related_name="addresses")
    number = models.CharField(max_length=24, blank=True)
    block = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["name", "number"], name="address_number"),
            models.Index(fields=["name", "block"], name="address_block"),
            models.Index(fields=["block"], condition=~Q(block=""), name="address_any_block"),
        ]

    def __str__(self) -> str:
        return f"{self.name_id} {self.number} {self.block}"
