"""Who has looked at what a reporter said and left, as the reporter reads it: by roles and offices (P5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Min
from django.utils.timezone import localdate
from django.utils.translation import pgettext

from shige.trust.models import VaultReading

from ...models import Matter, Reading
from .record import OWN, TASK, WHOLE, Kept, looks_on_record


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """Somebody looked: who by role or office, at what, why, last when, and how often on that day."""

    who: str
    what: str
    why: str
    when: datetime
    times: int = 1


@dataclass(frozen=True, slots=True)
class Looks:
    """Everybody who looked, the latest first; how often the reporter did; since when pages are recorded."""

    others: tuple[ReaderLine, ...]
    own: int
    recorded_from: datetime | None


def without_own(looks: Looks) -> Looks:
    """Return who looked as told to whoever has the code alone: not why, nor whether the reporter did."""
    return replace(looks, others=tuple(replace(look, why="") for look in looks.others), own=0)


def looks_at(matter: Matter, kept: Kept) -> Looks:
    """Return who looked at a matter of which ``kept`` lies sealed, by role or office; six statements."""
    what = _words_for_things()
    found = looks_on_record(matter, kept)
    own = VaultReading.objects.filter(handle__in=kept, role=OWN).values_list("at__date", flat=True)
    began = Reading.objects.aggregate(began=Min("at"))["began"]
    lines = _without_names(
        ReaderLine(one.office, what[one.what], one.why, one.when, one.times) for one in found
    )
    return Looks(
        others=tuple(sorted(lines, key=lambda look: look.when, reverse=True)),
        own=len(set(own)),
        recorded_from=began if began is None or matter.reported_at < began else None,
    )


def _without_names(looks: Iterable[ReaderLine]) -> Iterator[ReaderLine]:
    """Yield what people of one role or office did on one day as one."""
    grouped: dict[tuple[str, str, str, date], list[ReaderLine]] = {}
    for look in looks:
        grouped.setdefault((look.who, look.what, look.why, localdate(look.when)), []).append(look)
    for (who, what, why, _day), same in grouped.items():
        yield ReaderLine(who, what, why, max(look.when for look in same), sum(look.times for look in same))


def _words_for_things() -> dict[str, str]:
    return {
        "contact": pgettext("looked at", "your contact"),
        "words": pgettext("looked at", "your sealed words"),
        "file": pgettext("looked at", "a photo or document"),
        TASK: pgettext("looked at", "a task of it"),
        WHOLE: pgettext("looked at", "the whole matter"),
        Reading.How.PAGE.value: pgettext("looked at", "the page with your words"),
        Reading.How.LIST.value: pgettext("looked at", "a list with the beginning of your words"),
        Reading.How.API.value: pgettext("looked at", "your words, by a program of the office"),
    }
