"""Who read the words of ordinary matters at work, and by which duty (P5, P7)."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

DUTY: Final = "duty:"
"""Begins the reason of an opening for which none was asked; the duty follows, as in ``Reading.Why``."""


class Reading(models.Model):
    """One page, list or answer of the API that showed somebody the words of some matters.

    ``role`` are the roles in which they read. What is sealed has its own record, with the reason given.
    """

    class How(models.TextChoices):
        """What showed the words."""

        PAGE = "page"
        LIST = "list"
        API = "api"

    class Why(models.TextChoices):
        """The duty by which somebody reads; it is derived, never asked for."""

        OWNER = "owner"
        LEADER = "leader"
        DISPATCHER = "dispatcher"
        VISITOR = "visitor"
        AREA = "area"

    matters = ArrayField(models.BigIntegerField(), help_text="keys of the matters whose words were shown")
    person = models.ForeignKey("trust.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    how = models.CharField(max_length=4, choices=How.choices)
    why = models.CharField(max_length=10, choices=Why.choices)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [GinIndex(fields=["matters"], name="reading_of_matter")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.how} {self.at:%Y-%m-%d %H:%M}"
