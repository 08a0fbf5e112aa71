"""Party organisations as a tree, each tied to a grid of its level (一根红线, R9)."""

from django.db import models
from django.db.models import F, Q


class Organisation(models.Model):
    """A Party organisation (党组织). Who its members are is not kept here (R11)."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40, help_text="code of the profile's pair that ties it to a level")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="organisations")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    overseer = models.ForeignKey(
        "trust.Post", null=True, on_delete=models.PROTECT, related_name="oversees", help_text="监督责任人"
    )
    closed_at = models.DateTimeField(null=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind"],
                condition=Q(closed_at=None),
                name="one_organisation_of_a_kind_in_area",
            ),
            models.CheckConstraint(
                name="organisation_is_not_its_own_parent", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
            models.CheckConstraint(name="organisation_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
