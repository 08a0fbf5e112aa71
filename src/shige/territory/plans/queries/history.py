"""What was said and done about a plan, in words, the newest first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ...models import Plan, PlanNote

SHOWN: Final = 100

KINDS: Final[Mapping[str, str]] = {
    PlanNote.Kind.COMMENT: gettext_noop("Comment"),
    PlanNote.Kind.MOVED: gettext_noop("Moved by hand"),
    PlanNote.Kind.WISHED: gettext_noop("To honour"),
    PlanNote.Kind.SUBMITTED: gettext_noop("Submitted to the street"),
    PlanNote.Kind.DECIDED: gettext_noop("Decided by the street"),
    PlanNote.Kind.REFUSED: gettext_noop("Returned by the street"),
}

WISHES: Final[Mapping[str, str]] = {
    "locked": gettext_noop("%(names)s stays as it is"),
    "unlocked": gettext_noop("%(names)s is free again"),
    "together": gettext_noop("Together: %(names)s"),
    "apart": gettext_noop("Apart: %(names)s"),
    "line": gettext_noop("A border of %(names)s m"),
    "let_go": gettext_noop("no longer: %(names)s"),
    "line_dropped": gettext_noop("no longer: a border of %(names)s m"),
    "named": gettext_noop("another name: %(names)s"),
    "dropped": gettext_noop("nothing any more"),
}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry: what, by whom (a service name), when, and the words."""

    label: str
    who: str
    when: datetime
    note: str


def history(plan: Plan) -> list[HistoryEntry]:
    """Return the notes of a plan. One statement."""
    notes = PlanNote.objects.filter(plan=plan).select_related("person").order_by("-pk")[:SHOWN]
    return [
        HistoryEntry(
            _(KINDS[note.kind]), note.person.service_name if note.person else "", note.at, words_of(note)
        )
        for note in notes
    ]


def words_of(note: PlanNote) -> str:
    """Say what a note holds."""
    return SAID[note.kind](note.facts) if note.kind in SAID else note.words


def moved(facts: Mapping[str, Any]) -> str:
    """Say which building went where."""
    return _("%(address)s: from %(from)s to %(to)s") % facts


def wished(facts: Mapping[str, Any]) -> str:
    """Say what is to be honoured."""
    return _(WISHES[facts["wish"]]) % {"names": "、".join(facts["names"])}


def decided(facts: Mapping[str, Any]) -> str:
    """Say from when on the plan holds."""
    return _("Effective date: %(day)s") % {"day": facts["effective_on"]}


SAID: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    PlanNote.Kind.MOVED: moved,
    PlanNote.Kind.WISHED: wished,
    PlanNote.Kind.DECIDED: decided,
}
