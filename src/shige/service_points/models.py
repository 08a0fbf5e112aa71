"""Service points (党群服务阵地, R13): where, when they are open, what is on offer, what is booked.

Of whoever books the telephone alone may be kept, in the vault, and their own words for a time.
"""

from datetime import date, timedelta
from typing import Any, Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from shige.trust.gate import Lineage
from shige.trust.ranges import same


def _holding() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey("territory.Area", null=True, on_delete=models.PROTECT, related_name="+")


class ServicePoint(models.Model):
    """A place where residents are served, for everybody of its community and beyond: no grid owns it."""

    class Access(models.TextChoices):
        """How somebody in a wheelchair gets in."""

        STEP_FREE = "step_free"
        HELPED = "helped"
        STEPS = "steps"

    kind = models.CharField(max_length=20, help_text="code of the profile's kind")
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=160, help_text="address as found or written")
    lon = models.FloatField()
    lat = models.FloatField()
    district = _holding()
    street = _holding()
    community = _holding()
    access = models.CharField(max_length=9, choices=Access.choices)
    capacity = models.PositiveSmallIntegerField(null=True, help_text="people at once, where it is known")
    about = models.CharField(max_length=300, blank=True)
    keeps_holidays = models.BooleanField(default=True, help_text="closed on them, open on make-up workdays")
    telephone = models.CharField(max_length=30, blank=True, help_text="of the office, for everybody")
    keeper = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["lat", "lon"], condition=Q(ended_on=None), name="service_point_in_use"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lineage(self) -> Lineage:
        """The areas that hold it, as the gate compares them."""
        return Lineage(self.district_id, self.street_id, self.community_id, None, None)


class PointPhoto(models.Model):
    """The photo of a point, and what it shows for whoever does not see it."""

    point = models.OneToOneField(ServicePoint, on_delete=models.CASCADE, related_name="photo")
    file = models.CharField(max_length=120, unique=True, help_text="random name under the media folder")
    alt = models.CharField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.alt


class Proposal(models.Model):
    """A use that somebody proposes for idle space, and the answer that everybody reads.

    The telephone is a handle into the vault; ``form_digest`` tells one form from another, and ``sender`` is
    the keyed hash of the address it came from, as long as it waits.
    """

    class State(models.TextChoices):
        """Whether it waits, or what was answered."""

        WAITING = "waiting"
        ADOPTED = "adopted"
        DECLINED = "declined"

    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="proposals")
    words = models.CharField(max_length=200)
    phone_handle = models.UUIDField(null=True)
    sender = models.BinaryField(null=True)
    form_digest = models.BinaryField(unique=True, null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    answer = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answered_proposal_has_its_answer",
                condition=Q(state="waiting", answered_at=None) | Q(answered_at__isnull=False) & ~Q(answer=""),
            )
        ]
        indexes = [
            models.Index(fields=["point"], condition=Q(state="waiting"), name="proposals_that_wait"),
        ]

    def __str__(self) -> str:
        return self.words


class OpenHours(models.Model):
    """Hours of one weekday (1 is Monday) from ``opens`` to before ``closes``."""

    point = models.ForeignKey(ServicePoint, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="hours_end_after_they_begin", condition=Q(closes__gt=F("opens"))),
            models.CheckConstraint(name="a_weekday_of_seven", condition=Q(weekday__range=(1, 7))),
            models.UniqueConstraint(fields=["point", "weekday", "opens"], name="hours_begin_once"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}-{self.closes}"


class Closure(models.Model):
    """Days on which a point is closed whatever its hours say."""

    point = models.ForeignKey(ServicePoint, on_delete=models.CASCADE, related_name="closures")
    days = DateRangeField()
    reason = models.CharField(max_length=80)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_closure_of_a_point_at_a_time",
                expressions=[
                    (same("point"), RangeOperators.OVERLAPS),
                    ("days", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.days} {self.reason}"

    @property
    def last_day(self) -> date:
        """The last day on which it is closed."""
        last: date = self.days.upper - timedelta(days=1)
        return last


class Offer(models.Model):
    """What is on offer at a point: a service, a room, something to borrow.

    With ``slot_minutes`` it can be booked: that long, or up to ``most_slots`` of them in a row, by at most
    ``most_people``, within the opening hours of the next ``ahead_days``.
    """

    point = models.ForeignKey(ServicePoint, on_delete=models.CASCADE, related_name="offers")
    name = models.CharField(max_length=40)
    note = models.CharField(max_length=120, blank=True)
    ended_on = models.DateField(null=True)
    slot_minutes = models.PositiveSmallIntegerField(null=True)
    most_slots = models.PositiveSmallIntegerField(default=1)
    most_people = models.PositiveSmallIntegerField(null=True)
    ahead_days = models.PositiveSmallIntegerField(default=14)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_is_booked_has_a_length",
                condition=Q(slot_minutes=None) | Q(slot_minutes__gt=0, most_slots__gt=0, ahead_days__gt=0),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Booking(models.Model):
    """Something on offer is taken for a time, by whoever holds the code or by an office for a ``group``.

    ``tail`` is the end of the code, by which the office knows who comes; ``sender`` the keyed hash of the
    address it came from, as long as it is open. Two that are in force never overlap: the database refuses.
    """

    class State(models.TextChoices):
        """What became of it."""

        BOOKED = "booked"
        CAME = "came"
        MISSED = "missed"
        CANCELLED = "cancelled"

    IN_FORCE: Final = (State.BOOKED, State.CAME)

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="bookings")
    during = DateTimeRangeField()
    people = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=80, blank=True)
    group = models.CharField(max_length=40, blank=True)
    tail = models.CharField(max_length=4, blank=True)
    code_digest = models.BinaryField(unique=True, null=True)
    phone_handle = models.UUIDField(null=True)
    sender = models.BinaryField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.BOOKED)
    why = models.CharField(max_length=80, blank=True, help_text="why the office cancelled it")
    booked_at = models.DateTimeField()
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="nothing_is_booked_twice",
                expressions=[(same("offer"), RangeOperators.OVERLAPS), ("during", RangeOperators.OVERLAPS)],
                condition=Q(state__in=["booked", "came"]),
            ),
            models.CheckConstraint(
                name="a_booking_has_a_beginning_and_an_end",
                condition=Q(
                    during__isempty=False, during__lower_inf=False, during__upper_inf=False, people__gt=0
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["sender"], condition=Q(state="booked"), name="bookings_of_a_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.during} {self.state}"
