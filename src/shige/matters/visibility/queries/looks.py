"""Who has looked at what a reporter said and left, as the reporter reads it (P5).

Together they are what the program knows: receipts of pages, lists and the API that showed the words; every
opening of what is sealed, with the reason given; tasks that were opened; and the steps of whoever handled it,
who cannot have done so without reading.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.db.models import Min
from django.utils.timezone import localdate
from django.utils.translation import pgettext

from shige.trust.models import VaultReading

from ...assignment.offices import office_of
from ...models import Matter, Reading, Step
from ...models.read_receipt import ReadReceipt
from ...workflow.workflows import workflow_of
from .duties import reason_in_words, words_for_duties
from .sight import OWN, Kept, roles_in_words

MOST: Final = 500
"""Records of each kind that are told, the newest first."""


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
    """Return who looked at a matter of which ``kept`` lies sealed; six statements."""
    sealed = VaultReading.objects.filter(handle__in=kept)
    found = [*_sealed(sealed.exclude(role=OWN), kept), *_shown(matter), *_tasks(matter), *_steps(matter)]
    began = Reading.objects.aggregate(began=Min("at"))["began"]
    return Looks(
        others=tuple(sorted(_by_day(found), key=lambda look: look.when, reverse=True)),
        own=len(set(sealed.filter(role=OWN).values_list("at__date", flat=True))),
        recorded_from=began if began is None or matter.reported_at < began else None,
    )


def _sealed(readings: Iterable[VaultReading], kept: Kept) -> Iterator[ReaderLine]:
    what: dict[str, str] = _words_for_things()
    rows: list[tuple[uuid.UUID, str, datetime, str]] = list(
        readings.order_by("-pk").values_list("handle", "role", "at", "reason")[:MOST]  # type: ignore[attr-defined]
    )
    for handle, role, at, reason in rows:
        yield ReaderLine(roles_in_words(role), what[kept[handle]], reason_in_words(reason), at)


def _shown(matter: Matter) -> Iterator[ReaderLine]:
    why, how = words_for_duties(), _words_for_pages()
    found = Reading.objects.filter(matters__contains=[matter.pk]).order_by("-pk")
    for role, page, duty, at in found.values_list("role", "how", "why", "at")[:MOST]:
        yield ReaderLine(roles_in_words(role), how[page], why[duty], at)


def _tasks(matter: Matter) -> Iterator[ReaderLine]:
    given = ReadReceipt.objects.filter(task__matter=matter) | ReadReceipt.objects.filter(
        part__joint__matter=matter
    )
    for opening in given.select_related("post__area__community", "post__area__street")[:MOST]:
        task = pgettext("looked at", "a task of it")
        why = pgettext("duty", "the task was given to them")
        yield ReaderLine(office_of(opening.post).name, task, why, opening.at)


def _steps(matter: Matter) -> Iterator[ReaderLine]:
    """Yield what was done at work; what the reporter or the program did by itself is no look."""
    done = Step.objects.filter(matter=matter).select_related("post__area__community", "post__area__street")
    what, why = pgettext("looked at", "the whole matter"), pgettext("duty", "they handled it")
    for step in done[:MOST]:
        if step.post is not None:
            yield ReaderLine(office_of(step.post).name, what, why, step.at)
        elif step.person_id is not None or _done_at_work(matter, step.action):
            yield ReaderLine(pgettext("looked", "An office at work"), what, why, step.at)


def _done_at_work(matter: Matter, action: str) -> bool:
    """Say whether only somebody at work can take an action, though the step names nobody."""
    table = workflow_of(matter.kind)
    who = set(table.transition(action).who) if table.has(action) else {"system"}
    return not who & {"reporter", "claimant", "system"}


def _by_day(looks: Iterable[ReaderLine]) -> Iterator[ReaderLine]:
    """Yield looks of one kind on one day as one, with the last moment and how many there were."""
    grouped: dict[tuple[str, str, str, date], list[ReaderLine]] = {}
    for look in looks:
        grouped.setdefault((look.who, look.what, look.why, localdate(look.when)), []).append(look)
    for (who, what, why, _day), same in grouped.items():
        yield ReaderLine(who, what, why, max(look.when for look in same), len(same))


def _words_for_things() -> dict[str, str]:
    return {
        "contact": pgettext("looked at", "your contact"),
        "words": pgettext("looked at", "your sealed words"),
        "file": pgettext("looked at", "a photo or document"),
    }


def _words_for_pages() -> dict[str, str]:
    return {
        Reading.How.PAGE.value: pgettext("looked at", "the page with your words"),
        Reading.How.LIST.value: pgettext("looked at", "a list with the beginning of your words"),
        Reading.How.API.value: pgettext("looked at", "your words, by a program of the office"),
    }
