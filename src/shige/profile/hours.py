"""Office hours of a week as data: `monday = ["09:00-12:00", "13:00-17:00"]`."""

from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Annotated, Self

from pydantic import BeforeValidator, PlainSerializer, model_validator

from shige.profile.text import ProfilePart


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Open hours within one day, from `start` to before `end`."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def parse_span(written: object) -> TimeSpan:
    """Read `09:00-12:00`; ValueError for anything else, and for an end that is not after its start."""
    if isinstance(written, TimeSpan):
        return written
    try:
        start, end = (time.fromisoformat(part.strip()) for part in str(written).split("-"))
    except ValueError:
        raise ValueError(f"{written!r} are no hours: write 09:00-12:00") from None
    if start >= end:
        raise ValueError(f"{written!r} ends before it starts; hours stay within one day")
    return TimeSpan(start, end)


Span = Annotated[TimeSpan, BeforeValidator(parse_span), PlainSerializer(str, return_type=str)]
Spans = tuple[Span, ...]


class OfficeHours(ProfilePart):
    """Hours of each weekday; a day without hours is no working day. `make_up`: hours of 调休 days."""

    monday: Spans = ()
    tuesday: Spans = ()
    wednesday: Spans = ()
    thursday: Spans = ()
    friday: Spans = ()
    saturday: Spans = ()
    sunday: Spans = ()
    make_up: Spans = ()

    @property
    def week(self) -> tuple[Spans, ...]:
        """Hours from Monday (0) to Sunday (6), as `date.weekday()` counts."""
        return (
            self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday
        )  # fmt: skip

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not any(self.week):
            raise ValueError("no weekday has office hours, so no deadline could ever be computed")
        for spans in (*self.week, self.make_up):
            for before, after in pairwise(spans):
                if after.start < before.end:
                    raise ValueError(f"{before} and {after} overlap or are out of order")
        return self
