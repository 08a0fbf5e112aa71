"""People who work with the platform, the posts of an area and who holds them when (R14, R16)."""

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from ..ranges import same


class PersonManager(BaseUserManager["Person"]):
    """Looks accounts up by their user name, as sign-in needs it."""


class Person(AbstractBaseUser):
    """An account of somebody who works here.

    ``service_name`` is the name under which the person serves, as on a grid's notice sign; a telephone
    number or legal name lives in the vault, never here. ``area`` is where the account was made: until it is
    appointed somewhere, only those who staff that area see it. ``made_by`` is who made it, None for the
    operator: they handed over the link to its first password.
    """

    username = models.CharField(max_length=60, unique=True)
    service_name = models.CharField(max_length=60)
    area = models.ForeignKey("territory.Area", null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="one_account_whatever_the_case")]

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


def start_of(day: date) -> datetime:
    """Return the first moment of a day in the jurisdiction's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _moment(bound: date | datetime | None) -> datetime | None:
    return bound if bound is None or isinstance(bound, datetime) else start_of(bound)


class PeriodField(DateTimeRangeField):
    """A time from a moment to another; one written in days runs from the first minute of its first day."""

    def get_prep_value(self, value: Any) -> Any:
        """Turn a range of days into one of moments; moments stay as they are."""
        if isinstance(value, DateTimeTZRange):  # the driver has one class for all ranges
            value = DateTimeTZRange(_moment(value.lower), _moment(value.upper))
        return super().get_prep_value(value)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments by when they are in force."""

    def in_force(self, on: date | None = None) -> "AppointmentQuerySet":
        """Return those in force at this moment, or at noon of another day."""
        now = timezone.now()
        if on is None or on == timezone.localdate(now):
            return self.filter(valid__contains=now)
        return self.filter(valid__contains=start_of(on) + timedelta(hours=12))

    def not_over(self) -> "AppointmentQuerySet":
        """Return those in force and those that are made for later."""
        return self.filter(Q(valid__endswith=None) | Q(valid__endswith__gt=timezone.now()))


class Appointment(models.Model):
    """A person holds a post for a time; the database refuses two primaries at once.

    It is in force to the minute: whoever is dismissed at noon may do nothing a minute later, and whoever
    follows them begins at once. ``made_by`` is who appointed, None for the operator.
    """

    class Kind(models.TextChoices):
        PRIMARY = "primary"
        DEPUTY = "deputy"
        SUBSTITUTE = "substitute"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PRIMARY)
    valid = PeriodField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    objects = AppointmentQuerySet.as_manager()

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


class CredentialReset(models.Model):
    """A new password and second factor for somebody who lost theirs: one officer asks, another confirms."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="resets")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reset_by_two_people",
                condition=Q(confirmed_by=None)
                | (~Q(confirmed_by=models.F("asked_by")) & ~Q(confirmed_by=models.F("person"))),
            )
        ]
        indexes = [models.Index(fields=["person", "-asked_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%F}"


class SignInFailure(models.Model):
    """Wrong passwords for one account from one address (a keyed hash of both), and until when it waits."""

    sender = models.BinaryField(primary_key=True)
    count = models.PositiveIntegerField()
    waits_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["waits_until"])]

    def __str__(self) -> str:
        return f"{self.count}"
