"""People who work with the platform, the posts of an area and who holds them when (R14, R16)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from ..ranges import same


class PersonManager(BaseUserManager["Person"]):
    """Looks accounts up by their user name, as sign-in needs it."""


class Person(AbstractBaseUser):
    """An account of somebody who works here.

    ``service_name`` is the name under which the person serves, as on a grid's notice sign; a telephone
    number or legal name lives in the vault, never here.
    """

    username = models.CharField(max_length=60, unique=True)
    service_name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    def __str__(self) -> str:
        return self.service_name


class Post(models.Model):
    """A place in the team of an area: somebody is expected to hold it."""

    role = models.CharField(max_length=40)
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="posts")
    name = models.CharField(max_length=80)
    telephone = models.CharField(max_length=30, blank=True, help_text="public number of the office")
    department = models.CharField(max_length=40, blank=True, help_text="code of a department of the profile")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "role", "name"], condition=Q(closed_at=None), name="one_open_post_of_a_name"
            )
        ]
        indexes = [models.Index(fields=["role", "area"])]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A person holds a post for a time; the database refuses two primaries at once."""

    class Kind(models.TextChoices):
        PRIMARY = "primary"
        DEPUTY = "deputy"
        SUBSTITUTE = "substitute"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PRIMARY)
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_primary_at_a_time",
                expressions=[(same("post"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(kind="primary"),
            ),
            ExclusionConstraint(
                name="one_hold_of_a_post_for_each_person",
                expressions=[
                    (same("post"), RangeOperators.OVERLAPS),
                    (same("person"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.post_id}"
