"""Kinds of service points (党群服务阵地, R13), and how far one walks to them."""

from pydantic import Field, PositiveFloat, PositiveInt

from shige.profile.text import ProfilePart, Text


class ServicePointKind(ProfilePart):
    """A kind of service point. ``idle``: space of which nobody has yet decided what it becomes."""

    code: str = Field(pattern=r"^[a-z][a-z_]{1,19}$")
    name: Text
    idle: bool = False


class ServiceCircle(ProfilePart):
    """The circle of convenience (便民服务圈): so many minutes on foot."""

    minutes: PositiveInt = 15
    speed: PositiveFloat = 1.2  # metres a second


class Bookings(ProfilePart):
    """What governs rooms and services that are booked (R13)."""

    grace_minutes: int = Field(default=15, ge=0, le=240)  # who has not come by then gives the time back
    keep_days: int = Field(default=30, ge=0, le=60)  # what was said is kept so long after the end (P6)
    open_at_once: int = Field(default=3, ge=1)  # of one telephone or device
