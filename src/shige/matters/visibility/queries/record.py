"""Who has looked at a matter: one record, which the reporter and the office read alike (P5).

Together it is what the program knows: receipts of pages, lists and the API that showed the words; every
opening of what is sealed, with the reason given; tasks that were opened; and the steps of whoever handled it,
who cannot have done so without reading. The office reads names in it, the reporter roles and offices.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import pgettext

from shige.territory.grids.queries.people import role_label
from shige.trust.jurisdiction import profile
from shige.trust.models import VaultReading

from ...assignment.offices import office_of
from ...models import Matter, Photo, Reading, Step
from ...models.read_receipt import ReadReceipt
from ...workflow.workflows import workflow_of
from .duties import reason_in_words, words_for_duties

OWN: Final = "reporter"
"""As whom a reporter reads what is their own."""

MOST: Final = 500
"""Records of each kind that are told, the newest first."""

TASK: Final = "task"
WHOLE: Final = "whole"

Kept = dict[UUID, str]
"""What lies under a handle: ``contact``, ``words`` or ``file``."""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked: at what, by name and by role or office, why, last when, and how often on that day.

    ``what`` is ``contact``, ``words`` or ``file`` of what is sealed, how its words were shown
    (``Reading.How``), ``TASK`` with its ``number``, or ``WHOLE``.
    """

    what: str
    person: str
    office: str
    why: str
    when: datetime
    number: str = ""
    times: int = 1


def looks_on_record(matter: Matter, kept: Kept) -> list[Look]:
    """Return who looked at a matter of which ``kept`` lies sealed, the latest first; four statements.

    The reporter's own openings are not among them.
    """
    sealed = VaultReading.objects.filter(handle__in=kept).exclude(role=OWN)
    found = [*_sealed(sealed, kept), *_shown(matter), *_tasks(matter), *_steps(matter)]
    return sorted(_by_day(found), key=lambda look: look.when, reverse=True)


def as_kept(contact: Iterable[UUID | None], words: Iterable[UUID | None], files: Iterable[Photo]) -> Kept:
    """Return the handles under which contact, words and files are kept, with what each is."""
    named = {
        handle: what for what, some in (("contact", contact), ("words", words)) for handle in some if handle
    }
    return named | {UUID(hex=photo.file): "file" for photo in files}


def roles_in_words(roles: str) -> str:
    """Return the roles of a record of readings as people say them; the reporter and the program read too."""
    words = {OWN: pgettext("role", "the reporter"), "": pgettext("role", "the program itself")}
    return " · ".join(words.get(role) or role_label(profile(), role) for role in roles.split(", "))


def _sealed(readings: Iterable[VaultReading], kept: Kept) -> Iterator[Look]:
    rows: list[tuple[UUID, str, str, datetime, str]] = list(
        readings.order_by("-pk").values_list("handle", "person__service_name", "role", "at", "reason")[:MOST]  # type: ignore[attr-defined]
    )
    for handle, person, role, at, reason in rows:
        yield Look(kept[handle], person or "", roles_in_words(role), reason_in_words(reason), at)


def _shown(matter: Matter) -> Iterator[Look]:
    why = words_for_duties()
    found = Reading.objects.filter(matters__contains=[matter.pk]).order_by("-pk")
    for person, role, page, duty, at in found.values_list("person__service_name", "role", "how", "why", "at")[
        :MOST
    ]:
        yield Look(page, person, roles_in_words(role), why[duty], at)


def _tasks(matter: Matter) -> Iterator[Look]:
    given = ReadReceipt.objects.filter(Q(task__matter=matter) | Q(part__joint__matter=matter))
    why = pgettext("duty", "the task was given to them")
    rows = given.select_related(
        "task", "part__joint", "person", "post__area__community", "post__area__street"
    )
    for opening in rows.order_by("-pk")[:MOST]:
        number = opening.task.number if opening.task else ""
        number = opening.part.joint.number if opening.part else number
        office = office_of(opening.post).name
        yield Look(TASK, opening.person.service_name, office, why, opening.at, number)


def _steps(matter: Matter) -> Iterator[Look]:
    """Yield what was done at work; what the reporter or the program did by itself is no look."""
    done = Step.objects.filter(matter=matter)
    why = pgettext("duty", "they handled it")
    rows = done.select_related("person", "post__area__community", "post__area__street").order_by("-pk")
    for step in rows[:MOST]:
        if step.post is None and step.person is None and not _done_at_work(matter, step.action):
            continue
        office = office_of(step.post).name if step.post else pgettext("looked", "An office at work")
        yield Look(WHOLE, step.person.service_name if step.person else "", office, why, step.at)


def _done_at_work(matter: Matter, action: str) -> bool:
    """Say whether only somebody at work can take an action, though the step names nobody."""
    table = workflow_of(matter.kind)
    who = set(table.transition(action).who) if table.has(action) else {"system"}
    return not who & {"reporter", "claimant", "system"}


def _by_day(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield looks of one kind by one person on one day as one, with the last moment and their number."""
    grouped: dict[tuple[str, str, str, str, str, date], list[Look]] = {}
    for look in looks:
        key = (look.what, look.number, look.person, look.office, look.why, localdate(look.when))
        grouped.setdefault(key, []).append(look)
    for same in grouped.values():
        last = max(same, key=lambda look: look.when)
        yield Look(last.what, last.person, last.office, last.why, last.when, last.number, len(same))
