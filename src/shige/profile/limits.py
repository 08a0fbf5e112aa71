"""Limits of time as an office writes them: `30min`, `4h`, `2wd` (working days), `now`."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal, cast

from pydantic import BeforeValidator, PlainSerializer

LimitUnit = Literal["min", "h", "wd"]

_WRITTEN = re.compile(r"(\d{1,4})\s*(min|h|wd)")


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time: `amount` minutes or hours (`min`, `h`), or working days (`wd`); 0 min is `now`."""

    amount: int
    unit: LimitUnit

    def __str__(self) -> str:
        return "now" if self.amount == 0 else f"{self.amount}{self.unit}"

    @property
    def minutes(self) -> int:
        """Length in minutes of a limit in `min` or `h`; a working day has no fixed length: ValueError."""
        if self.unit == "wd":
            raise ValueError(f"{self} has no length in minutes: a working day depends on the calendar")
        return self.amount * (60 if self.unit == "h" else 1)


def parse_limit(written: object) -> Limit:
    """Read a limit from its written form; ValueError tells the forms that are understood."""
    if isinstance(written, Limit):
        return written
    if written == "now":
        return Limit(0, "min")
    found = _WRITTEN.fullmatch(written.strip()) if isinstance(written, str) else None
    if found is None or int(found[1]) == 0:
        raise ValueError(f"{written!r} is no limit: write 30min, 4h, 2wd (working days) or now")
    return Limit(int(found[1]), cast(LimitUnit, found[2]))


WrittenLimit = Annotated[Limit, BeforeValidator(parse_limit), PlainSerializer(str, return_type=str)]
